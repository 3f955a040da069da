"""The audit trail is append-only, by every way that Django's ORM has of writing."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ground.append_only import AppendOnly
from organisations.audit import record, record_for_boards_of
from organisations.choices import AuditedEvent
from organisations.models import AuditEvent, Organisation
from tests.factories import make_organisation, make_seat


def line_of(organisation: Organisation) -> AuditEvent:
    record(AuditedEvent.ROUND_OPENED, organisation=organisation, by=None, subject="A round")
    return AuditEvent.objects.get(organisation=organisation)


def renamed(line: AuditEvent) -> AuditEvent:
    line.subject = "Another round"
    return line


def same_key(line: AuditEvent) -> AuditEvent:
    return AuditEvent(pk=line.pk, at=line.at, event=line.event, subject="Another round")


Write = Callable[[AuditEvent], object]
WRITES: dict[str, Write] = {
    "save": lambda line: renamed(line).save(),
    "update": lambda line: AuditEvent.objects.filter(pk=line.pk).update(subject=""),
    "bulk_update": lambda line: AuditEvent.objects.bulk_update([renamed(line)], ["subject"]),
    "empty bulk_update": lambda line: AuditEvent.objects.bulk_update([], ["subject"]),
    "upsert": lambda line: AuditEvent.objects.bulk_create(
        [same_key(line)], update_conflicts=True, unique_fields=["id"], update_fields=["subject"]
    ),
    "update_or_create": lambda line: AuditEvent.objects.update_or_create(pk=line.pk, defaults={"subject": ""}),
    "delete": lambda line: line.delete(),
    "delete all": lambda line: AuditEvent.objects.all().delete(),
    "through the base manager": lambda line: AuditEvent._base_manager.filter(pk=line.pk).update(subject=""),
    "to another organisation": lambda line: make_organisation().audit_events.add(line),
    "to no organisation": lambda line: Organisation.objects.get().audit_events.clear(),
}


@pytest.mark.parametrize("way", WRITES)
def test_a_line_is_never_changed_or_deleted(trust: Organisation, way: str) -> None:
    line = line_of(trust)
    with pytest.raises(AppendOnly):
        WRITES[way](line)
    kept = AuditEvent.objects.get(pk=line.pk)
    assert (kept.subject, kept.organisation) == ("A round", trust)


def test_a_new_line_with_the_key_of_a_stored_one_does_not_replace_it(trust: Organisation) -> None:
    line = line_of(trust)
    with pytest.raises(IntegrityError), transaction.atomic():
        same_key(line).save()
    assert AuditEvent.objects.get(pk=line.pk).subject == "A round"


def test_lines_can_be_added_in_bulk(trust: Organisation) -> None:
    line = AuditEvent(at=timezone.now(), event=AuditedEvent.ROUND_OPENED, organisation=trust, subject="A round")
    AuditEvent.objects.bulk_create([line])
    assert AuditEvent.objects.get().subject == "A round"


def test_a_long_or_broken_subject_is_cut_and_not_refused(trust: Organisation) -> None:
    record(AuditedEvent.ROUND_OPENED, organisation=trust, by=None, subject="a\0b" + "c" * 500)
    assert AuditEvent.objects.get().subject == "ab" + "c" * 198


def test_what_a_person_does_to_themselves_is_in_the_trail_of_each_of_their_boards_of_today(trust: Organisation) -> None:
    seat = make_seat(trust)
    other, left, later = (make_organisation() for _ in range(3))
    today = timezone.localdate()
    for organisation, starts, ends in (
        (other, today, today),
        (left, today - dt.timedelta(days=9), today - dt.timedelta(days=1)),
        (later, today + dt.timedelta(days=1), None),
    ):
        seat.person.seats.create(organisation=organisation, role=seat.role, starts_on=starts, ends_on=ends)
    record_for_boards_of(seat.person, AuditedEvent.SIGNED_IN, by=seat.person, subject="")
    lines = AuditEvent.objects.filter(event=AuditedEvent.SIGNED_IN)
    assert {line.organisation for line in lines} == {trust, other}
