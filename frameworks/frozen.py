"""The rule that a published version never changes, for every row that belongs to a version.

A version and its content can be written only while the version is a draft. Saving, deleting and bulk writing go
through the two classes here; they ask the database, not the object at hand, which may be stale. What a draft's rows
said before goes into the history.
"""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, TypeVar

from django.db import models

from frameworks.choices import VersionState
from frameworks.history.watching import noted, noted_new, noted_removal, noted_row

Row = TypeVar("Row", bound="VersionContent")


class PublishedVersion(Exception):
    """Somebody tried to change a framework version that is published or retired."""

    def __init__(self, version: object) -> None:
        super().__init__(f"{version} has been published and cannot change. Make a new version instead.")


class DraftOnlyQuerySet(models.QuerySet[Row]):
    """Rows that may be written only while their version is a draft. Each write raises PublishedVersion otherwise."""

    def refuse_unless_draft(self) -> None:
        published = self.exclude(**{self.model.version_lookup("state"): VersionState.DRAFT}).first()
        if published is not None:
            raise PublishedVersion(published.content_version())

    def update(self, **kwargs: Any) -> int:
        self.model.refuse_fields(kwargs)
        self.refuse_unless_draft()
        with noted(self, kwargs):
            return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self.refuse_unless_draft()
        with noted_removal(self):
            return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> list[Row]:
        rows = list(objs)
        versions = {id(version): version for version in (row.content_version() for row in rows)}
        for version in versions.values():
            version.refuse_unless_draft()
        with noted_new(rows):
            return super().bulk_create(rows, *args, **kwargs)


class VersionContent(models.Model):
    """A row of a framework version. `version_path` leads from the row to its version, through foreign keys."""

    version_path: ClassVar[Sequence[str]] = ("version",)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.refuse_unless_draft()
        with noted_row(self):
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self.refuse_unless_draft()
        with noted_removal(models.QuerySet(type(self)).filter(pk=self.pk)):
            return super().delete(*args, **kwargs)

    @classmethod
    def version_lookup(cls, field: str) -> str:
        return "__".join((*cls.version_path, field))

    @classmethod
    def refuse_fields(cls, values: dict[str, Any]) -> None:
        """Raise ValueError if `values` would move rows to another version, past the check on where they are now."""
        moved = {name for parent in cls.version_path[:1] for name in (parent, f"{parent}_id")} & values.keys()
        if moved:
            raise ValueError(f"Rows cannot be moved in bulk: {', '.join(sorted(moved))}.")

    def content_version(self) -> Any:
        """The framework version that this row belongs to."""
        row: Any = self
        for name in self.version_path:
            row = getattr(row, name)
        return row

    def refuse_unless_draft(self) -> None:
        """Raise PublishedVersion unless both where the row is stored and where it would go are drafts."""
        if self.pk is not None:
            DraftOnlyQuerySet(type(self)).filter(pk=self.pk).refuse_unless_draft()
        if self.version_path:
            self.content_version().refuse_unless_draft()
