"""Files that are opened in a calendar: all-day events as RFC 5545 wants them."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

LONGEST_LINE = 75  # octets, without the line's end
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayEvent:
    """Something on one day. `uid` stays the same for as long as it is the same event, `revision` grows with changes."""

    uid: UUID
    revision: int
    day: dt.date
    title: str
    description: str
    address: str
    changed_at: dt.datetime


def calendar_of(name: str, events: Iterable[DayEvent], now: dt.datetime) -> str:
    """The events as the text of an .ics file, called `name` in the calendar and made at `now`."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Board self-assessment portal//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        *(line for event in events for line in _event(event, now)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _event(event: DayEvent, now: dt.datetime) -> Iterator[str]:
    """An all-day event takes nobody's time: it is shown as free."""
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"SEQUENCE:{event.revision}"
    yield f"DTSTAMP:{_moment(now)}"
    yield f"LAST-MODIFIED:{_moment(event.changed_at)}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + ONE_DAY:%Y%m%d}"
    yield f"SUMMARY:{escaped(event.title)}"
    yield f"DESCRIPTION:{escaped(event.description)}"
    yield f"URL:{event.address}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """A text value (RFC 5545, 3.3.11); other control characters have no place in one.

    >>> escaped("Plan; budget, people")
    'Plan\\\\; budget\\\\, people'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(sign for sign in lines if sign in "\n\t" or (sign >= " " and sign != "\x7f"))
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def folded(line: str) -> str:
    """The line in pieces of at most 75 octets, which never cut a character in two (RFC 5545, 3.1)."""
    pieces, length = [""], 0
    for sign in line:
        size = len(sign.encode())
        if length + size > LONGEST_LINE:
            pieces.append(" ")
            length = 1
        pieces[-1] += sign
        length += size
    return "\r\n".join(pieces)


def _moment(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
