"""The board of a finished round and the board of today: who stays, who has left, who would be new to it."""

from dataclasses import dataclass

from django.utils import timezone

from assessments.changed_since import BoardChanges, Seated, compare_boards
from assessments.models import Round
from organisations.models import Seat
from organisations.models.seat import SeatQuerySet
from organisations.people.queries import last_days


@dataclass(frozen=True, slots=True)
class Newcomers:
    """Seats held today by people who did not take part, in order of name; `joined` since that round opened."""

    seats: tuple[Seat, ...]
    joined: frozenset[int]  # keys of seats


@dataclass(frozen=True, slots=True)
class BoardSince:
    """What has changed on the board since a round, and who was not in it."""

    changes: BoardChanges
    newcomers: Newcomers


def board_since(last: Round) -> BoardSince:
    """How the board of today differs from those who took part in `last` (two queries)."""
    responses = last.responses.select_related("person", "seat")
    members = {row.person_id: Seated(row.person.name, row.seat.get_role_display()) for row in responses}
    today = timezone.localdate()
    begun = last.organisation.seats.filter(starts_on__lte=today).select_related("person")
    seats = tuple(begun.order_by("person__name", "pk"))
    held = tuple(seat for seat in seats if seat.is_held_on(today))
    now = {seat.person_id: Seated(seat.person.name, seat.get_role_display()) for seat in held}
    there_then = {seat.person_id for seat in seats if seat.is_held_on(timezone.localdate(last.opened_at))}
    others = tuple(seat for seat in held if seat.person_id not in members)
    joined = frozenset(seat.pk for seat in others if seat.person_id not in there_then)
    return BoardSince(compare_boards(members, now, last_days(seats, today)), Newcomers(others, joined))


def seats_of_members(last: Round) -> SeatQuerySet:
    """Seats held today by those who took part in `last`."""
    return last.organisation.seats.held_on(timezone.localdate()).filter(person__responses__round=last)
