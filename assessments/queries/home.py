"""What a person finds when they come in: their own assessments, and the rounds that they run."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q

from assessments.choices import ResponseState, RoundState
from assessments.models import Response
from assessments.queries.content import content_of
from assessments.queries.sitting import minutes_for
from organisations.acting import Acting
from organisations.models import User
from organisations.permissions import Permission


@dataclass(frozen=True, slots=True)
class MyAssessment:
    """One of my responses, with what I can do about it."""

    response_id: int
    round_id: int
    organisation_id: int
    organisation: str
    framework: str
    opened_at: dt.datetime | None
    closing_on: dt.date
    closed_at: dt.datetime | None
    state: ResponseState
    is_past_closing: bool
    on_board: bool  # whether I hold a seat there today
    asked: int
    answered: int

    @property
    def can_change(self) -> bool:
        """Whether the round still takes answers of mine, submitted or not."""
        return self.on_board and self.closed_at is None and not self.is_past_closing

    @property
    def is_to_do(self) -> bool:
        return self.can_change and not self.is_submitted

    @property
    def unanswered(self) -> int:
        return self.asked - self.answered

    @property
    def minutes_left(self) -> int:
        return minutes_for(self.unanswered)

    @property
    def is_started(self) -> bool:
        return self.state == ResponseState.STARTED

    @property
    def is_submitted(self) -> bool:
        return self.state == ResponseState.SUBMITTED


@dataclass(frozen=True, slots=True)
class LedBoard:
    """A board whose rounds I run, in a line."""

    ods_code: str
    name: str
    open: int
    draft: int
    closed: int  # and not signed off yet

    @property
    def in_words(self) -> str:
        counts = ((self.open, "open"), (self.draft, "in draft"), (self.closed, "closed and not signed off"))
        said = [f"{count} {state}" for count, state in counts if count]
        return f"Rounds: {', '.join(said)}." if said else "No round is under way."


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another board of mine, with the number of assessments that wait for me there."""

    ods_code: str
    name: str
    to_do: int


@dataclass(frozen=True, slots=True)
class Home:
    to_do: tuple[MyAssessment, ...]
    submitted: tuple[MyAssessment, ...]  # of rounds that are still open
    done: tuple[MyAssessment, ...]
    boards: tuple[LedBoard, ...]
    elsewhere: tuple[Elsewhere, ...]
    has_seat: bool


def home_for(user: User, acting: Acting) -> Home:
    """For the organisation acted for: own assessments, those to do first by closing date, and the rounds of a lead.

    What waits in other organisations is counted; answers given on boards that the person has left stay in sight.
    """
    all_mine = _my_assessments(user, acting.organisation_ids)
    here = acting.organisation.pk if acting.organisation else None
    mine = [item for item in all_mine if item.organisation_id == here or not item.on_board]
    waiting = Counter(item.organisation_id for item in all_mine if item.is_to_do)
    return Home(
        to_do=tuple(sorted((item for item in mine if item.is_to_do), key=lambda item: item.closing_on)),
        submitted=tuple(item for item in mine if item.can_change and item.is_submitted),
        done=tuple(item for item in mine if not item.can_change),
        boards=_led_boards(acting),
        elsewhere=tuple(
            Elsewhere(other.ods_code, other.name, waiting[other.pk]) for other in acting.others if waiting[other.pk]
        ),
        has_seat=bool(acting.seats),
    )


def _led_boards(acting: Acting) -> tuple[LedBoard, ...]:
    """The board acted for, if one of the seats there runs rounds."""
    led = acting.organisation
    if led is None or Permission.RUN_ROUNDS not in acting.permissions:
        return ()
    states = Counter(led.rounds.order_by().values_list("state", flat=True))
    return (
        LedBoard(led.ods_code, led.name, states[RoundState.OPEN], states[RoundState.DRAFT], states[RoundState.CLOSED]),
    )


def _my_assessments(user: User, boards: frozenset[int]) -> list[MyAssessment]:
    return [_my_assessment(response, boards) for response in _responses(user)]


def _responses(user: User) -> list[Response]:
    own = Response.objects.listed().filter(person=user)
    answered = Count("answers", filter=~Q(answers__level=None, answers__non_score=""))
    own = own.select_related("round__organisation", "round__version__framework").annotate(answered=answered)
    return list(own.order_by("-round__opened_at"))


def _my_assessment(response: Response, boards: frozenset[int]) -> MyAssessment:
    round_ = response.round
    return MyAssessment(
        response.pk,
        round_.pk,
        round_.organisation_id,
        round_.organisation.name,
        round_.version.framework.title,
        round_.opened_at,
        round_.closing_on,
        round_.closed_at,
        ResponseState(response.state),
        round_.is_past_closing(),
        round_.organisation_id in boards,
        len(content_of(round_).indicator_ids),
        response.answered,  # type: ignore[attr-defined]  # annotated above
    )
