"""The people of a board: who sits on it, who did."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from organisations.models import Organisation, Seat


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat as the page lists it."""

    seat_id: int
    name: str
    email: str
    role: str
    is_digital_lead: bool
    starts_on: dt.date
    ends_on: dt.date | None
    has_begun: bool


@dataclass(frozen=True, slots=True)
class BoardPeople:
    """Seats held today or to begin later, in order of name; and seats that are over, the latest first."""

    current: tuple[SeatLine, ...]
    past: tuple[SeatLine, ...]


def people_of(organisation: Organisation) -> BoardPeople:
    """All seats that there ever were on the board (one query)."""
    today = timezone.localdate()
    seats = list(organisation.seats.select_related("person").order_by("person__name", "starts_on", "pk"))
    over = [seat for seat in seats if seat.ends_on and seat.ends_on < today]
    current = [seat for seat in seats if seat not in over]
    return BoardPeople(
        current=tuple(_line(seat, today) for seat in current),
        past=tuple(_line(seat, today) for seat in sorted(over, key=_last_day, reverse=True)),
    )


def left_on(organisation: Organisation) -> dict[int, dt.date]:
    """The last day on the board of everybody who has left it, by the person's primary key (one query)."""
    today = timezone.localdate()
    return last_days(list(organisation.seats.filter(starts_on__lte=today)), today)


def last_days(seats: Collection[Seat], today: dt.date) -> dict[int, dt.date]:
    """As `left_on`, of a board's seats that have begun by `today`."""
    still_there = {seat.person_id for seat in seats if seat.is_held_on(today)}
    over = sorted((seat for seat in seats if seat.person_id not in still_there), key=_last_day)
    return {seat.person_id: _last_day(seat) for seat in over}


def _last_day(seat: Seat) -> dt.date:
    return seat.ends_on or dt.date.max


def _line(seat: Seat, today: dt.date) -> SeatLine:
    return SeatLine(
        seat.pk,
        seat.person.name,
        seat.person.email,
        seat.get_role_display(),
        seat.is_digital_lead,
        seat.starts_on,
        seat.ends_on,
        seat.starts_on <= today,
    )
