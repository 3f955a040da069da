"""The people that the demonstration's sign-in page offers."""

from dataclasses import dataclass

from django.utils import timezone

from organisations.models import Seat


@dataclass(frozen=True, slots=True)
class Persona:
    person_id: int
    name: str
    part: str  # "Digital lead", "Chair", …


@dataclass(frozen=True, slots=True)
class Board:
    organisation: str
    leads: tuple[Persona, ...]
    members: tuple[Persona, ...]


def boards() -> tuple[Board, ...]:
    """Every board with people on it, trusts before ICBs; leads apart from members."""
    by_organisation: dict[str, list[Seat]] = {}
    seats = Seat.objects.held_on(timezone.localdate()).filter(person__is_staff=False)
    for seat in seats.select_related("person", "organisation").order_by("-organisation__kind", "organisation_id", "pk"):
        by_organisation.setdefault(seat.organisation.name, []).append(seat)
    return tuple(_board(name, seats) for name, seats in by_organisation.items())


def _board(organisation: str, seats: list[Seat]) -> Board:
    return Board(
        organisation,
        leads=tuple(_persona(seat, "Digital lead") for seat in seats if seat.is_digital_lead),
        members=tuple(_persona(seat, seat.get_role_display()) for seat in seats if not seat.is_digital_lead),
    )


def _persona(seat: Seat, part: str) -> Persona:
    return Persona(seat.person_id, seat.person.name, part)
