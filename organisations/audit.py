"""Writing the audit trail."""

import datetime as dt

from django.utils import timezone

from organisations.choices import AuditedEvent
from organisations.models import AuditEvent, Organisation, User


def record(
    event: AuditedEvent, *, organisation: Organisation, by: User | None, subject: str, at: dt.datetime | None = None
) -> None:
    """Add a line: who (`by`, None for the portal itself) did `event` to `subject`, for which organisation.

    `subject` is words such as "WGLL round of 2026"; it must never hold an answer's content. Call it inside the
    transaction of what it records, so that both stand or fall together.
    """
    AuditEvent.objects.create(
        at=at or timezone.now(), event=event, organisation=organisation, by=by, subject=subject[:200]
    )
