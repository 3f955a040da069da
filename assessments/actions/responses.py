"""What a board member does to their own response as a whole."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from assessments.actions.notices import owe_receipt
from assessments.choices import ResponseState
from assessments.lifecycle import NotNow
from assessments.models import Response
from assessments.reasons import NOTHING_ANSWERED, why_not_answer
from organisations.audit import record
from organisations.choices import AuditedEvent
from organisations.permissions import holds_seat


@transaction.atomic
def submit_response(*, response: Response, at: dt.datetime | None = None) -> bool:
    """Hand in, and say whether this was what did it: a second time changes nothing, and brings no second receipt.

    Raises NotNow when the round is over or nothing is answered yet.
    """
    at = at or timezone.now()
    response = _locked(response, at)
    if response.is_submitted:
        return False
    if not response.answers.given().exists():
        raise NotNow(NOTHING_ANSWERED)
    _set_state(response, ResponseState.SUBMITTED, at)
    _record(AuditedEvent.RESPONSE_SUBMITTED, response, at)
    owe_receipt(response=response, at=at)
    return True


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
    on_board = holds_seat(fresh.person_id, fresh.round.organisation_id, timezone.localdate(now))
    reason = why_not_answer(fresh.round, now, on_board=on_board)
    if reason:
        raise NotNow(reason)
    return fresh


def _set_state(response: Response, state: ResponseState, submitted_at: dt.datetime | None) -> None:
    Response.objects.filter(pk=response.pk).update(state=state, submitted_at=submitted_at)


def _record(event: AuditedEvent, response: Response, at: dt.datetime) -> None:
    record(event, organisation=response.round.organisation, by=response.person, subject=str(response.round), at=at)
