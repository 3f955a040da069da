"""The results of a closed round: the only door to what members answered together.

Whatever comes out has passed `disclosure`: pages, charts, exports and reports are given nothing else (docs/SCORING.md).
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils import timezone

from assessments.choices import ResponseState
from assessments.disclosure import disclose
from assessments.lifecycle import RoundMove, check
from assessments.models import Answer, Response, Round
from assessments.queries.asked import scale_of, sections_asked
from assessments.queries.rounds import variant_title
from assessments.scoring import compare, score
from assessments.scoring.types import GivenAnswer, NonScore, Scorecard, Trend


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


@dataclass(frozen=True, slots=True)
class RoundResults:
    """A closed round as it may be seen, with the round before it when there is one to compare with."""

    facts: RoundFacts
    scorecard: Scorecard
    previous: RoundFacts | None
    trend: Trend | None


def results_for(round_: Round) -> RoundResults:
    """The disclosed results of a closed round. Raises NotNow when it is not closed (product rule §3)."""
    check(RoundMove.READ_RESULTS, round_.state)
    scorecard = _disclosed(round_)
    before = _previous(round_)
    if before is None:
        return RoundResults(_facts(round_), scorecard, None, None)
    trend = compare(_disclosed(before), scorecard, comparable_codes(before, round_))
    return RoundResults(_facts(round_), scorecard, _facts(before), trend)


def comparable_codes(before: Round, after: Round) -> Collection[str]:
    """Codes asked in both rounds whose wording was not replaced in between: the base of a trend (product rule §4.8)."""
    earlier = before.indicators().values_list("code", flat=True)
    return same_in_both(earlier, after.indicators().values_list("code", "supersedes"))


def same_in_both(earlier: Iterable[str], later: Iterable[tuple[str, Collection[str]]]) -> set[str]:
    """The codes asked `earlier` that `later` asks in the same words; `later` has each code with those it supersedes."""
    known = set(earlier)
    return {code for code, supersedes in later if code in known and code not in supersedes}


def _disclosed(round_: Round) -> Scorecard:
    agreed = dict(round_.positions.values_list("indicator__code", "level"))
    scorecard = score(sections_asked(round_), _answers(round_), scale_of(round_.version), agreed=agreed)
    individual = round_.version.framework.is_individual
    return disclose(scorecard, minimum_group=round_.minimum_group, individual=individual)


def _answers(round_: Round) -> list[GivenAnswer]:
    rows = Answer.objects.given().filter(
        response__in=Response.objects.that_count(round_), indicator__in=round_.indicators()
    )
    return [
        GivenAnswer(member, code, level, NonScore(non_score) if non_score else None)
        for member, code, level, non_score in rows.values_list("response_id", "indicator__code", "level", "non_score")
    ]


def _previous(round_: Round) -> Round | None:
    """The last closed round before this one, of the same organisation, framework and variant."""
    earlier = Round.objects.with_results().filter(
        organisation=round_.organisation,
        version__framework=round_.version.framework,
        variant=round_.variant,
        closed_at__lt=round_.closed_at,
    )
    return earlier.select_related("organisation", "version__framework").order_by("-closed_at").first()


def _facts(round_: Round) -> RoundFacts:
    version, framework = round_.version, round_.version.framework
    states = Counter(round_.responses.values_list("state", flat=True))
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
    )


@dataclass(frozen=True, slots=True)
class IndicatorComments:
    code: str
    text: str
    comments: tuple[str, ...]


def comments_for(round_: Round) -> tuple[IndicatorComments, ...]:
    """Comments for the board on each indicator that has any: no names, sorted by their words, which says nothing.

    None at all when fewer members than the minimum group took part, nor for an individual framework, where what
    members write is theirs alone. Raises NotNow when the round is not closed.
    """
    check(RoundMove.READ_RESULTS, round_.state)
    counted = Response.objects.that_count(round_)
    answered = Answer.objects.given().filter(response__in=counted).values("response").distinct().count()
    if round_.version.framework.is_individual or answered < round_.minimum_group:
        return ()
    written = Answer.objects.filter(response__in=counted).exclude(comment="").order_by("comment")
    by_indicator: dict[int, list[str]] = {}
    for indicator_id, comment in written.values_list("indicator_id", "comment"):
        by_indicator.setdefault(indicator_id, []).append(comment)
    indicators = round_.indicators().filter(pk__in=by_indicator)
    return tuple(IndicatorComments(row.code, row.text, tuple(by_indicator[row.pk])) for row in indicators)
