"""What the board should talk about first: where members differ most, and what they could not judge."""

from collections.abc import Callable
from fractions import Fraction

from assessments.queries.results import RoundResults
from assessments.scoring.display import nearest_per_cent, nearest_tenth, one_decimal, percentage
from assessments.scoring.types import IndicatorScore, NonScore
from reports.content.comments import comments_chosen
from reports.content.document import Cell, Column, Finding, Row, Table
from reports.content.indicators import has_levels, indicator_header, level_cells, level_columns, spread_cell
from reports.content.section_pages import level_key
from reports.content.sides import two_sides_of_the_board

MOST = 5

Found = tuple[Fraction, IndicatorScore, str]  # what it is ranked by, the indicator, its section's title


def findings(results: RoundResults, *, with_comments: bool = True) -> tuple[Finding, ...]:
    """Both lists, each with the indicators in descending order of the figure it is about; both sides; comments.

    None for an individual framework, which is published by section only: there is no indicator to name.
    """
    if results.facts.subject_is_individual:
        return ()
    comments = comments_chosen(results) if with_comments else ()
    return *main_findings(results), *two_sides_of_the_board(results), *comments


def main_findings(results: RoundResults) -> tuple[Finding, ...]:
    """Both lists alone; none for an individual framework."""
    return () if results.facts.subject_is_individual else (differs_most(results), could_not_judge(results))


def differs_most(results: RoundResults) -> Finding:
    """The five indicators whose levels lie furthest from their median, on average."""
    heading = "Where the board differs most"
    found = [
        (nearest_tenth(score.distance), score, title)
        for score, title in _indicators(results)
        if has_levels(score) and score.distance
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
        f"Members' levels lie furthest apart on {_these(found, _levels)} "
        f"The average distance is from the median, in levels. {level_key(scale)}"
    )
    return Finding("differs", heading, introduction, Table("Largest differences between members", columns, rows))


def could_not_judge(results: RoundResults) -> Finding:
    """The five indicators that the largest share of members could not judge."""
    heading = "What the board could not judge"
    found = [
        (nearest_per_cent(score.cannot_judge_share), score, title)
        for score, title in _indicators(results)
        if score.cannot_judge_share
    ]
    if not found:
        return Finding("not-judged", heading, _why_all_judged(results), None)
    label = results.scorecard.scale.label_of(NonScore.CANNOT_JUDGE)
    columns = (Column("Indicator", "text"), Column("Could not judge", "band"), Column("Share", "base"))
    rows = tuple(
        Row(indicator_header(score, title), (_could_not_cell(score), Cell(percentage(share))))
        for share, score, title in _most(found)
    )
    introduction = (
        f"Members most often chose “{label}” on {_these(found, percentage)} A member who has not seen enough to "
        "choose a level points to a gap in assurance. The share is of those who answered."
    )
    return Finding("not-judged", heading, introduction, Table(f"Largest shares of “{label}”", columns, rows))


def _indicators(results: RoundResults) -> list[tuple[IndicatorScore, str]]:
    return [(score, section.section.title) for section in results.scorecard.sections for score in section.indicators]


def _most(found: list[Found]) -> list[Found]:
    """The largest figures first; those that read the same stay in the order of the framework, and `_these` says so."""
    return sorted(found, key=lambda entry: entry[0], reverse=True)[:MOST]


def _these(found: list[Found], in_words: Callable[[Fraction], str]) -> str:
    """What is listed, with a full stop; and when the list ends among equals, how many more have the same figure."""
    listed = _most(found)
    last = listed[-1][0]
    alike = sum(figure == last for figure, _, _ in found)
    of_them = sum(figure == last for figure, _, _ in listed)
    these = "this indicator" if len(listed) == 1 else f"these {len(listed)} indicators"
    if alike == of_them:
        return f"{these}."
    return (
        f"{these} and {alike - of_them} more. Listed {'is' if of_them == 1 else 'are'} {of_them} of the {alike} "
        f"indicators that tie at {in_words(last)}: the first in the order of the framework."
    )


def _levels(distance: Fraction) -> str:
    return f"{one_decimal(distance)} levels"


def _distance_cell(distance: Fraction) -> Cell:
    return Cell(one_decimal(distance), note="levels")


def _could_not_cell(score: IndicatorScore) -> Cell:
    return Cell(f"{dict(score.non_score_counts)[NonScore.CANNOT_JUDGE]} of {score.answered}", note="who answered")


def _why_no_difference(results: RoundResults) -> str:
    if not results.scorecard.responses:
        return "Nobody answered, so no difference can be stated."
    if not any(has_levels(score) for score, _ in _indicators(results)):
        return "No indicator has levels that can be shown, so no difference can be stated."
    return "On every indicator whose levels are shown, all members gave the same level."


def _why_all_judged(results: RoundResults) -> str:
    if not results.scorecard.responses:
        return "Nobody answered, so it cannot be said what members could not judge."
    if not results.scorecard.scale.label_of(NonScore.CANNOT_JUDGE):
        return "This framework's scale has no answer for what a member cannot judge."
    if not any(score.answered and score.non_score_counts for score, _ in _indicators(results)):
        return "No indicator has enough answers to show how many members could not judge it."
    return "On every indicator whose answers are shown, all members who answered could judge."
