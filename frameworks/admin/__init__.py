"""Editing drafts. Whatever belongs to a published or retired version can be looked at, never changed."""

from types import MappingProxyType
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import Field, ForeignKey, TextField, URLField
from django.http import HttpRequest

from frameworks.admin.confirming import WordingPage
from frameworks.admin.help_texts import HELP_TEXTS, LABELS
from frameworks.admin.history import HistoryPages, WordingHistory
from frameworks.admin.parts import CodesField
from frameworks.admin.tree import TreePage
from frameworks.admin.upload import UploadPage
from frameworks.choices import VersionState
from frameworks.frozen import VersionContent
from frameworks.models import (
    Band,
    ExtraField,
    Framework,
    FrameworkVersion,
    GlossaryTerm,
    Group,
    Indicator,
    Level,
    NonScore,
    Scale,
    Section,
    Theme,
    Variant,
)


class Explained(admin.options.BaseModelAdmin[Any]):
    """A form on which each field says what it is for."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **self._explained(kwargs))  # type: ignore[misc]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, **self._explained(kwargs))  # type: ignore[misc]

    def _explained(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        name = self.model._meta.model_name or ""
        return {"help_texts": HELP_TEXTS[name], "labels": LABELS.get(name, {}), **kwargs}


class DraftOnly(Explained, WordingHistory):
    """Permissions by the state of the version that the row (for an inline, the row around it) belongs to."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The row; while something is written, its version is held, so that nobody publishes it meanwhile."""
        row: Any = super().get_object(request, object_id, from_field)  # type: ignore[misc]
        if row and request.method == "POST":
            held = FrameworkVersion.objects.select_for_update(of=("self",))
            row.content_version().refresh_from_db(from_queryset=held)
        return row

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # A page that adds a row knows no version yet; what can be chosen there is limited to drafts below.
        allowed = request.user.has_perm(f"frameworks.add_{self.model._meta.model_name}")
        return allowed and _is_draft(obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _is_draft(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _is_draft(obj)

    def formfield_for_dbfield(self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "supersedes":
            return CodesField(required=False, label=kwargs["label"], help_text=kwargs["help_text"])
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field: ForeignKey[Any], request: HttpRequest, **kwargs: Any) -> Any:
        related = db_field.related_model
        if isinstance(related, type) and issubclass(related, VersionContent):
            drafts = {related.version_lookup("state"): VersionState.DRAFT}
            kwargs["queryset"] = related._default_manager.filter(**drafts)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def _is_draft(row: VersionContent | None) -> bool:
    return row is None or bool(row.content_version().is_draft)


def _version_stays(
    self: admin.ModelAdmin[Any], request: HttpRequest, obj: VersionContent | None = None
) -> tuple[str, ...]:
    """A row stays in the version it was made for, because what hangs on it does."""
    return ("version",) if obj else ()


class DraftOnlyInline(DraftOnly, admin.StackedInline[Any, Any]):
    extra = 0
    formfield_overrides = MappingProxyType({TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}})


def _inlines(*models: type[VersionContent]) -> tuple[type[DraftOnlyInline], ...]:
    """For each model an inline of its rows, which differ in nothing else."""
    return tuple(type(f"{model.__name__}Inline", (DraftOnlyInline,), {"model": model}) for model in models)


@admin.register(Framework)
class FrameworkAdmin(Explained, HistoryPages):
    list_display = ("title", "code", "publisher", "subject")

    def get_readonly_fields(self, request: HttpRequest, obj: Framework | None = None) -> tuple[str, ...]:
        """Once a version has been published, only which framework it takes the place of: `database_guard`."""
        published = obj and obj.versions.readable(staff=False).exists()
        return (
            tuple(field.name for field in Framework._meta.fields[1:] if field.name != "supersedes") if published else ()
        )


@admin.register(FrameworkVersion)
class FrameworkVersionAdmin(DraftOnly, UploadPage, TreePage, WordingPage):
    list_display = ("__str__", "title", "state", "published_on", "updated_on")
    list_filter = ("framework", "state")
    list_select_related = ("framework",)
    readonly_fields = ("state",)
    formfield_overrides = MappingProxyType({URLField: {"assume_scheme": "https"}})
    inlines = _inlines(Variant, Group, GlossaryTerm)


@admin.register(Scale)
class ScaleAdmin(DraftOnly, admin.ModelAdmin[Any]):
    list_display = ("title", "version")
    list_select_related = ("version__framework",)
    get_readonly_fields = _version_stays
    inlines = _inlines(Level, Band, NonScore, ExtraField)


@admin.register(Section)
class SectionAdmin(DraftOnly, admin.ModelAdmin[Any]):
    list_display = ("title", "order", "version")
    ordering = ("version", "order")
    list_filter = ("version",)
    list_select_related = ("version__framework",)
    get_readonly_fields = _version_stays
    inlines = _inlines(Theme)


@admin.register(Indicator)
class IndicatorAdmin(DraftOnly, admin.ModelAdmin[Any]):
    list_display = ("code", "text", "section", "variant", "wording", "version")
    list_filter = ("version", "variant", "wording")
    list_select_related = ("section", "version__framework")
    search_fields = ("code", "text")
    ordering = ("version", "section__order", "order")
