"""What a member does with their own self-assessment: let the chair read it for the appraisal, and take it back."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from assessments.lifecycle import NotNow
from assessments.models import Response
from assessments.reasons import NOT_THE_CHAIR, why_not_share
from assessments.sharing import chairs_for, readable_by
from organisations.audit import record
from organisations.choices import AuditedEvent
from organisations.models import User
from organisations.permissions import holds_seat


@transaction.atomic
def share_response(*, response: Response, chair: User, at: dt.datetime | None = None) -> None:
    """Let `chair` read the self-assessment as it stands, from now on; another reader loses it.

    Sharing again with somebody who reads it already changes nothing. Raises NotNow when nothing is answered yet, when
    the member has left the board or `chair` is not (or no longer) its chair; ValueError when it is not about oneself.
    """
    at = at or timezone.now()
    fresh = _locked(response)
    if not fresh.round.version.framework.is_individual:
        raise ValueError("only what a member says about themselves can be shared")
    on_board = holds_seat(fresh.person_id, fresh.round.organisation_id, timezone.localdate(at))
    reason = why_not_share(has_answers=fresh.answers.given().exists(), on_board=on_board)
    if not reason and chair not in chairs_for(fresh):
        reason = NOT_THE_CHAIR
    if reason:
        raise NotNow(reason)
    if not readable_by(chair, Response.objects.filter(pk=fresh.pk)):
        _set_reader(fresh, chair, at)
        _record(AuditedEvent.RESPONSE_SHARED, fresh, at)


@transaction.atomic
def take_back_response(*, response: Response, at: dt.datetime | None = None) -> None:
    """Let nobody else read it any more, whatever the state of the round and wherever the member sits by now.

    A second time changes nothing.
    """
    fresh = _locked(response)
    if fresh.shared_at is not None:
        _set_reader(fresh, None, None)
        _record(AuditedEvent.RESPONSE_TAKEN_BACK, fresh, at)


def _locked(response: Response) -> Response:
    Response.objects.select_for_update().get(pk=response.pk)
    names = ("person", "round__organisation", "round__version__framework")
    return Response.objects.select_related(*names).get(pk=response.pk)


def _set_reader(response: Response, reader: User | None, at: dt.datetime | None) -> None:
    Response.objects.filter(pk=response.pk).update(shared_with=reader, shared_at=at)


def _record(event: AuditedEvent, response: Response, at: dt.datetime | None) -> None:
    """That it was shared or taken back: never with what in it."""
    record(event, organisation=response.round.organisation, by=response.person, subject=str(response.round), at=at)
