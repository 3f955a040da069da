"""The results of a closed round: the only door to what members answered together.

Whatever comes out has passed `disclosure`: pages, charts, exports and reports are given nothing else (docs/SCORING.md).
"""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import QuerySet
from django.utils import timezone

from assessments.choices import ResponseState
from assessments.disclosure import disclose
from assessments.late_answers import Counted, answers_shown, first_answers
from assessments.lifecycle import RoundMove, check
from assessments.models import CountedResponse, Publication, PublishedComment, Round
from assessments.queries.content import asked_of, scale_of_version
from assessments.queries.looking_back import Board, LookingBack, look_back
from assessments.queries.positions import Position
from assessments.queries.publications import late_answers_left_out
from assessments.scoring import compare, score
from assessments.scoring.basis import Basis, basis_of
from assessments.scoring.types import GivenAnswer, Scale, Scorecard, SectionAsked, Trend
from assessments.secrecy import Choice
from assessments.two_sides import SidesOfSection, two_sides
from frameworks.wording import Progress, standings_after

IN_ORDER = ("indicator__section__order", "indicator__order", "text")


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """Words and counts about a round; nothing of any answer."""

    round_id: int
    organisation: str
    ods_code: str
    framework: str
    framework_short: str
    version: str
    licence: str
    source_url: str
    framework_note: str
    subject_is_individual: bool
    variant: str
    section_label: str
    section_label_plural: str
    opened_on: dt.date
    closing_on: dt.date
    closed_on: dt.date
    invited: int
    submitted: int
    started_not_submitted: int
    unsubmitted_counted: bool
    minimum_group: int
    wording: Progress  # how far the indicators in scope are checked, on the day of reading
    summaries: Progress  # the same of the sections' summaries
    closings: int = 1  # more than one when it was reopened
    late_answers_left_out: bool = False  # answers came after a reopening that are in no figure


@dataclass(frozen=True, slots=True)
class RoundBefore:
    """The round that this one is compared with."""

    round_id: int
    closed_on: dt.date
    joined: int  # members of this round who were none of that one; how many, never who
    left: int  # the other way round


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote for the board; nobody can tell who."""

    comment_id: int
    text: str
    is_in_report: bool


@dataclass(frozen=True, slots=True)
class IndicatorComments:
    indicator_id: int
    code: str
    text: str
    comments: tuple[Comment, ...]


@dataclass(frozen=True, slots=True)
class RoundResults:
    """A closed round as it may be seen, with the round before it when there is one to compare with."""

    facts: RoundFacts
    scorecard: Scorecard
    previous: RoundBefore | None
    trend: Trend | None
    sides: tuple[SidesOfSection, ...] = ()  # executives beside non-executives; none for an individual framework
    comments: tuple[IndicatorComments, ...] = ()
    earlier: Scorecard | None = None  # of the round before, disclosed as well
    positions: Mapping[str, Position] = field(default_factory=dict)  # by code, what the board agreed
    comparable: Collection[str] = ()  # codes that the round before asked in the same words
    agreed_before: Mapping[str, Position] = field(default_factory=dict)  # what that one agreed for these
    basis: tuple[Basis, ...] = ()  # each indicator of the two rounds: whether the trend rests on it, and if not, why


def results_for(round_: Round) -> RoundResults:
    """The disclosed results of a closed round. Raises NotNow when it is not closed (product rule §3).

    Each table is read once, and what was asked once a process: that is frozen since the round opened.
    """
    return results_from(look_back(round_))


def results_from(read: LookingBack) -> RoundResults:
    """The same, of rounds that were read for more than this."""
    round_, publications = read.round, read.publications(read.round)
    now = RoundResults(
        facts=_facts(round_, read.boards[round_.pk]),
        scorecard=_as_published(round_, read),
        previous=None,
        trend=None,
        sides=_sides(round_, publications),
        comments=_comments(round_, len(publications[-1].sheets) if publications else 0),
        positions=read.positions(round_),
    )
    return _compared(now, read) if read.earlier else now


def _compared(now: RoundResults, read: LookingBack) -> RoundResults:
    """The same beside the round before it."""
    before = read.earlier[0]
    assert before.closed_at is not None  # noqa: S101 - as in `_facts`
    earlier, comparable = _as_published(before, read), comparable_codes(before, read.round)
    return dataclasses.replace(
        now,
        previous=RoundBefore(before.pk, timezone.localdate(before.closed_at), *_joined_and_left(before, read)),
        trend=compare(earlier, now.scorecard, comparable),
        earlier=earlier,
        comparable=comparable,
        basis=basis_of(earlier, now.scorecard, comparable, dict(asked_of(read.round).supersedes)),
        agreed_before={code: position for code, position in read.positions(before).items() if code in comparable},
    )


def _joined_and_left(before: Round, read: LookingBack) -> tuple[int, int]:
    """How many were asked in one of the two rounds only: after, and before.

    Who is asked is known to the whole board; whether they answered is not looked at, so this tells nothing about that.
    """
    then, now = read.boards[before.pk].people, read.boards[read.round.pk].people
    return len(now - then), len(then - now)


def comparable_codes(before: Round, after: Round) -> Collection[str]:
    """Codes asked in both rounds whose wording was not replaced in between: the base of a trend (product rule §4.8)."""
    return same_in_both((code for code, _ in asked_of(before).supersedes), asked_of(after).supersedes)


def same_in_both(earlier: Iterable[str], later: Iterable[tuple[str, Collection[str]]]) -> set[str]:
    """The codes asked `earlier` that `later` asks in the same words; `later` has each code with those it supersedes.

    One that takes the place of another breaks its own trend as well, even where it keeps its code.
    """
    known = set(earlier)
    return {code for code, supersedes in later if code in known and known.isdisjoint(supersedes)}


def _as_published(round_: Round, read: LookingBack) -> Scorecard:
    agreed = {code: position.level for code, position in read.positions(round_).items()}
    sections, scale = asked_of(round_).sections, scale_of_version(round_.version_id)
    return disclosed(round_, read.publications(round_), sections, scale, agreed)


def disclosed(
    round_: Round,
    publications: Sequence[Counted],
    sections: Sequence[SectionAsked],
    scale: Scale,
    agreed: Mapping[str, int],
) -> Scorecard:
    """The figures of a closed round as they may be seen, from what it asked and what counts in it (no query)."""
    scorecard = score(
        sections,
        _answers(answers_shown(sections, publications, round_.minimum_group, scale)),
        scale,
        agreed=agreed,
        responses=len(publications[-1].sheets) if publications else 0,
    )
    individual = round_.version.framework.is_individual
    return disclose(scorecard, minimum_group=round_.minimum_group, individual=individual)


def _answers(shown: Mapping[str, Mapping[int, Choice]]) -> Iterator[GivenAnswer]:
    """The answers that figures are made of."""
    for code, given in shown.items():
        for member, choice in given.items():
            if isinstance(choice, int):
                yield GivenAnswer(member, code, level=choice)
            elif choice is not None:
                yield GivenAnswer(member, code, non_score=choice)


def _sides(round_: Round, publications: Sequence[Counted]) -> tuple[SidesOfSection, ...]:
    sections = asked_of(round_).sections
    if round_.version.framework.is_individual or not publications:
        return ()
    first = first_answers(codes_of(sections), publications)
    return two_sides(sections, first, minimum_group=round_.minimum_group)


def codes_of(sections: Iterable[SectionAsked]) -> list[str]:
    """Every indicator's code, in the framework's order."""
    return [indicator.code for section in sections for indicator in section.indicators]


def _facts(round_: Round, board: Board) -> RoundFacts:
    version, framework, asked = round_.version, round_.version.framework, asked_of(round_)
    states, reopened = board.states, board.reopened
    known = standings_after(framework.pk, board.wording_checks)
    assert round_.opened_at is not None  # noqa: S101 - the table says so too; this tells the type checker
    assert round_.closed_at is not None  # noqa: S101
    return RoundFacts(
        round_id=round_.pk,
        organisation=round_.organisation.name,
        ods_code=round_.organisation.ods_code,
        framework=framework.title,
        framework_short=framework.short_title,
        version=version.title,
        licence=version.licence,
        source_url=version.source_url,
        framework_note=version.note,
        subject_is_individual=framework.is_individual,
        variant=asked.variant,
        section_label=framework.section_label,
        section_label_plural=framework.section_label_plural,
        opened_on=timezone.localdate(round_.opened_at),
        closing_on=round_.closing_on,
        closed_on=timezone.localdate(round_.closed_at),
        invited=sum(states.values()),
        submitted=states[ResponseState.SUBMITTED],
        started_not_submitted=states[ResponseState.STARTED],
        unsubmitted_counted=bool(round_.unsubmitted_counted),
        minimum_group=round_.minimum_group,
        wording=known.progress(asked.indicators_said),
        summaries=known.progress(asked.summaries_said),
        closings=1 + reopened,
        late_answers_left_out=bool(reopened) and late_answers_left_out(round_),
    )


def comments_for(round_: Round) -> tuple[IndicatorComments, ...]:
    """Published comments on each indicator that has any: no names, sorted by their words, which says nothing.

    None at all when fewer members than the minimum group took part, nor for an individual framework, where what
    members write is theirs alone. Raises NotNow when the round is not closed.
    """
    check(RoundMove.READ_RESULTS, round_.state)
    counted = CountedResponse.objects.filter(publication=_newest(round_))
    return _comments(round_, counted.count())


def _newest(round_: Round) -> QuerySet[Publication]:
    return round_.publications.order_by("-number")[:1]


def _comments(round_: Round, members: int) -> tuple[IndicatorComments, ...]:
    """`members`: how many count in the newest publication."""
    if round_.version.framework.is_individual or members < round_.minimum_group:
        return ()
    comments = PublishedComment.objects.filter(publication=_newest(round_)).select_related("indicator")
    return tuple(
        IndicatorComments(
            indicator.pk, indicator.code, indicator.text,
            tuple(Comment(row.pk, row.text, row.is_in_report) for row in rows),
        )
        for indicator, rows in groupby(comments.order_by(*IN_ORDER), key=lambda row: row.indicator)
    )  # fmt: skip
