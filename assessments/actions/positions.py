"""What a digital lead records of what the board agreed. Nothing that somebody else recorded is overwritten unseen."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from assessments.actions.locking import locked_round
from assessments.choices import AgreedBy
from assessments.lifecycle import NotNow, RoundMove, check
from assessments.models import AgreedPosition, Round
from assessments.queries.content import scale_of_version
from assessments.queries.medians import Median, medians_of
from assessments.queries.results import results_for
from assessments.reasons import NO_MEDIANS, NO_POSITIONS
from frameworks.models import Indicator
from organisations.audit import record
from organisations.choices import AuditedEvent
from organisations.models import User


class PositionChanged(Exception):
    """Somebody else recorded, changed or withdrew this position since it was read; theirs stands."""


class MediansChanged(Exception):
    """What can be accepted is no longer what was listed: figures or positions have changed since."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What the board settled on for one indicator."""

    level: int
    method: AgreedBy
    agreed_on: dt.date
    reason: str = ""
    dissent: str = ""


@transaction.atomic
def agree(
    *, by: User, round_: Round, indicator: Indicator, settled: Settled, seen: str, at: dt.datetime | None = None
) -> None:
    """Record what the board agreed, or change it. `seen` is the mark of the position that the page showed, "" for none.

    What is recorded already, word for word, changes nothing. Raises PositionChanged when another position than the one
    seen stands there now; NotNow unless the round is closed and about the organisation; ValueError for an indicator out
    of scope or a level that the scale does not have.
    """
    round_ = _locked(round_)
    _check(round_, indicator, settled.level)
    current = round_.positions.filter(indicator=indicator).first()
    if current is not None and _settled(current) == settled:
        return
    if seen != (current.mark if current else ""):
        raise PositionChanged
    at = at or timezone.now()
    position = current or AgreedPosition(round=round_, indicator=indicator, revision=0)
    _write(position, settled, by, at)
    _record(AuditedEvent.POSITION_AGREED, round_, by, at, indicator.code)


@transaction.atomic
def withdraw_agreement(
    *, by: User, round_: Round, indicator: Indicator, seen: str, at: dt.datetime | None = None
) -> None:
    """Take back what was recorded, so that nothing is agreed. A second time changes nothing.

    Raises PositionChanged when it is not the position that was seen, NotNow unless the round is closed.
    """
    round_ = _locked(round_)
    current = round_.positions.filter(indicator=indicator).first()
    if current is None:
        return
    if current.mark != seen:
        raise PositionChanged
    current.delete()
    _record(AuditedEvent.POSITION_WITHDRAWN, round_, by, at, indicator.code)


def accept_medians(
    *, by: User, round_: Round, listed: Collection[str], agreed_on: dt.date, at: dt.datetime | None = None
) -> int:
    """Record the medians that were listed, by their marks, and say how many those were.

    Raises MediansChanged when what can be accepted is no longer exactly that; NotNow when that is nothing, or unless
    the round is closed and about the organisation. Results take long: they are worked out before the round is locked,
    and hold if nothing that they are made of has changed by then.
    """
    _check_board_agrees(round_)
    made_of = _what_medians_are_made_of(round_)
    medians = medians_of(results_for(round_))
    with transaction.atomic():
        round_ = _locked(round_)
        if set(listed) != medians.marks or made_of != _what_medians_are_made_of(round_):
            raise MediansChanged
        if not medians.offered:
            raise NotNow(NO_MEDIANS)
        _write_medians(round_, medians.offered, by, agreed_on, at or timezone.now())
    return len(medians.offered)


def _what_medians_are_made_of(round_: Round) -> tuple[int | None, frozenset[int]]:
    """The publication that figures come from, and the indicators that are agreed already. All else is frozen."""
    last = round_.publications.order_by("-number").values_list("pk", flat=True).first()
    return last, frozenset(round_.positions.values_list("indicator", flat=True))


def _write_medians(round_: Round, medians: Iterable[Median], by: User, agreed_on: dt.date, at: dt.datetime) -> None:
    indicators = {indicator.code: indicator for indicator in round_.indicators()}
    written = AgreedPosition.objects.bulk_create(
        AgreedPosition(
            round=round_, indicator=indicators[median.code], level=median.level, method=AgreedBy.MEDIAN,
            agreed_on=agreed_on, recorded_by=by, recorded_at=at,
        )
        for median in medians
    )  # fmt: skip
    _record(AuditedEvent.MEDIANS_ACCEPTED, round_, by, at, f"for {len(written)} indicators")


def _locked(round_: Round) -> Round:
    round_ = locked_round(round_, RoundMove.AGREE)
    _check_board_agrees(round_)
    return round_


def _check_board_agrees(round_: Round) -> None:
    check(RoundMove.AGREE, round_.state)
    if round_.version.framework.is_individual:
        raise NotNow(NO_POSITIONS)


def _check(round_: Round, indicator: Indicator, level: int) -> None:
    if not round_.indicators().filter(pk=indicator.pk).exists():
        raise ValueError("A board agrees on indicators in the scope of the round.")
    if level not in {offered.value for offered in scale_of_version(round_.version_id).levels}:
        raise ValueError("A board agrees on a level of the scale.")


def _settled(position: AgreedPosition) -> Settled:
    method = AgreedBy(position.method)
    return Settled(position.level, method, position.agreed_on, position.reason, position.dissent)


def _write(position: AgreedPosition, settled: Settled, by: User, at: dt.datetime) -> None:
    position.level, position.method, position.agreed_on = settled.level, settled.method, settled.agreed_on
    position.reason, position.dissent = settled.reason, settled.dissent
    position.recorded_by, position.recorded_at = by, at
    position.revision += 1
    position.save()


def _record(event: AuditedEvent, round_: Round, by: User, at: dt.datetime | None, detail: str) -> None:
    """Which indicator, or how many; never a level."""
    record(event, organisation=round_.organisation, by=by, subject=f"{round_}: {detail}", at=at)
