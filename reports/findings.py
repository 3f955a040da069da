"""What the board should talk about first: where members differ most, and what they could not judge."""

from fractions import Fraction

from assessments.queries.results import RoundResults
from assessments.scoring.display import one_decimal, percentage
from assessments.scoring.types import IndicatorScore, NonScore
from reports.document import Cell, Column, Finding, Row, Table
from reports.indicators import has_levels, indicator_header, level_cells, level_columns, spread_cell
from reports.section_pages import level_key
from reports.wording import counted

MOST = 5
INDIVIDUAL = "An individual framework is published by section only, so this report names no single competency."

Found = tuple[Fraction, IndicatorScore, str]  # what it is ranked by, the indicator, its section's title


def findings(results: RoundResults) -> tuple[Finding, ...]:
    """Both lists, each with the indicators in descending order of the figure it is about."""
    return differs_most(results), could_not_judge(results)


def differs_most(results: RoundResults) -> Finding:
    """The five indicators whose levels lie furthest from their median, on average."""
    heading = "Where the board differs most"
    found = [
        (score.distance, score, title) for score, title in _indicators(results) if has_levels(score) and score.distance
    ]
    if not found:
        return Finding("differs", heading, _why_no_difference(results), None)
    scale = results.scorecard.scale
    columns = (
        Column("Indicator", "text"),
        Column("Spread", "spread"),
        Column("Average distance", "base"),
        *level_columns(scale),
    )
    rows = tuple(
        Row(indicator_header(score, title), (spread_cell(score), _distance_cell(distance), *level_cells(score)))
        for distance, score, title in _most(found)
    )
    introduction = (
        f"Members' levels lie furthest apart on {_these(rows)}. The average distance is from the median, in levels. "
        f"{level_key(scale)}"
    )
    return Finding("differs", heading, introduction, Table("Largest differences between members", columns, rows))


def could_not_judge(results: RoundResults) -> Finding:
    """The five indicators that the largest share of members could not judge."""
    heading = "What the board could not judge"
    found = [
        (score.cannot_judge_share, score, title) for score, title in _indicators(results) if score.cannot_judge_share
    ]
    if not found:
        return Finding("not-judged", heading, _why_all_judged(results), None)
    columns = (Column("Indicator", "text"), Column("Could not judge", "band"), Column("Share", "base"))
    rows = tuple(
        Row(indicator_header(score, title), (_could_not_cell(score), Cell(percentage(share))))
        for share, score, title in _most(found)
    )
    introduction = (
        f"Members most often chose “Cannot judge” on {_these(rows)}. A member who has not seen enough to "
        "choose a level points to a gap in assurance. The share is of those who answered."
    )
    return Finding("not-judged", heading, introduction, Table("Largest shares of “Cannot judge”", columns, rows))


def _indicators(results: RoundResults) -> list[tuple[IndicatorScore, str]]:
    return [(score, section.section.title) for section in results.scorecard.sections for score in section.indicators]


def _most(found: list[Found]) -> list[Found]:
    """The largest first; those that are equal stay in the order of the framework."""
    return sorted(found, key=lambda entry: entry[0], reverse=True)[:MOST]


def _these(rows: tuple[Row, ...]) -> str:
    return "this indicator" if len(rows) == 1 else f"these {counted(len(rows), 'indicator')}"


def _distance_cell(distance: Fraction) -> Cell:
    return Cell(one_decimal(distance), note="levels")


def _could_not_cell(score: IndicatorScore) -> Cell:
    return Cell(f"{dict(score.non_score_counts)[NonScore.CANNOT_JUDGE]} of {score.answered}", note="who answered")


def _why_no_difference(results: RoundResults) -> str:
    if results.facts.subject_is_individual:
        return INDIVIDUAL
    if not any(has_levels(score) for score, _ in _indicators(results)):
        return "No indicator has levels that can be shown, so no difference can be stated."
    return "On every indicator whose levels are shown, all members gave the same level."


def _why_all_judged(results: RoundResults) -> str:
    if results.facts.subject_is_individual:
        return INDIVIDUAL
    if all(choice.code is not NonScore.CANNOT_JUDGE for choice in results.scorecard.scale.non_scores):
        return "This framework's scale does not offer “Cannot judge”."
    if not any(score.answered and score.non_score_counts for score, _ in _indicators(results)):
        return "No indicator has enough answers to show how many members could not judge it."
    return "On every indicator whose answers are shown, all members who answered could judge."
