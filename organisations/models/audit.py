"""The audit trail: who did what, when, for which organisation. Rows are added, never changed."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from organisations.choices import AuditedEvent

from .organisation import Organisation


class AppendOnly(RuntimeError):
    """Somebody tried to change or delete a line of the audit trail."""


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly("Lines of the audit trail cannot be changed.")

    def delete(self) -> NoReturn:
        raise AppendOnly("Lines of the audit trail cannot be deleted.")


class AuditEvent(models.Model):
    at = models.DateTimeField(db_index=True)
    event = models.CharField(max_length=30, choices=AuditedEvent)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="audit_events")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="audit_events")
    subject = models.CharField(max_length=200, help_text="What it was done to, in words; never an answer.")

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.at:%-d %B %Y %H:%M} {self.get_event_display()}: {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("Lines of the audit trail cannot be changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("Lines of the audit trail cannot be deleted.")
