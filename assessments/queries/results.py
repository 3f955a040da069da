"""The results of a closed round: the only door to what members answered together.

Whatever comes out has passed `disclosure`: pages, charts, exports and reports are given nothing else (docs/SCORING.md).
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, QuerySet
from django.utils import timezone

from assessments.choices import ResponseState
from assessments.disclosure import disclose
from assessments.late_answers import Counted, first_answers, publication_shown
from assessments.lifecycle import RoundMove, check
from assessments.models import Round
from assessments.queries.asked import sections_asked
from assessments.queries.content import scale_of_version
from assessments.queries.publications import counted_in, late_answers_wait
from assessments.queries.rounds import variant_title
from assessments.scoring import compare, score
from assessments.scoring.types import GivenAnswer, Scale, Scorecard, SectionAsked, Trend
from assessments.two_sides import SidesOfSection, guards, two_sides


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
    wording: tuple[tuple[str, int], ...]  # wording status and how many indicators in scope have it
    closings: int = 1  # more than one when it was reopened
    late_answers_wait: bool = False  # answers came after a reopening that are in no figure yet


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
    previous: RoundFacts | None
    trend: Trend | None
    sides: tuple[SidesOfSection, ...] = ()  # executives beside non-executives; none for an individual framework
    comments: tuple[IndicatorComments, ...] = ()
    earlier: Scorecard | None = None  # of the round before, disclosed as well


def results_for(round_: Round) -> RoundResults:
    """The disclosed results of a closed round. Raises NotNow when it is not closed (product rule §3)."""
    check(RoundMove.READ_RESULTS, round_.state)
    publications, sections = counted_in(round_), sections_asked(round_)
    scorecard = _as_published(round_, publications, sections)
    sides = _sides(round_, publications, sections)
    before = rounds_before(round_).first()
    facts, comments = _facts(round_), comments_for(round_)
    if before is None:
        return RoundResults(facts, scorecard, None, None, sides, comments)
    earlier = _as_published(before, counted_in(before), sections_asked(before))
    trend = compare(earlier, scorecard, comparable_codes(before, round_))
    return RoundResults(facts, scorecard, _facts(before), trend, sides, comments, earlier)


def comparable_codes(before: Round, after: Round) -> Collection[str]:
    """Codes asked in both rounds whose wording was not replaced in between: the base of a trend (product rule §4.8)."""
    earlier = before.indicators().values_list("code", flat=True)
    return same_in_both(earlier, after.indicators().values_list("code", "supersedes"))


def same_in_both(earlier: Iterable[str], later: Iterable[tuple[str, Collection[str]]]) -> set[str]:
    """The codes asked `earlier` that `later` asks in the same words; `later` has each code with those it supersedes."""
    known = set(earlier)
    return {code for code, supersedes in later if code in known and code not in supersedes}


def _as_published(round_: Round, publications: Sequence[Counted], sections: Sequence[SectionAsked]) -> Scorecard:
    agreed = dict(round_.positions.values_list("indicator__code", "level"))
    return disclosed(round_, publications, sections, scale_of_version(round_.version_id), agreed)


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
        _answers(publications, sections, round_.minimum_group),
        scale,
        agreed=agreed,
        responses=len(publications[-1].sheets) if publications else 0,
    )
    individual = round_.version.framework.is_individual
    return disclose(scorecard, minimum_group=round_.minimum_group, individual=individual)


def _answers(
    publications: Sequence[Counted], sections: Sequence[SectionAsked], minimum_group: int
) -> Iterator[GivenAnswer]:
    """The answers that figures are made of: each indicator's, from the publication that it may be shown from."""
    codes = codes_of(sections)
    late = len(publications) > 1
    guarded = guards(sections, first_answers(codes, publications), minimum_group=minimum_group) if late else {}
    for code in codes if publications else ():
        shown = publications[publication_shown(code, publications, minimum_group, guarded.get(code)) if late else 0]
        for member, sheet in shown.sheets.items():
            choice = sheet.get(code)
            if isinstance(choice, int):
                yield GivenAnswer(member, code, level=choice)
            elif choice is not None:
                yield GivenAnswer(member, code, non_score=choice)


def _sides(
    round_: Round, publications: Sequence[Counted], sections: Sequence[SectionAsked]
) -> tuple[SidesOfSection, ...]:
    if round_.version.framework.is_individual or not publications:
        return ()
    first = first_answers(codes_of(sections), publications)
    return two_sides(sections, first, minimum_group=round_.minimum_group)


def codes_of(sections: Iterable[SectionAsked]) -> list[str]:
    """Every indicator's code, in the framework's order."""
    return [indicator.code for section in sections for indicator in section.indicators]


def rounds_before(round_: Round) -> QuerySet[Round]:
    """The closed rounds before this one, of the same organisation, framework and variant, the latest first."""
    earlier = Round.objects.with_results().filter(
        organisation=round_.organisation,
        version__framework=round_.version.framework,
        variant=round_.variant,
        closed_at__lt=round_.closed_at,
    )
    return earlier.select_related("organisation", "version__framework").order_by("-closed_at")


def _facts(round_: Round) -> RoundFacts:
    version, framework = round_.version, round_.version.framework
    states = Counter(round_.responses.order_by().values_list("state", flat=True))
    reopened = round_.reopenings.filter(was_signed_off=False).count()
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
        variant=variant_title(round_),
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
        wording=tuple(sorted(Counter(round_.indicators().values_list("wording", flat=True)).items())),
        closings=1 + reopened,
        late_answers_wait=bool(reopened) and late_answers_wait(round_),
    )


def comments_for(round_: Round) -> tuple[IndicatorComments, ...]:
    """Published comments on each indicator that has any: no names, sorted by their words, which says nothing.

    None at all when fewer members than the minimum group took part, nor for an individual framework, where what
    members write is theirs alone. Raises NotNow when the round is not closed.
    """
    check(RoundMove.READ_RESULTS, round_.state)
    if round_.version.framework.is_individual:
        return ()
    last = round_.publications.annotate(members=Count("counted")).order_by("-number").first()
    if last is None or last.members < round_.minimum_group:
        return ()
    comments = last.comments.select_related("indicator").order_by(
        "indicator__section__order", "indicator__order", "text"
    )
    return tuple(
        IndicatorComments(
            indicator.pk, indicator.code, indicator.text,
            tuple(Comment(row.pk, row.text, row.is_in_report) for row in rows),
        )
        for indicator, rows in groupby(comments, key=lambda row: row.indicator)
    )  # fmt: skip
