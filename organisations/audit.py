"""Writing the audit trail."""

import datetime as dt

from django.utils import timezone

from organisations.choices import AuditedEvent
from organisations.models import AuditEvent, Organisation, User

SUBJECT_LENGTH = 200  # as in organisations.models.audit


def record(
    event: AuditedEvent,
    *,
    organisation: Organisation | None,
    by: User | None,
    subject: str,
    at: dt.datetime | None = None,
    network_address: str | None = None,
) -> None:
    """Add a line: who (`by`, None for the portal itself) did `event` to `subject`, for which organisation.

    `organisation` is None for what belongs to no one board. `subject` is words such as "WGLL round of 2026"; it must
    never hold an answer's content or a code. Call it inside the transaction of what it records, so that both stand or
    fall together.
    """
    AuditEvent.objects.create(
        at=at or timezone.now(),
        event=event,
        organisation=organisation,
        by=by,
        subject=subject.replace("\0", "")[:SUBJECT_LENGTH],
        network_address=network_address,
    )


def record_for_boards_of(
    person: User, event: AuditedEvent, *, by: User | None, subject: str, network_address: str | None = None
) -> None:
    """Add a line for each board on which `person` sits today; without organisation when there is none."""
    today = timezone.localdate()
    boards: list[Organisation | None] = [*Organisation.objects.filter(seats__in=person.seats.held_on(today)).distinct()]
    for organisation in boards or [None]:
        record(event, organisation=organisation, by=by, subject=subject, network_address=network_address)
