"""What needs a digital lead today, and the next step with it. Plain logic over plain facts: no database, no clock."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from assessments.choices import RoundState
from assessments.reasons import CLOSING_DATE_GONE, NO_MEMBERS, VERSION_RETIRED, what_a_draft_lacks

NEAR = dt.timedelta(days=7)  # a round that closes within them needs looking after


class Urgency(IntEnum):
    """In the order in which a lead is told."""

    TODAY = 1
    SOON = 2
    WHEN_READY = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """How a round stands: counts only, and nothing of any answer."""

    round_id: int
    name: str
    state: RoundState
    closing_on: dt.date
    is_published: bool  # its version of the framework
    is_individual: bool
    is_followed: bool  # a later round of the same framework has opened
    minimum_group: int
    invited: int
    submitted: int
    left: int  # members who have left the board without having submitted
    joined: int  # people who came to the board since it was started, and are not in it
    indicators: int
    agreed: int  # indicators with an agreed position
    unfinished: int  # actions that came out of it
    overdue: int


@dataclass(frozen=True, slots=True)
class Step:
    """What to do: words for a link, and the page's URL name, which takes the round's key."""

    words: str
    page: str


@dataclass(frozen=True, slots=True)
class Matter:
    """Something about a round that a lead should know today."""

    urgency: Urgency
    standing: Standing
    words: str
    step: Step


# Where each step is taken.
LOOK = Step("Go to the round", "assessments:round")
OPEN = Step("Look it over and open it", "assessments:round")
CHANGE = Step("Choose a later closing date", "assessments:change_round")
CANCEL = Step("Cancel it", "assessments:cancel")
ADD_MEMBERS = Step("Add members", "assessments:members")
SEE_WHO_IS_DUE = Step("See who is still due, and remind them", "assessments:chase")
CLOSE = Step("Close it", "assessments:close")
AGREE = Step("Prepare the discussion", "assessments:discussion")
SIGN_OFF = Step("Sign it off", "reports:sign_off")
SEE_ACTIONS = Step("Look at its actions", "assessments:round_actions")
REPEAT = Step("Start again as last time", "assessments:as_last_time")
REPAIRS: dict[str, Step] = {NO_MEMBERS: ADD_MEMBERS, CLOSING_DATE_GONE: CHANGE, VERSION_RETIRED: CANCEL}


def matters(standings: Iterable[Standing], today: dt.date) -> tuple[Matter, ...]:
    """Everything that needs the lead, the most urgent first, and of those what closes first."""
    found = [matter for standing in standings for matter in matters_of(standing, today)]
    return tuple(sorted(found, key=lambda matter: (matter.urgency, matter.standing.closing_on)))


def matters_of(standing: Standing, today: dt.date) -> list[Matter]:
    """What needs the lead in one round, the most urgent first."""
    by_state = {RoundState.DRAFT: _of_draft, RoundState.OPEN: _of_open, RoundState.CLOSED: _of_closed}
    found = by_state[standing.state](standing, today) if standing.state in by_state else []
    return sorted([*found, *_of_actions(standing)], key=lambda matter: matter.urgency)


def next_step(standing: Standing, today: dt.date) -> Step | None:
    """The one thing to do next with a round; None for one that was cancelled."""
    if standing.state == RoundState.CANCELLED:
        return None
    found = matters_of(standing, today)
    if found:
        return found[0].step
    return REPEAT if standing.state == RoundState.SIGNED_OFF else LOOK


def _of_draft(standing: Standing, today: dt.date) -> Sequence[Matter]:
    lacks = what_a_draft_lacks(
        is_published=standing.is_published,
        has_members=standing.invited > 0,
        is_past_closing=today > standing.closing_on,
    )
    if lacks:
        return [Matter(Urgency.TODAY, standing, f"It cannot be opened yet. {lacks}", REPAIRS[lacks])]
    return [Matter(Urgency.SOON, standing, "It is ready. Nobody can answer until you open it.", OPEN)]


def _of_open(standing: Standing, today: dt.date) -> Sequence[Matter]:
    if today > standing.closing_on:
        gone = "The closing date has gone by, and members can no longer answer."
        return [Matter(Urgency.TODAY, standing, gone, CLOSE)]
    if standing.submitted == standing.invited:
        return [Matter(Urgency.WHEN_READY, standing, f"All {standing.invited} members have submitted.", CLOSE)]
    return [*_few_submitted(standing, today), *_changes_on_the_board(standing)]


def _few_submitted(standing: Standing, today: dt.date) -> Sequence[Matter]:
    """Close to the end, and not half have submitted, or too few for any figure to be shown."""
    if standing.closing_on - today > NEAR:
        return []
    so_far = f"{standing.submitted} of {standing.invited} have submitted: {time_left(standing.closing_on, today)}."
    if standing.submitted < standing.minimum_group:
        so_far += f" Figures from fewer than {standing.minimum_group} members are withheld."
        return [Matter(Urgency.TODAY, standing, so_far, SEE_WHO_IS_DUE)]
    if standing.submitted * 2 < standing.invited:
        return [Matter(Urgency.SOON, standing, so_far, SEE_WHO_IS_DUE)]
    return []


def _changes_on_the_board(standing: Standing) -> Sequence[Matter]:
    found = []
    if standing.left:
        words = f"{_members(standing.left)} left the board without submitting, and can no longer answer."
        found.append(Matter(Urgency.WHEN_READY, standing, words, LOOK))
    if standing.joined:
        words = f"{_people(standing.joined)} joined the board since, and {_is(standing.joined)} not in this round."
        found.append(Matter(Urgency.WHEN_READY, standing, words, ADD_MEMBERS))
    return found


def _of_closed(standing: Standing, today: dt.date) -> Sequence[Matter]:
    """What members say of themselves is theirs: there is nothing for the board to agree. Nor does a board go back to
    discuss a round when the next one is under way."""
    if standing.is_followed:
        words = "A later round of the same framework has begun, and this one still waits for sign-off."
        return [Matter(Urgency.WHEN_READY, standing, words, SIGN_OFF)]
    if standing.agreed < standing.indicators and not standing.is_individual:
        words = f"The board has agreed its position on {standing.agreed} of {standing.indicators} indicators."
        return [Matter(Urgency.SOON, standing, words, AGREE)]
    return [Matter(Urgency.WHEN_READY, standing, "It waits for sign-off.", SIGN_OFF)]


def _of_actions(standing: Standing) -> Sequence[Matter]:
    if not standing.overdue:
        return []
    words = f"{standing.overdue} of {standing.unfinished} unfinished actions that came out of it are overdue."
    return [Matter(Urgency.TODAY, standing, words, SEE_ACTIONS)]


def time_left(closing_on: dt.date, today: dt.date) -> str:
    """Such as "12 days left"; a round takes answers until the end of its closing date."""
    days = (closing_on - today).days
    if days < 0:
        return "closing date gone by"
    if days == 0:
        return "last day today"
    return "1 day left" if days == 1 else f"{days} days left"


def _members(count: int) -> str:
    return "1 member has" if count == 1 else f"{count} members have"


def _people(count: int) -> str:
    return "1 person has" if count == 1 else f"{count} people have"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
