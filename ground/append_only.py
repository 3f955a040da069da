"""Rows that are added and never changed or deleted, by whatever way Django's ORM has of writing."""

from collections.abc import Iterable
from typing import Any, NoReturn, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class AppendOnly(RuntimeError):
    """Somebody tried to change or delete a row that is kept as it was written."""

    def __init__(self, model: type[models.Model], done: str) -> None:
        super().__init__(f"No {model._meta.verbose_name} is ever {done}: it is kept as it was written.")


class AppendOnlyQuerySet(models.QuerySet[Row]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly(self.model, "changed")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly(self.model, "changed")

    def bulk_create(self, objs: Iterable[Row], *args: Any, update_conflicts: bool = False, **kwargs: Any) -> list[Row]:
        if update_conflicts:
            raise AppendOnly(self.model, "changed")
        return super().bulk_create(objs, *args, **kwargs)

    def delete(self) -> NoReturn:
        raise AppendOnly(self.model, "deleted")


class AppendOnlyModel(models.Model):
    """A row that can be added. A `Meta` of one's own takes this one's as its base."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"  # related managers write through it

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly(type(self), "changed")
        # Without this, a new object with the key of a stored one would overwrite that.
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly(type(self), "deleted")
