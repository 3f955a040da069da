"""The rounds before a closed one, as each was published: what a trend over all of them is drawn from."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from assessments.late_answers import Counted
from assessments.lifecycle import RoundMove, check
from assessments.models import Round
from assessments.queries.content import asked_in, content_of
from assessments.queries.publications import counted_in_each
from assessments.queries.results import disclosed, rounds_before, same_in_both
from assessments.scoring.types import Scorecard

MOST = 7  # earlier rounds: with this one they are as many as a chart has room for


@dataclass(frozen=True, slots=True)
class EarlierRound:
    """The disclosed figures of an earlier round, and the codes of what it asked in the same words as this one."""

    closed_on: dt.date
    scorecard: Scorecard
    comparable: frozenset[str]


def history_of(round_: Round) -> tuple[EarlierRound, ...]:
    """The latest earlier rounds, the earliest first; none for an individual framework, published by section only.

    As many queries for eight rounds as for one, once a process has read what they ask. Raises NotNow when the round is
    not closed.
    """
    check(RoundMove.READ_RESULTS, round_.state)
    if round_.version.framework.is_individual:
        return ()
    rounds = list(rounds_before(round_)[:MOST])[::-1]
    if not rounds:
        return ()
    counted = counted_in_each(rounds)
    asked_now = list(round_.indicators().values_list("code", "supersedes"))
    return tuple(_earlier(one, counted.get(one.pk, ()), asked_now) for one in rounds)


def _earlier(
    round_: Round, publications: Sequence[Counted], asked_now: Sequence[tuple[str, Sequence[str]]]
) -> EarlierRound:
    content = content_of(round_)
    sections = asked_in(content)
    codes = [indicator.code for section in sections for indicator in section.indicators]
    assert round_.closed_at is not None  # noqa: S101 - the table says so too; this tells the type checker
    return EarlierRound(
        timezone.localdate(round_.closed_at),
        disclosed(round_, publications, sections, content.scale, {}),
        frozenset(same_in_both(codes, asked_now)),
    )
