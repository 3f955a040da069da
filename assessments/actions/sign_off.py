"""Signing a round off, and taking that back. The report that goes with it is made in `reports.signed.sign_off`."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from assessments.actions.locking import locked_round
from assessments.lifecycle import ROUND_MOVES, RoundMove
from assessments.models import Reopening, Round
from organisations.audit import record
from organisations.choices import AuditedEvent
from organisations.models import User


@transaction.atomic
def sign_off_round(*, by: User, round_: Round, at: dt.datetime | None = None) -> Round:
    """Freeze results and positions of a closed round (product rule §3); gives it as it is then.

    Raises NotNow when it is not closed.
    """
    at = at or timezone.now()
    round_ = locked_round(round_, RoundMove.SIGN_OFF)
    _move(round_, RoundMove.SIGN_OFF, at)
    record(AuditedEvent.ROUND_SIGNED_OFF, organisation=round_.organisation, by=by, subject=str(round_), at=at)
    return round_


@transaction.atomic
def take_back_sign_off(*, by: User, round_: Round, reason: str, at: dt.datetime | None = None) -> None:
    """Make a signed-off round a closed one again; the reason is kept, and so is the report that was signed off.

    Raises NotNow when it is not signed off, ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("taking back a sign-off needs a reason")
    at = at or timezone.now()
    round_ = locked_round(round_, RoundMove.TAKE_BACK_SIGN_OFF)
    _move(round_, RoundMove.TAKE_BACK_SIGN_OFF, None)
    Reopening.objects.create(round=round_, at=at, by=by, was_signed_off=True, reason=reason.strip())
    event = AuditedEvent.ROUND_SIGN_OFF_TAKEN_BACK
    record(event, organisation=round_.organisation, by=by, subject=str(round_), at=at)


def _move(round_: Round, move: RoundMove, signed_off_at: dt.datetime | None) -> None:
    round_.state, round_.signed_off_at = ROUND_MOVES[move].leads_to or round_.state, signed_off_at
    round_.save(update_fields=["state", "signed_off_at"])
