"""Answers in, scorecard out: exact, and nothing unanswered is ever zero (docs/SCORING.md, product rule §4)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from statistics import median

from assessments.scoring.averages import average_of_at_least_half, mean
from assessments.scoring.bands import agreement_for
from assessments.scoring.types import (
    GivenAnswer,
    IndicatorAsked,
    IndicatorScore,
    NonScore,
    Scale,
    Scorecard,
    SectionAsked,
    SectionScore,
)


def score(
    sections: Sequence[SectionAsked],
    answers: Iterable[GivenAnswer],
    scale: Scale,
    *,
    agreed: Mapping[str, int] | None = None,
    responses: int | None = None,
) -> Scorecard:
    """All figures of a round, nothing withheld yet: `disclosure.disclose` comes before anyone sees them.

    `answers` are those that count, in any order. `agreed` maps an indicator's code to the level the board settled on.
    `responses` is the number of members whose answers count; left out, it is the number of members in `answers`.

    Raises ValueError on an answer or agreed level for an indicator out of scope, a level or non-score that the scale
    does not offer, two answers by one member to one indicator, an indicator asked twice, and fewer responses than
    members who answered. Each would otherwise bend a figure in silence.
    """
    given, settled = list(answers), agreed or {}
    _check(sections, given, settled, scale)
    by_indicator: defaultdict[str, list[GivenAnswer]] = defaultdict(list)
    for answer in given:
        by_indicator[answer.indicator].append(answer)
    scored = [
        section_score(
            section,
            tuple(
                indicator_score(asked, by_indicator[asked.code], scale, settled.get(asked.code))
                for asked in section.indicators
            ),
            scale,
        )
        for section in sections
    ]
    return scorecard(scored, scale, _responses(given, responses))


def indicator_score(
    asked: IndicatorAsked, answers: Sequence[GivenAnswer], scale: Scale, agreed: int | None = None
) -> IndicatorScore:
    """The figures of one indicator from every answer to it (product rules §4.1, §4.2, §4.7)."""
    levels = sorted(Fraction(answer.level) for answer in answers if answer.level is not None)
    members = Counter(answer.level for answer in answers)
    non_scores = Counter(answer.non_score for answer in answers)
    non_score_counts = tuple((choice.code, non_scores[choice.code]) for choice in scale.non_scores)
    middle = median(levels) if levels else None
    distance = None if middle is None else mean([abs(level - middle) for level in levels])
    return IndicatorScore(
        indicator=asked,
        answered=len(answers),
        n=len(levels),
        level_counts=tuple((level.value, members[level.value]) for level in scale.levels),
        non_score_counts=non_score_counts,
        mean=mean(levels),
        median=middle,
        lowest=int(levels[0]) if levels else None,
        highest=int(levels[-1]) if levels else None,
        distance=distance,
        agreement=None if distance is None else agreement_for(distance, scale),
        cannot_judge_share=_cannot_judge_share([(non_score_counts, len(answers))]),
        applicable=bool(levels) or not answers or 2 * non_scores[NonScore.NOT_APPLICABLE] < len(answers),
        agreed=agreed,
    )


def section_score(section: SectionAsked, indicators: tuple[IndicatorScore, ...], scale: Scale) -> SectionScore:
    """A section's figures from its indicators'; what an indicator lacks is left out (product rules §4.3, §4.5, §4.9).

    Disclosure calls this again with the withheld figures gone, so nothing here may look behind the indicators.
    """
    applicable = [indicator for indicator in indicators if indicator.applicable]
    to_agree = [indicator for indicator in indicators if _counts_when_agreed(indicator)]
    members = average_of_at_least_half([indicator.mean for indicator in applicable], len(applicable), scale)
    settled = [None if indicator.agreed is None else Fraction(indicator.agreed) for indicator in to_agree]
    return SectionScore(
        section=section,
        indicators=indicators,
        members=members,
        agreed=average_of_at_least_half(settled, len(to_agree), scale),
        level_held=_level_held(to_agree, scale),
        gap=None if section.target is None or members.score is None else section.target - members.score,
        cannot_judge_share=_cannot_judge_share(
            [(indicator.non_score_counts, indicator.answered) for indicator in indicators if indicator.answered]
        ),
    )


def scorecard(sections: Sequence[SectionScore], scale: Scale, responses: int) -> Scorecard:
    """The round's figures from its sections': every section with a score weighs the same (product rule §4.4).

    There is an overall score only when at least half of the sections have one: a single section is not the whole. A
    section in which nothing is applicable leaves the "of y" as well.
    """
    applicable = [section for section in sections if any(i.applicable for i in section.indicators)]
    to_agree = [section for section in sections if any(_counts_when_agreed(i) for i in section.indicators)]
    return Scorecard(
        scale=scale,
        sections=tuple(sections),
        members=average_of_at_least_half([section.members.score for section in applicable], len(applicable), scale),
        agreed=average_of_at_least_half([section.agreed.score for section in to_agree], len(to_agree), scale),
        responses=responses,
    )


def _counts_when_agreed(indicator: IndicatorScore) -> bool:
    """A level that the board agreed overrules members who called the indicator not applicable."""
    return indicator.applicable or indicator.agreed is not None


def _level_held(indicators: Sequence[IndicatorScore], scale: Scale) -> int | None:
    """The highest level that every one reaches, by its agreed level or else its median rounded down (§4.5)."""
    reached = [indicator.median if indicator.agreed is None else indicator.agreed for indicator in indicators]
    weakest = [value for value in reached if value is not None]
    if not reached or len(weakest) < len(reached):
        return None
    return max(level.value for level in scale.levels if level.value <= min(weakest))


def _cannot_judge_share(counted: Sequence[tuple[tuple[tuple[NonScore, int], ...], int]]) -> Fraction | None:
    """Answers "cannot judge" of all answers, from pairs of (members per non-score, members who answered) (§4.7)."""
    chosen = [members for counts, _ in counted for code, members in counts if code is NonScore.CANNOT_JUDGE]
    answered = sum(answered for _, answered in counted)
    return Fraction(sum(chosen), answered) if chosen and answered else None


def _responses(given: Sequence[GivenAnswer], responses: int | None) -> int:
    members = len({answer.member for answer in given})
    if responses is not None and responses < members:
        raise ValueError(f"{responses} responses cannot hold the answers of {members} members")
    return members if responses is None else responses


def _check(
    sections: Sequence[SectionAsked], given: Sequence[GivenAnswer], agreed: Mapping[str, int], scale: Scale
) -> None:
    codes = [indicator.code for section in sections for indicator in section.indicators]
    levels = {level.value for level in scale.levels}
    non_scores = {choice.code for choice in scale.non_scores}
    _refuse("asked twice", [code for code, times in Counter(codes).items() if times > 1])
    _refuse("not in scope", {answer.indicator for answer in given} - set(codes))
    _refuse("agreed but not in scope", agreed.keys() - set(codes))
    _refuse("not a level of the scale", {answer.level for answer in given if answer.level is not None} - levels)
    _refuse("agreed but not a level of the scale", set(agreed.values()) - levels)
    _refuse("not offered by the scale", {a.non_score for a in given if a.non_score is not None} - non_scores)
    answered = Counter((answer.member, answer.indicator) for answer in given)
    # The member stays out of the message: it may reach a log (product rule §5).
    _refuse("answered twice by one member", {code for (_, code), times in answered.items() if times > 1})


def _refuse(what: str, found: Iterable[object]) -> None:
    """Raise ValueError naming what was found, if anything was."""
    names = sorted(map(str, found))
    if names:
        raise ValueError(f"{what}: {', '.join(names)}")
