"""The addresses of all pages of the admin about frameworks, organisations and people, our own ones among them."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.urls import reverse

from frameworks.exchange.copying import draft_from
from frameworks.models import FrameworkVersion, WordingChange
from organisations.models import Organisation, User
from tests.factories import make_seat

# Django's own for each model; those left out answer without a page of ours, or are the same for all.
OF_EACH_MODEL = ("changelist", "add", "change")
NO_PAGES = {"history", "delete", "download", "workbook", "take_back", "words"}
NOBODY_ADDS = {"auditevent", "wordingcheck"}
FEW_ROWS = {"indicator": "?q=plan"}  # a list of a hundred rows takes axe a quarter of a minute


class Scene:
    """One row of everything, and all that a page's address can ask for."""

    def __init__(self, trust: Organisation, published: FrameworkVersion) -> None:
        self.staff = User.objects.create_superuser("staff@board.example", "Staff")
        self.people = [make_seat(trust).person.pk for _ in range(2)]
        self.trust, self.published = trust, published
        self.draft = draft_from(version=published, code="2030")
        self.draft.indicators.update(text="Said otherwise.")
        self.line = WordingChange.objects.filter(kind="indicator").latest("pk")

    def keys(self, name: str) -> list[int]:
        """What the address of one of our own pages is made of."""
        framework = self.draft.framework_id
        return {
            "organisations_organisation_relations": [self.trust.pk],
            "organisations_user_merge": self.people,
            "frameworks_framework_wording": [framework],
            "frameworks_framework_restore": [framework, self.line.pk],
            "frameworks_frameworkversion_upload": [],
            "frameworks_frameworkversion_retire": [self.published.pk],
        }.get(name, [self.draft.pk])

    def addresses(self) -> Iterator[str]:
        for of in admins():
            stem = f"{of.opts.app_label}_{of.opts.model_name}"
            row = of.model._default_manager.order_by("-pk").first()
            model = str(of.opts.model_name)
            yield reverse(f"admin:{stem}_changelist") + FEW_ROWS.get(model, "")
            if model not in NOBODY_ADDS:
                yield reverse(f"admin:{stem}_add")
            if row:
                yield reverse(f"admin:{stem}_change", args=[row.pk])
            for name in own_pages(of, stem):
                yield reverse(f"admin:{name}", args=self.keys(name))
        # Django asks in the same way before it deletes whatever it is.
        yield reverse("admin:frameworks_indicator_delete", args=[self.draft.indicators.latest("pk").pk])


def admins() -> Iterator[admin.ModelAdmin[Any]]:
    ours = {"frameworks", "organisations"}
    return (of for model, of in admin.site._registry.items() if model._meta.app_label in ours)


def own_pages(of: admin.ModelAdmin[Any], stem: str) -> Iterator[str]:
    """The names of the pages that are not Django's; a new one is visited with the key of a draft."""
    known = {f"{stem}_{name}" for name in {*OF_EACH_MODEL, *NO_PAGES}}
    return (pattern.name for pattern in of.get_urls() if pattern.name and pattern.name not in known)
