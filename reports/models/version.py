"""What a board signed off, as it was then."""

from collections.abc import Iterable
from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from assessments.models import Round

NO_CHANGE = "A report version cannot be changed."
NO_DELETION = "A report version cannot be deleted."


class Frozen(RuntimeError):
    """Somebody tried to change or delete a report that was signed off."""


class ReportVersionQuerySet(models.QuerySet["ReportVersion"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise Frozen(NO_CHANGE)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Frozen(NO_CHANGE)

    def bulk_create(
        self, objs: Iterable["ReportVersion"], *args: Any, update_conflicts: bool = False, **kwargs: Any
    ) -> list["ReportVersion"]:
        if update_conflicts:
            raise Frozen(NO_CHANGE)
        return super().bulk_create(objs, *args, **kwargs)

    def delete(self) -> NoReturn:
        raise Frozen(NO_DELETION)


class ReportVersion(models.Model):
    """The report that went with a sign-off. Another sign-off of the round adds a version and leaves this one alone."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="report_versions")
    number = models.PositiveSmallIntegerField(help_text="1 for the first sign-off of the round.")
    signed_off_at = models.DateTimeField()
    signed_off_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64, help_text="Of the PDF, in hexadecimal digits.")
    figures = models.JSONField(help_text="All that the report says, to be compared with another version.")
    export = models.JSONField(help_text="Its figures to take away, as the JSON that every other file is made from.")

    objects = ReportVersionQuerySet.as_manager()

    class Meta:
        ordering = ("round", "number")
        base_manager_name = "objects"  # related managers write through it
        constraints = (models.UniqueConstraint(fields=("round", "number"), name="one_report_version_of_each_number"),)

    def __str__(self) -> str:
        return f"{self.round}, version {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Frozen(NO_CHANGE)
        # Without this, a new object with the key of a stored version would overwrite that version.
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Frozen(NO_DELETION)
