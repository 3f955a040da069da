"""The rounds before a closed one, as each was published: what a trend over all of them is drawn from."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from assessments.late_answers import Counted
from assessments.models import Round
from assessments.queries.content import asked_in, asked_of, content_of
from assessments.queries.looking_back import LookingBack, look_far_back
from assessments.queries.results import RoundResults, codes_of, disclosed, results_from, same_in_both
from assessments.scoring.types import Scorecard


@dataclass(frozen=True, slots=True)
class EarlierRound:
    """The disclosed figures of an earlier round, and the codes of what it asked in the same words as this one."""

    closed_on: dt.date
    scorecard: Scorecard
    comparable: frozenset[str]


def results_with_history(round_: Round) -> tuple[RoundResults, tuple[EarlierRound, ...]]:
    """The disclosed results of a closed round, and its latest earlier rounds, the earliest first.

    No earlier rounds for an individual framework, published by section only. As many queries for eight rounds as for
    one, once a process has read what they ask. Raises NotNow when the round is not closed.
    """
    read = look_far_back(round_)
    return results_from(read), _history(read)


def _history(read: LookingBack) -> tuple[EarlierRound, ...]:
    if read.round.version.framework.is_individual:
        return ()
    asked_now = asked_of(read.round).supersedes
    return tuple(_earlier(one, read.publications(one), asked_now) for one in reversed(read.earlier))


def _earlier(
    round_: Round, publications: Sequence[Counted], asked_now: Sequence[tuple[str, Sequence[str]]]
) -> EarlierRound:
    content = content_of(round_)
    sections = asked_in(content)
    assert round_.closed_at is not None  # noqa: S101 - the table says so too; this tells the type checker
    return EarlierRound(
        timezone.localdate(round_.closed_at),
        disclosed(round_, publications, sections, content.scale, {}),
        frozenset(same_in_both(codes_of(sections), asked_now)),
    )
