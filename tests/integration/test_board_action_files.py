"""The board's actions as files for a spreadsheet and a calendar; and what of an owner who is anonymised."""

import csv
import datetime as dt
import io

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.choices import ActionStatus
from assessments.models import Round
from assessments.queries.board_actions import actions_of
from frameworks.models import FrameworkVersion
from organisations.anonymising import anonymise
from organisations.choices import SeatRole
from organisations.models import Organisation
from tests.factories import add_action as add
from tests.factories import change_action as change
from tests.factories import make_round, make_seat

TODAY = timezone.localdate()


@pytest.fixture
def closed(trust: Organisation, digital_boards: FrameworkVersion) -> Round:
    return make_round(trust, digital_boards, members=5, state="closed")


def test_csv_is_safe_to_open(lead: Client, closed: Round) -> None:
    add(closed, "=cmd|' /C calc'!A0", owner_role=SeatRole.CHAIR, due_on=TODAY, risk="@BAF")
    answered = lead.get(reverse("assessments:actions_csv", args=[closed.organisation.ods_code]))
    assert answered["Content-Type"] == "text/csv; charset=utf-8"
    header, row = csv.reader(io.StringIO(answered.content.decode("utf-8-sig")))
    found = dict(zip(header, row, strict=True))
    assert found["Action"].startswith("'=cmd")
    assert found["Board Assurance Framework"] == "'@BAF"
    assert (found["Owner"], found["Due date"], found["Overdue"]) == ("Chair", TODAY.isoformat(), "no")


def test_due_dates_go_into_a_calendar_with_a_lasting_name(lead: Client, closed: Round) -> None:
    address = reverse("assessments:actions_calendar", args=[closed.organisation.ods_code])
    action = add(closed, "Plan; budget", due_on=TODAY)
    add(closed, "Without a date")
    change(add(closed, "Finished", due_on=TODAY), status=ActionStatus.DONE)
    answered = lead.get(address)
    assert answered["Content-Type"] == "text/calendar; charset=utf-8"
    before = answered.content.decode().split("\r\n")
    assert before.count("BEGIN:VEVENT") == 1
    assert "SUMMARY:Due: Plan\\; budget" in before
    change(action, due_on=TODAY + dt.timedelta(days=7), what="Another title")
    after = lead.get(address).content.decode().split("\r\n")
    (uid,) = (line for line in before if line.startswith("UID:"))
    assert uid in after
    assert f"DTSTART;VALUE=DATE:{TODAY + dt.timedelta(days=7):%Y%m%d}" in after
    assert "SEQUENCE:2" in after


def test_an_owner_who_is_anonymised_is_a_pseudonym(lead: Client, closed: Round) -> None:
    seat = make_seat(closed.organisation, "Somebody Leaving")
    action = add(closed, owner=seat.person)
    change(action, owner=None)
    change(action, owner=seat.person)
    seat.person.seats.update(ends_on=TODAY - dt.timedelta(days=1))
    anonymise(person=seat.person)
    page = lead.get(reverse("assessments:action", args=[action.pk])).content.decode()
    assert f"Former member {seat.person_id}" in page
    assert "Somebody Leaving" not in page
    assert "Somebody Leaving" not in lead.get(reverse("assessments:change_action", args=[action.pk])).content.decode()
    assert (actions_of(closed.organisation)[0].has_owner, actions_of(closed.organisation)[0].what) == (
        False, "Name a lead",
    )  # fmt: skip
