"""Sections and indicators as files hold them."""

from assessments.presenters.figures import indicator_withheld
from assessments.queries.results import RoundResults
from assessments.scoring.types import IndicatorScore, Scale, SectionScore
from reports.content.indicators import has_levels
from reports.content.section_pages import level_held
from reports.content.wording import sentence
from reports.exports.averages import number, section_agreed, section_change, section_members, share
from reports.exports.figures import Count, Indicator, Section

BY_SECTION_ONLY = "Not stated for a framework that is published by section only"


def section_figures(section: SectionScore, results: RoundResults) -> Section:
    """All figures of one section. `results` are disclosed already."""
    asked, individual = section.section, results.facts.subject_is_individual
    held = None if individual else section.level_held
    return Section(
        code=asked.code,
        title=asked.title,
        members=section_members(section, results),
        agreed=section_agreed(section),
        level_held=held,
        why_no_level_held="" if held is not None else _why_no_level(section, results),
        target=number(asked.target),
        gap=number(section.gap),
        cannot_judge_share=share(section.cannot_judge_share),
        change=section_change(section, results),
        indicators=() if individual else tuple(_indicator(each, results) for each in section.indicators),
    )


def _why_no_level(section: SectionScore, results: RoundResults) -> str:
    return BY_SECTION_ONLY if results.facts.subject_is_individual else sentence(level_held(section, results))


def _indicator(score: IndicatorScore, results: RoundResults) -> Indicator:
    scale = results.scorecard.scale
    return Indicator(
        code=score.indicator.code,
        text=score.indicator.text,
        answered=score.answered,
        gave_a_level=score.n,
        mean=number(score.mean),
        median=number(score.median),
        lowest=score.lowest,
        highest=score.highest,
        distance=number(score.distance),
        agreement=score.agreement.value if score.agreement else "",
        levels=_levels(score, scale) if has_levels(score) else (),
        other_answers=_others(score, scale),
        cannot_judge_share=share(score.cannot_judge_share),
        agreed_level=score.agreed,
        why_none="" if has_levels(score) else indicator_withheld(score, results.facts.minimum_group),
    )


def _levels(score: IndicatorScore, scale: Scale) -> tuple[Count, ...]:
    labels = {level.value: level.label for level in scale.levels}
    return tuple(Count(level, labels[level], members) for level, members in score.level_counts)


def _others(score: IndicatorScore, scale: Scale) -> tuple[Count, ...]:
    labels = {choice.code: choice.label for choice in scale.non_scores}
    return tuple(Count(None, labels[code], members) for code, members in score.non_score_counts)
