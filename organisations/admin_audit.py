"""What content admins write, as lines of the audit trail: whatever Django's admin notes in its own log."""

import json
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.db.models.signals import post_save

from organisations.audit import record
from organisations.choices import AuditedEvent
from organisations.models import Organisation, Seat, User

EVENTS = {ADDITION: AuditedEvent.ADMIN_ADDED, CHANGE: AuditedEvent.ADMIN_CHANGED, DELETION: AuditedEvent.ADMIN_DELETED}


def connect() -> None:
    """Listen to the admin's log; called once, when the app is ready.

    Django sends no signal for what its action "delete selected" writes: organisations.admin takes that action away.
    """
    post_save.connect(written_in_admin, sender=LogEntry)


def written_in_admin(instance: LogEntry, created: bool, **kwargs: Any) -> None:
    """Receiver: a row was added, changed or deleted. Names the fields that changed, never what they hold."""
    if not created:
        return
    row = instance.get_edited_object() if _is_there(instance) else None
    kind = instance.content_type.name if instance.content_type else "row"
    words = _words(instance.change_message)
    record(
        EVENTS[instance.action_flag],
        organisation=row if isinstance(row, Organisation) else None,
        by=User.objects.get(pk=instance.user_id),
        subject=f"{kind}: {instance.object_repr}" + (f" ({words})" if words else ""),
    )


def _words(change_message: str) -> str:
    """ "Name, Region, seat added": fields and the kinds of rows below, from what the admin keeps as JSON."""
    try:
        steps = [step for message in json.loads(change_message or "[]") for step in message.items()]
    except (ValueError, AttributeError, TypeError):
        return ""  # an older entry, or one in somebody's own words
    return ", ".join(
        word
        for verb, what in steps
        for word in ([f"{what['name']} {verb}"] if "name" in what else what.get("fields", ()))
    )


def _is_there(instance: LogEntry) -> bool:
    model = instance.content_type.model_class() if instance.content_type else None
    return model is not None and model._base_manager.filter(pk=instance.object_id).exists()


def record_seats(by: User, seats: dict[AuditedEvent, list[Any]]) -> None:
    """Lines for seats written on a person's page, each for its own board, whose leads read it too."""
    for event, rows in seats.items():
        for seat in rows:
            if isinstance(seat, Seat):
                subject = f"{seat.person.name}, {seat.get_role_display()}"
                record(event, organisation=seat.organisation, by=by, subject=f"seat: {subject}")
