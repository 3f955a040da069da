"""Averages and movements as files hold them: rounded once, by `assessments.scoring.display`."""

from dataclasses import replace
from fractions import Fraction

from assessments.presenters.figures import section_without_score
from assessments.queries.results import RoundResults
from assessments.scoring.display import as_number, nearest_per_cent
from assessments.scoring.types import Average as ExactAverage
from assessments.scoring.types import Change, SectionScore
from reports.content.basis import compared_in, is_compared, left_out_of
from reports.content.summary import summary
from reports.content.wording import agreed_in_words
from reports.exports.figures import Average, Movement

NOTHING_AGREED = "The board has agreed no level"
NO_EARLIER_ROUND = "No earlier round to compare with"
NOT_COMPARED = "Not stated: it would need scores of single indicators, which are not published"
NOT_COMPARABLE = "Nothing is comparable with the last round"
FEW_COMPARABLE = "Fewer than half of the sections have a score and comparable indicators in both rounds"


def number(figure: Fraction | None) -> float | None:
    """A score, or a difference, to one decimal place."""
    return None if figure is None else as_number(figure)


def share(figure: Fraction | None) -> float | None:
    """A share to a whole per cent, as 0.33."""
    return None if figure is None else float(nearest_per_cent(figure))


def overall(results: RoundResults) -> Average:
    """The members' overall score, or why there is none."""
    return _average(results.scorecard.members, summary(results).overall_note)


def overall_agreed(results: RoundResults) -> Average:
    """The agreed overall score, or why there is none."""
    return _agreed(results.scorecard.agreed, results.facts.section_label_plural)


def section_members(section: SectionScore, results: RoundResults) -> Average:
    """The members' score of a section, or why there is none."""
    facts = results.facts
    if section.members.score is not None:
        return _average(section.members, "")
    why = section_without_score(section, results.scorecard.responses, facts.minimum_group)
    return _average(section.members, why)


def section_agreed(section: SectionScore) -> Average:
    """The agreed score of a section, or why there is none."""
    return _agreed(section.agreed, "indicators")


def _agreed(average: ExactAverage, plural: str) -> Average:
    return _average(average, agreed_in_words(average, plural) if average.based_on else NOTHING_AGREED)


def _average(average: ExactAverage, why_none: str) -> Average:
    if average.score is None:
        return Average(None, "", average.based_on, average.of, why_none)
    return Average(as_number(average.score), average.band, average.based_on, average.of, "")


def overall_change(results: RoundResults) -> Movement:
    """The overall movement since the last round, or why it is not stated."""
    trend = results.trend if is_compared(results) else None
    why = FEW_COMPARABLE if trend and trend.sections else NOT_COMPARABLE
    return _movement(trend.overall if trend else None, _why_not_compared(results) or why)


def section_change(section: SectionScore, results: RoundResults) -> Movement:
    """The section's movement since the last round, or why it is not stated."""
    trend = results.trend if is_compared(results) else None
    change = dict(trend.sections).get(section.section.code) if trend else None
    movement = _movement(change, _why_not_compared(results) or NOT_COMPARABLE)
    if not is_compared(results):
        return movement
    names = tuple(one.indicator.code for one in compared_in(section.section, results))
    return replace(movement, compared=names, not_compared=left_out_of(section.section, results))


def _why_not_compared(results: RoundResults) -> str:
    if results.facts.subject_is_individual:
        return NOT_COMPARED
    return "" if results.previous else NO_EARLIER_ROUND


def _movement(change: Change | None, why_none: str) -> Movement:
    if change is None or change.difference is None:
        return Movement(None, None, None, 0, why_none)
    return Movement(number(change.before), number(change.after), as_number(change.difference), change.comparable, "")
