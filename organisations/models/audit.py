"""The audit trail: who did what, when, for which organisation. Rows are added, never changed.

The one exception is `organisations.redaction`, which takes out what identifies a person who has left.
"""

from collections.abc import Iterable
from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from organisations.choices import AuditedEvent

from .organisation import Organisation

NO_CHANGE = "Lines of the audit trail cannot be changed."
NO_DELETION = "Lines of the audit trail cannot be deleted."


class AppendOnly(RuntimeError):
    """Somebody tried to change or delete a line of the audit trail."""


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly(NO_CHANGE)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly(NO_CHANGE)

    def bulk_create(
        self, objs: Iterable["AuditEvent"], *args: Any, update_conflicts: bool = False, **kwargs: Any
    ) -> list["AuditEvent"]:
        if update_conflicts:
            raise AppendOnly(NO_CHANGE)
        return super().bulk_create(objs, *args, **kwargs)

    def delete(self) -> NoReturn:
        raise AppendOnly(NO_DELETION)


class AuditEvent(models.Model):
    at = models.DateTimeField(db_index=True)
    event = models.CharField(max_length=30, choices=AuditedEvent)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        related_name="audit_events",
        help_text="None for what belongs to no one board, such as a framework.",
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="audit_events")
    subject = models.CharField(max_length=200, help_text="What it was done to, in words; never an answer or a code.")
    network_address = models.GenericIPAddressField(
        null=True, help_text="Of signing in and out only; cleared by manage.py apply_retention."
    )

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        base_manager_name = "objects"  # related managers write through it
        indexes = (models.Index(fields=("organisation", "-at", "-id"), name="audit_trail_of_organisation"),)

    def __str__(self) -> str:
        return f"{self.at:%-d %B %Y %H:%M} {self.get_event_display()}: {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly(NO_CHANGE)
        # Without this, a new object with the key of a stored line would overwrite that line.
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly(NO_DELETION)
