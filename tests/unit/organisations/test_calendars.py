"""Calendar files as RFC 5545 wants them."""

import datetime as dt
from uuid import UUID

import hypothesis.strategies as st
from hypothesis import given

from organisations.calendars import DayEvent, calendar_of, escaped, folded

NOW = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)
UID = UUID("00000000-0000-4000-8000-000000000001")


def event(**changed: object) -> DayEvent:
    values: dict[str, object] = {
        "uid": UID,
        "revision": 3,
        "day": dt.date(2027, 3, 31),
        "title": "Due: a plan",
        "description": "Owner: Ada",
        "address": "https://portal.example/actions/1/",
        "changed_at": NOW,
    }
    return DayEvent(**(values | changed))  # type: ignore[arg-type]


def test_a_whole_file() -> None:
    assert calendar_of("Actions", [event()], NOW).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Board self-assessment portal//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Actions",
        "BEGIN:VEVENT",
        f"UID:{UID}",
        "SEQUENCE:3",
        "DTSTAMP:20261122T093000Z",
        "LAST-MODIFIED:20261122T093000Z",
        "DTSTART;VALUE=DATE:20270331",
        "DTEND;VALUE=DATE:20270401",
        "SUMMARY:Due: a plan",
        "DESCRIPTION:Owner: Ada",
        "URL:https://portal.example/actions/1/",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_times_are_put_as_utc() -> None:
    summer = dt.datetime(2026, 7, 1, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    assert "DTSTAMP:20260701T090000Z" in calendar_of("Actions", [event()], summer)


def test_no_text_can_add_a_line() -> None:
    text = "One\r\nEND:VCALENDAR\rTwo\nThree; four, five \\ six\x00\x1b"
    assert escaped(text) == "One\\nEND:VCALENDAR\\nTwo\\nThree\\; four\\, five \\\\ six"


@given(st.text(max_size=300))
def test_whatever_the_text_lines_are_short_and_unfold_to_what_they_were(text: str) -> None:
    line = f"SUMMARY:{escaped(text)}"
    pieces = folded(line).split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line
