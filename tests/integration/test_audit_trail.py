"""The page on which a digital lead reads their organisation's audit trail, and its file."""

import csv
import datetime as dt
import io
import re
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ground.spreadsheets import defused
from organisations.audit import record
from organisations.audit_trail.queries import LINES_ON_A_PAGE
from organisations.choices import AuditedEvent, SeatRole
from organisations.models import AuditEvent, Organisation, Seat, User
from tests.factories import make_lead, make_organisation, make_seat


@pytest.fixture
def lead(trust: Organisation) -> User:
    return make_lead(trust)


@pytest.fixture
def reader(lead: User, client: Client) -> Client:
    client.force_login(lead)
    return client


def add(organisation: Organisation, subject: str, day: str = "2026-03-01 12:00", **fields: object) -> None:
    at = timezone.make_aware(dt.datetime.fromisoformat(day))
    event = fields.pop("event", AuditedEvent.ROUND_OPENED)
    record(event, organisation=organisation, by=None, subject=subject, at=at, **fields)  # type: ignore[arg-type]


def page(client: Client, organisation: Organisation, **query: object) -> str:
    url = reverse("audit_trail", args=[organisation.ods_code])
    return client.get(f"{url}?{urlencode(query)}").content.decode()


def three_boxes(name: str, day: int, month: int, year: int) -> dict[str, int]:
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}


def test_lines_are_shown_newest_first_in_words(reader: Client, trust: Organisation, lead: User) -> None:
    add(trust, "The earlier one", "2026-07-01 23:30")
    add(trust, "The later one", "2026-07-02 00:30")
    shown = page(reader, trust)
    assert shown.index("The later one") < shown.index("The earlier one")
    assert "1 July 2026, 23:30" in shown  # British Summer Time, an hour ahead of what is stored
    assert "The portal" in shown
    assert "Seat taken" in shown
    assert lead.name in shown


def test_lines_of_other_organisations_and_of_none_are_not_shown(reader: Client, trust: Organisation) -> None:
    add(make_organisation(), "Of somebody else")
    record(AuditedEvent.FRAMEWORK_LOADED, organisation=None, by=None, subject="Of nobody")
    for shown in (page(reader, trust), exported(reader, trust)):
        assert "Of somebody else" not in shown
        assert "Of nobody" not in shown


def test_tries_to_sign_in_are_shown_to_the_boards_that_the_person_sat_on_that_day(
    reader: Client, trust: Organisation
) -> None:
    person, other = make_seat(make_organisation(), "Robin Vale").person, make_seat(make_organisation()).person
    seat = {"organisation": trust, "role": SeatRole.PARTNER, "starts_on": dt.date(2026, 3, 2)}
    Seat.objects.create(person=person, ends_on=dt.date(2026, 3, 3), **seat)
    for by, day in ((person, 1), (person, 2), (person, 3), (person, 4), (other, 2), (None, 2)):
        at = timezone.make_aware(dt.datetime(2026, 3, day, 23, 30))
        said = f"On the {day} by {by.name if by else 'nobody'}"
        record(AuditedEvent.SIGN_IN_WRONG_CODE, organisation=None, by=by, subject=said, at=at)
        record(AuditedEvent.ADMIN_CHANGED, organisation=None, by=by, subject=f"Changed: {said}", at=at)
    for shown in (page(reader, trust), exported(reader, trust)):
        assert re.findall(r"On the .*? by [\w ]+", shown) == ["On the 3 by Robin Vale", "On the 2 by Robin Vale"]
        assert "Changed: " not in shown


def test_network_addresses_are_for_content_admins_only(reader: Client, trust: Organisation) -> None:
    add(trust, "A sign-in", network_address="203.0.113.9")
    assert "203.0.113.9" not in page(reader, trust) + exported(reader, trust)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, "abcd"),
        ({"event": AuditedEvent.ROUND_CLOSED}, "d"),
        (three_boxes("since", 2, 7, 2026), "bcd"),
        (three_boxes("until", 2, 7, 2026), "abc"),
        ({**three_boxes("since", 2, 7, 2026), **three_boxes("until", 2, 7, 2026)}, "bc"),
        ({**three_boxes("since", 2, 7, 2026), "event": AuditedEvent.ROUND_CLOSED}, "d"),
        (three_boxes("since", 4, 7, 2026), ""),
        (three_boxes("until", 31, 12, 9999), "abcd"),
    ],
)
def test_lines_are_filtered_by_kind_and_by_day(
    trust: Organisation, client: Client, query: dict[str, object], found: str
) -> None:
    client.force_login(make_lead(trust))
    for name, day in zip("abc", ("2026-07-01 23:59:59", "2026-07-02 00:00", "2026-07-02 23:59:59"), strict=True):
        add(trust, f"line-{name}", day)
    add(trust, "line-d", "2026-07-03 00:00", event=AuditedEvent.ROUND_CLOSED)
    shown, copy = page(client, trust, **query), exported(client, trust, **query)
    for text in (shown, copy):
        assert [name for name in "abcd" if f"line-{name}" in text] == list(found)


def test_a_wrong_date_is_said_beside_the_field_and_kept(reader: Client, trust: Organisation) -> None:
    shown = page(reader, trust, **three_boxes("since", 31, 2, 2026))
    assert "There is a problem" in shown
    assert "Enter a real date" in shown
    assert 'value="31"' in shown
    turned = {**three_boxes("since", 2, 7, 2026), **three_boxes("until", 1, 7, 2026)}
    assert "The last day must not be before the first one." in page(reader, trust, **turned)
    url = reverse("audit_export", args=[trust.ods_code])
    assert reader.get(url, turned).status_code == 422


def test_many_lines_come_in_pages_that_keep_the_filter(reader: Client, trust: Organisation) -> None:
    for number in range(LINES_ON_A_PAGE * 2 + 5):
        add(trust, f"line-{number}.")
    query = {"event": AuditedEvent.ROUND_OPENED, "filter": "Show these lines"}
    first, last = page(reader, trust, **query), page(reader, trust, **query, page=3)
    assert "1 to 50 of 105." in first
    assert "101 to 105 of 105." in last
    assert "line-104." in first
    assert "line-0." in last
    assert 'href="?event=round.opened&amp;page=2"' in first
    assert 'aria-current="page"' in last


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999", "x", ""])
def test_a_page_that_does_not_exist_gives_one_that_does(reader: Client, trust: Organisation, number: str) -> None:
    assert "Lines: 1 to" in page(reader, trust, page=number)


def test_nothing_found_says_so(reader: Client, trust: Organisation) -> None:
    assert "No line fits" in page(reader, trust, event=AuditedEvent.ROUND_CANCELLED)


def test_the_number_of_queries_does_not_grow_with_the_lines(reader: Client, trust: Organisation, lead: User) -> None:
    counts = []
    for number in (1, 40):
        for _ in range(number):
            record(AuditedEvent.ROUND_OPENED, organisation=trust, by=make_lead(trust), subject="A round")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(reader, trust)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 8


# --- the file -------------------------------------------------------------------------------------------------------


def exported(client: Client, organisation: Organisation, **query: object) -> str:
    url = reverse("audit_export", args=[organisation.ods_code])
    return client.get(f"{url}?{urlencode(query)}").content.decode("utf-8-sig")


def test_the_file_holds_every_line_and_the_trail_says_who_took_it(
    reader: Client, trust: Organisation, lead: User
) -> None:
    for number in range(LINES_ON_A_PAGE + 1):
        add(trust, f"line-{number}", "2026-07-01 23:30")
    rows = list(csv.reader(io.StringIO(exported(reader, trust, event=AuditedEvent.ROUND_OPENED))))
    assert rows[0] == ["When", "What happened", "By", "Details"]
    assert rows[1] == ["2026-07-01 23:30:00+01:00", "Round opened", "The portal", "line-50"]
    assert len(rows) == LINES_ON_A_PAGE + 2
    assert AuditEvent.objects.get(event=AuditedEvent.AUDIT_EXPORTED).by == lead


def test_the_file_is_a_download_that_nobody_stores(reader: Client, trust: Organisation) -> None:
    answer = reader.get(reverse("audit_export", args=[trust.ods_code]))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith(f'attachment; filename="audit-trail-{trust.ods_code}-')
    assert "no-store" in answer["Cache-Control"]


def test_no_cell_is_a_formula(reader: Client, trust: Organisation, lead: User) -> None:
    User.objects.filter(pk=lead.pk).update(name="@SUM(A1)")
    lead.refresh_from_db()
    for subject in ("=HYPERLINK(1)", "+1", "-1", "@x", "\tx", "\rx", "\nx"):
        record(AuditedEvent.ROUND_OPENED, organisation=trust, by=lead, subject=subject)
    rows = list(csv.reader(io.StringIO(exported(reader, trust, event=AuditedEvent.ROUND_OPENED), newline="")))[1:]
    assert [row[3] for row in rows] == ["'\nx", "'\rx", "'\tx", "'@x", "'-1", "'+1", "'=HYPERLINK(1)"]
    assert {row[2] for row in rows} == {"'@SUM(A1)"}


@given(st.text())
def test_a_defused_cell_begins_with_nothing_dangerous_and_loses_nothing(cell: str) -> None:
    assert not defused(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert defused(cell).removeprefix("'") == cell.removeprefix("'")


# --- who ------------------------------------------------------------------------------------------------------------


def test_a_lead_who_is_a_member_elsewhere_reads_only_their_own_trail(
    reader: Client, lead: User, trust: Organisation
) -> None:
    other = make_organisation()
    lead.seats.create(organisation=other, role="partner", starts_on=dt.date(2020, 1, 1))
    assert reader.get(reverse("audit_trail", args=[trust.ods_code])).status_code == 200
    refused = reader.get(reverse("audit_trail", args=[other.ods_code]))
    assert refused.status_code == 403
    assert f"Only a digital lead of {other.name} can read its audit trail." in refused.content.decode()


def test_a_lead_finds_the_trail_from_the_first_page(reader: Client, trust: Organisation) -> None:
    assert reverse("audit_trail", args=[trust.ods_code]) in reader.get("/").content.decode()
