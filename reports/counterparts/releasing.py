"""A board lets the others of its system show its signed-off figures beside theirs, and takes that back."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from assessments.actions.locking import locked_round
from assessments.lifecycle import NotNow, RoundMove
from assessments.models import Round
from organisations.audit import record
from organisations.choices import AuditedEvent
from organisations.models import Organisation, User
from organisations.systems import others_in_system
from reports.models import Release

ABOUT_MEMBERS = "Members' assessments of themselves are never released to another board."
ANOTHER_ICB = "The ICB of this trust is another by now. Nothing is released. Look at which it is."
NO_ICB = "The portal knows of no ICB of this trust today. Ask the support desk to enter it."
NO_TRUSTS = "The portal knows of no trust in this system today. Ask the support desk to enter them."


def why_no_system(organisation: Organisation, others: Sequence[Organisation]) -> str:
    """Why there is nobody to release figures to; "" when there is. `others` are those of its system today."""
    if others:
        return ""
    return NO_TRUSTS if organisation.is_icb else NO_ICB


def icb_of(organisation: Organisation, others: Sequence[Organisation]) -> Organisation:
    """The ICB that answers for the system of `organisation`, which has `others` in it today."""
    return organisation if organisation.is_icb else others[0]


@transaction.atomic
def release_figures(*, by: User, round_: Round, seen: str, at: dt.datetime | None = None) -> None:
    """Let the trust's ICB, or the ICB's trusts, show the round's figures as they are signed off beside their own.

    `seen` is the ODS code of the ICB that the person saw named. A second time changes nothing. Raises NotNow unless the
    round is signed off and about the organisation, and where no system is known, or another than was seen.
    """
    at = at or timezone.now()
    fresh = locked_round(round_, RoundMove.RELEASE)
    if fresh.version.framework.is_individual:
        raise NotNow(ABOUT_MEMBERS)
    values = {"icb": _system_seen(fresh.organisation, seen, at), "released_at": at, "released_by": by}
    _, is_new = Release.objects.get_or_create(round=fresh, taken_back_at=None, defaults=values)
    if is_new:
        _record(AuditedEvent.FIGURES_RELEASED, fresh, by, at)


@transaction.atomic
def take_back_release(*, by: User, round_: Round, at: dt.datetime | None = None) -> None:
    """From now on no other board shows the figures; what others signed off with them stays as it is.

    Possible in any state of the round. Nothing happens where nothing is released.
    """
    at = at or timezone.now()
    fresh = Round.objects.select_related("organisation").get(pk=round_.pk)
    standing = Release.objects.filter(round=fresh, taken_back_at=None)
    if standing.update(taken_back_at=at, taken_back_by=by):
        _record(AuditedEvent.RELEASE_TAKEN_BACK, fresh, by, at)


def _system_seen(organisation: Organisation, seen: str, at: dt.datetime) -> Organisation:
    others = list(others_in_system(organisation, timezone.localdate(at)))
    if reason := why_no_system(organisation, others):
        raise NotNow(reason)
    icb = icb_of(organisation, others)
    if icb.ods_code != seen:
        raise NotNow(ANOTHER_ICB)
    return icb


def _record(event: AuditedEvent, round_: Round, by: User, at: dt.datetime) -> None:
    record(event, organisation=round_.organisation, by=by, subject=str(round_), at=at)
