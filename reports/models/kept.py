"""What is kept as it was signed off: rows that are written once."""

from collections.abc import Iterable
from typing import Any, NoReturn, TypeVar

from django.db import models

NO_CHANGE = "A report version cannot be changed."
NO_DELETION = "A report version cannot be deleted."

Row = TypeVar("Row", bound=models.Model)


class Frozen(RuntimeError):
    """Somebody tried to change or delete a report that was signed off."""


class KeptQuerySet(models.QuerySet[Row]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise Frozen(NO_CHANGE)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Frozen(NO_CHANGE)

    def bulk_create(self, objs: Iterable[Row], *args: Any, update_conflicts: bool = False, **kwargs: Any) -> list[Row]:
        if update_conflicts:
            raise Frozen(NO_CHANGE)
        return super().bulk_create(objs, *args, **kwargs)

    def delete(self) -> NoReturn:
        raise Frozen(NO_DELETION)


class Kept(models.Model):
    """A row that can be added, and never changed or deleted."""

    objects = KeptQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"  # related managers write through it

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Frozen(NO_CHANGE)
        # Without this, a new object with the key of a stored one would overwrite that.
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Frozen(NO_DELETION)
