"""What a list of people would do to a board, line by line, before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from django.utils import timezone

from organisations.models import Organisation, Seat
from organisations.models.seat import part_on_board
from organisations.people.listed import Listed

LAST_LEAD = "{name} is the last digital lead of {organisation}. Make somebody else a digital lead first."


class Outcome(Enum):
    """What happens to a line. People new to the portal and people it knows elsewhere are told apart nowhere."""

    ADD = "Will be added", "Added"
    CHANGE = "Will change", "Changed"
    SAME = "No change", "No change"
    ERROR = "Left out", "Left out"

    def __init__(self, before: str, after: str) -> None:
        self.before, self.after = before, after


@dataclass(frozen=True, slots=True)
class Planned:
    """A line of the list with its outcome, in words too."""

    person: Listed
    outcome: Outcome
    words: str = ""
    seat: Seat | None = None  # the one that the person holds on this board

    @property
    def is_good(self) -> bool:
        return self.outcome in (Outcome.ADD, Outcome.CHANGE)

    @property
    def is_error(self) -> bool:
        return self.outcome == Outcome.ERROR

    @property
    def is_digital_lead(self) -> bool:
        """As the list says; where it says nothing, as it is."""
        if self.person.is_digital_lead is not None:
            return self.person.is_digital_lead
        return bool(self.seat and self.seat.is_digital_lead)

    @property
    def loses_lead(self) -> bool:
        was_lead = bool(self.seat and self.seat.is_digital_lead)
        return self.outcome == Outcome.CHANGE and was_lead and not self.is_digital_lead


def plan_for(organisation: Organisation, people: Sequence[Listed]) -> list[Planned]:
    """The outcome of every line, were the list carried out now (one query). Nothing is said of other boards."""
    seats = list(organisation.seats.not_over_on(timezone.localdate()).select_related("person").order_by("-starts_on"))
    by_email = {seat.person.email: seat for seat in seats}  # of two, the one that began first
    plan = [_planned(person, by_email.get(person.email)) for person in people]
    if _leads_after(seats, plan):
        return plan
    return [_refused(planned, organisation) if planned.loses_lead else planned for planned in plan]


def _planned(person: Listed, seat: Seat | None) -> Planned:
    if person.problem or person.role is None:
        return Planned(person, Outcome.ERROR, person.problem)
    if seat is None:
        planned = Planned(person, Outcome.ADD)
        return Planned(person, Outcome.ADD, part_on_board(person.role, is_digital_lead=planned.is_digital_lead))
    planned = Planned(person, Outcome.CHANGE, seat=seat)
    if (person.role, planned.is_digital_lead) == (seat.role, seat.is_digital_lead):
        return Planned(person, Outcome.SAME, f"Already on the board: {seat.part}", seat)
    now = part_on_board(person.role, is_digital_lead=planned.is_digital_lead)
    return Planned(person, Outcome.CHANGE, f"From {seat.part} to {now}", seat)


def _refused(planned: Planned, organisation: Organisation) -> Planned:
    name = planned.seat.person.name if planned.seat else planned.person.name
    return Planned(planned.person, Outcome.ERROR, LAST_LEAD.format(name=name, organisation=organisation), planned.seat)


def _leads_after(seats: list[Seat], plan: list[Planned]) -> set[str]:
    """Addresses of those who would be digital leads, with no end in sight, once the plan is carried out."""
    today = timezone.localdate()
    leads = {
        seat.person.email
        for seat in seats
        if seat.is_digital_lead and seat.ends_on is None and seat.starts_on <= today and seat.person.is_active
    }
    lasting = [planned for planned in plan if planned.is_good and not (planned.seat and planned.seat.ends_on)]
    gained = {planned.person.email for planned in lasting if planned.is_digital_lead}
    return (leads | gained) - {planned.person.email for planned in plan if planned.loses_lead}
