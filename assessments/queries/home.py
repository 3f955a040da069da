"""What a person finds when they come in: their own assessments, and the rounds that they run."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from assessments.choices import ResponseState, RoundState
from assessments.models import Response, Round
from organisations.models import User
from organisations.permissions import current_seats


@dataclass(frozen=True, slots=True)
class MyAssessment:
    """One of my responses, with what I can do about it."""

    response_id: int
    round_id: int
    organisation: str
    framework: str
    closing_on: dt.date
    closed_at: dt.datetime | None
    state: ResponseState
    is_past_closing: bool

    @property
    def is_to_do(self) -> bool:
        return self.closed_at is None and not self.is_past_closing and self.state != ResponseState.SUBMITTED

    @property
    def is_started(self) -> bool:
        return self.state == ResponseState.STARTED

    @property
    def is_submitted(self) -> bool:
        return self.state == ResponseState.SUBMITTED


@dataclass(frozen=True, slots=True)
class RunRound:
    """A round that I run, in a line."""

    round_id: int
    framework: str
    state: RoundState
    started_at: dt.datetime
    closing_on: dt.date
    closed_at: dt.datetime | None
    is_past_closing: bool
    invited: int
    submitted: int


@dataclass(frozen=True, slots=True)
class LedBoard:
    ods_code: str
    name: str
    rounds: tuple[RunRound, ...]


@dataclass(frozen=True, slots=True)
class Home:
    to_do: tuple[MyAssessment, ...]
    done: tuple[MyAssessment, ...]
    boards: tuple[LedBoard, ...]
    has_seat: bool


def home_for(user: User) -> Home:
    """Own assessments, those to do first by closing date; and, for a digital lead, rounds newest first."""
    seats = list(current_seats(user))
    mine = [_my_assessment(response) for response in _responses(user)]
    led = [seat.organisation for seat in seats if seat.is_digital_lead]
    rounds = _rounds_by_organisation([organisation.pk for organisation in led])
    return Home(
        to_do=tuple(sorted((item for item in mine if item.is_to_do), key=lambda item: item.closing_on)),
        done=tuple(item for item in mine if not item.is_to_do),
        boards=tuple(LedBoard(org.ods_code, org.name, tuple(rounds.get(org.pk, ()))) for org in led),
        has_seat=bool(seats),
    )


def _responses(user: User) -> list[Response]:
    own = Response.objects.listed().filter(person=user)
    return list(own.select_related("round__organisation", "round__version__framework").order_by("-round__opened_at"))


def _my_assessment(response: Response) -> MyAssessment:
    round_ = response.round
    return MyAssessment(
        response.pk,
        round_.pk,
        round_.organisation.name,
        round_.version.framework.title,
        round_.closing_on,
        round_.closed_at,
        ResponseState(response.state),
        round_.is_past_closing(),
    )


def _rounds_by_organisation(organisations: list[int]) -> dict[int, list[RunRound]]:
    submitted = Count("responses", filter=Q(responses__state=ResponseState.SUBMITTED))
    rounds = Round.objects.filter(organisation__in=organisations).select_related("version__framework")
    by_organisation: dict[int, list[RunRound]] = {}
    for round_ in rounds.annotate(invited=Count("responses"), submitted=submitted).order_by("-started_at", "-pk"):
        by_organisation.setdefault(round_.organisation_id, []).append(_run_round(round_))
    return by_organisation


def _run_round(round_: Round) -> RunRound:
    return RunRound(
        round_.pk,
        round_.version.framework.title,
        RoundState(round_.state),
        round_.started_at,
        round_.closing_on,
        round_.closed_at,
        round_.is_past_closing(),
        round_.invited,  # type: ignore[attr-defined]  # annotated above
        round_.submitted,  # type: ignore[attr-defined]  # annotated above
    )
