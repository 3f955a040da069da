"""The audit trail: who did what, when, for which organisation. Rows are added, never changed.

The one exception is `organisations.redaction`, which takes out what identifies a person who has left.
"""

from django.conf import settings
from django.db import models

from ground.append_only import AppendOnlyModel
from organisations.choices import AuditedEvent

from .organisation import Organisation


class AuditEvent(AppendOnlyModel):
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

    class Meta(AppendOnlyModel.Meta):
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("organisation", "-at", "-id"), name="audit_trail_of_organisation"),)

    def __str__(self) -> str:
        return f"{self.at:%-d %B %Y %H:%M} {self.get_event_display()}: {self.subject}"
