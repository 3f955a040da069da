"""What is published never changes, by whatever way somebody tries."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from frameworks.actions import IncompleteVersion, publish, retire
from frameworks.exchange.loader import load
from frameworks.frozen import DraftOnlyQuerySet, PublishedVersion, VersionContent
from frameworks.models import FrameworkVersion, Indicator, Level, Scale, Section, Theme, Variant
from frameworks.moves import WrongState
from tests.unit.frameworks.test_framework_document import document

CONTENT = [model for model in apps.get_app_config("frameworks").get_models() if issubclass(model, VersionContent)]


@pytest.fixture
def draft(db: None) -> FrameworkVersion:
    load(document())
    return FrameworkVersion.objects.get()


@pytest.fixture
def published(draft: FrameworkVersion) -> FrameworkVersion:
    publish(version=draft)
    return draft


def first(model: type[VersionContent]) -> Any:
    return model._default_manager.all()[0]


@pytest.mark.parametrize("model", CONTENT, ids=lambda model: model.__name__)
def test_rows_of_a_draft_can_be_saved_and_deleted(model: type[VersionContent], draft: FrameworkVersion) -> None:
    first(model).save()
    if model is Theme:  # held by its indicators, which go first
        Indicator.objects.all().delete()
    if model.__name__ == "Group":
        Indicator.objects.update(group=None)
    first(model).delete()


@pytest.mark.parametrize("state", ["published", "retired"])
@pytest.mark.parametrize("model", CONTENT, ids=lambda model: model.__name__)
def test_rows_of_a_published_version_cannot(
    model: type[VersionContent], state: str, published: FrameworkVersion
) -> None:
    if state == "retired":
        retire(version=published)
    row = first(model)
    rows: DraftOnlyQuerySet[Any] = DraftOnlyQuerySet(model)
    field = next(field.name for field in model._meta.fields if field.name not in {"id", "state", *model.version_path})
    copy = first(model)
    copy.pk = None
    for attempt in (
        row.save,
        row.delete,
        copy.save,
        rows.delete,
        lambda: rows.update(**{field: getattr(row, field)}),
        lambda: rows.bulk_update([row], [field]),
        lambda: rows.bulk_create([copy]),
    ):
        with pytest.raises(PublishedVersion, match="Tiny 2026-01 has been published and cannot change"):
            attempt()
    assert isinstance(model._default_manager.all(), DraftOnlyQuerySet)


def test_a_stale_draft_in_memory_does_not_help(draft: FrameworkVersion) -> None:
    stale = FrameworkVersion.objects.get()
    section = stale.sections.get()
    publish(version=draft)
    assert stale.is_draft
    for attempt in (stale.save, stale.delete, section.save, section.delete, stale.sections.all().delete):
        with pytest.raises(PublishedVersion):
            attempt()


def test_rows_do_not_move_between_versions_in_bulk(published: FrameworkVersion) -> None:
    other = FrameworkVersion.objects.create(
        framework=published.framework,
        code="2026-02",
        title="Second",
        published_on="2026-02-01",
        source_url="https://e.org",
    )
    scale = Scale.objects.create(version=other, code="other", title="Other")
    level = Level.objects.create(scale=scale, value=3, label="More")
    with pytest.raises(ValueError, match="moved in bulk: scale"):
        Level.objects.filter(pk=level.pk).update(scale=published.scale)
    level.scale = published.scale
    with pytest.raises(PublishedVersion):
        level.save()


def test_the_state_moves_through_actions_only(draft: FrameworkVersion) -> None:
    with pytest.raises(ValueError, match="moves through"):
        FrameworkVersion.objects.update(state="published")
    draft.state = "published"
    with pytest.raises(PublishedVersion):
        draft.save()
    draft.refresh_from_db()
    with pytest.raises(WrongState, match="Only a published version can be retired"):
        retire(version=draft)
    publish(version=draft)
    with pytest.raises(WrongState, match="Only a draft version can be published"):
        publish(version=draft)
    retire(version=draft)
    assert FrameworkVersion.objects.get().state == "retired"
    with pytest.raises(WrongState):
        publish(version=draft)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda: Level.objects.filter(value=2).delete(), "needs at least 2"),
        (lambda: Indicator.objects.all().delete(), "no indicator belongs to section"),
        (lambda: Section.objects.all().delete(), "Sections: needs at least 1"),
    ],
)
def test_a_draft_that_cannot_be_answered_cannot_be_published(
    spoil: Callable[[], object], reason: str, draft: FrameworkVersion
) -> None:
    spoil()
    with pytest.raises(IncompleteVersion, match=reason):
        publish(version=draft)
    assert FrameworkVersion.objects.get().is_draft


def test_an_indicator_code_is_unique_in_its_version(draft: FrameworkVersion) -> None:
    section = Section.objects.create(version=draft, code="more", order=2, title="More")
    twin = Indicator(section=section, code="T-1", order=1, text="Again.", wording="seen")
    with pytest.raises(ValidationError, match="Another indicator of this version has this code"):
        twin.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_an_indicator_keeps_to_its_own_section_and_version(draft: FrameworkVersion) -> None:
    section = Section.objects.create(version=draft, code="more", order=2, title="More")
    stray = Indicator(section=section, code="T-9", order=1, text="New.", wording="seen", theme=Theme.objects.get())
    with pytest.raises(ValidationError, match="Choose a theme of this indicator's section"):
        stray.full_clean()


def test_for_variant_takes_its_own_both_and_those_without(draft: FrameworkVersion) -> None:
    assert [row.code for row in Indicator.objects.for_variant("ics")] == ["T-1", "T-3"]
    assert [row.code for row in Indicator.objects.for_variant("organisation")] == ["T-2", "T-3"]
    Indicator.objects.filter(code="T-2").update(variant="")
    assert [row.code for row in Indicator.objects.for_variant("ics")] == ["T-1", "T-2", "T-3"]


def test_published_and_readable_versions(draft: FrameworkVersion) -> None:
    versions = FrameworkVersion.objects
    assert (
        versions.published().count(),
        versions.readable(staff=False).count(),
        versions.readable(staff=True).count(),
    ) == (0, 0, 1)
    publish(version=draft)
    assert (versions.published().count(), versions.readable(staff=False).count()) == (1, 1)
    retire(version=draft)
    assert (versions.published().count(), versions.readable(staff=False).count()) == (0, 1)


def test_a_variant_is_not_both(draft: FrameworkVersion) -> None:
    with pytest.raises(ValidationError, match="'both' is not a valid choice"):
        Variant(version=draft, code="both", title="Both", description="Both.").full_clean()
