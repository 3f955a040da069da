"""What a board member does to their own response."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from assessments.choices import ResponseState
from assessments.lifecycle import NotNow
from assessments.models import Answer, Response, Round
from assessments.reasons import ALREADY_SUBMITTED, NOTHING_ANSWERED, why_not_answer
from assessments.scoring.types import NonScore
from organisations.audit import record
from organisations.choices import AuditedEvent


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What a member changed about one indicator. What is None stays as it is stored, whichever page stored it.

    A choice, once made, can be changed but not taken back; a comment is taken back by "".
    """

    indicator_id: int
    level: int | None = None
    non_score: NonScore | None = None
    comment: str | None = None


@transaction.atomic
def save_answers(*, response: Response, answers: Iterable[GivenAnswer], at: dt.datetime | None = None) -> None:
    """Store a member's answers, each in its own row; a change replaces what was there, so a repeat is harmless.

    Raises NotNow when the round is over or the response submitted, ValueError for an indicator out of scope or a level
    that is not on the scale. Nothing is stored then.
    """
    at = at or timezone.now()
    response = _locked(response, at)
    if response.is_submitted:
        raise NotNow(ALREADY_SUBMITTED)
    rows = _changed_rows(response, list(answers), at)
    if not rows:
        return
    Answer.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["response", "indicator"],
        update_fields=["level", "non_score", "comment", "changed_at"],
    )
    if response.state == ResponseState.INVITED:
        Response.objects.filter(pk=response.pk).update(state=ResponseState.STARTED)


def _changed_rows(response: Response, answers: list[GivenAnswer], at: dt.datetime) -> list[Answer]:
    _check_on_scale(response.round, answers)
    stored = {answer.indicator_id: answer for answer in response.answers.all()}
    rows = []
    for answer in answers:
        before = stored.get(answer.indicator_id) or Answer(response=response, indicator_id=answer.indicator_id)
        row = _merged(before, answer, at)
        if _content(row) != _content(before):
            rows.append(row)
    return rows


def _merged(before: Answer, answer: GivenAnswer, at: dt.datetime) -> Answer:
    chosen = answer.level is not None or answer.non_score is not None
    return Answer(
        response=before.response,
        indicator_id=before.indicator_id,
        level=answer.level if chosen else before.level,
        non_score=(answer.non_score or "") if chosen else before.non_score,
        comment=before.comment if answer.comment is None else answer.comment,
        changed_at=at,
    )


def _content(row: Answer) -> tuple[int | None, str, str]:
    return row.level, row.non_score, row.comment


def _check_on_scale(round_: Round, answers: list[GivenAnswer]) -> None:
    scale = round_.version.scale
    in_scope = set(round_.indicators().values_list("pk", flat=True))
    levels = {None, *scale.levels.values_list("value", flat=True)}
    non_scores = {None, *scale.non_scores.values_list("code", flat=True)}
    for answer in answers:
        if answer.indicator_id not in in_scope:
            raise ValueError(f"indicator {answer.indicator_id} is not in the scope of this round")
        if answer.level not in levels or answer.non_score not in non_scores:
            raise ValueError(f"the answer to indicator {answer.indicator_id} is not on the scale")


@transaction.atomic
def submit_response(*, response: Response, at: dt.datetime | None = None) -> None:
    """Hand in. A second time changes nothing. Raises NotNow when the round is over or nothing is answered yet."""
    at = at or timezone.now()
    response = _locked(response, at)
    if response.is_submitted:
        return
    if not response.answers.given().exists():
        raise NotNow(NOTHING_ANSWERED)
    _set_state(response, ResponseState.SUBMITTED, at)
    _record(AuditedEvent.RESPONSE_SUBMITTED, response, at)


@transaction.atomic
def reopen_response(*, response: Response, at: dt.datetime | None = None) -> None:
    """Take back a submission while the round is open. Raises NotNow when it is over."""
    at = at or timezone.now()
    response = _locked(response, at)
    if response.is_submitted:
        _set_state(response, ResponseState.STARTED, None)
        _record(AuditedEvent.RESPONSE_REOPENED, response, at)


def _locked(response: Response, now: dt.datetime) -> Response:
    """The response, locked until the transaction ends; only then is the round looked at, as closing waits for locks."""
    Response.objects.select_for_update().get(pk=response.pk)
    fresh = Response.objects.select_related("round__organisation", "round__version__scale").get(pk=response.pk)
    reason = why_not_answer(fresh.round, now)
    if reason:
        raise NotNow(reason)
    return fresh


def _set_state(response: Response, state: ResponseState, submitted_at: dt.datetime | None) -> None:
    Response.objects.filter(pk=response.pk).update(state=state, submitted_at=submitted_at)


def _record(event: AuditedEvent, response: Response, at: dt.datetime) -> None:
    record(event, organisation=response.round.organisation, by=response.person, subject=str(response.round), at=at)
