"""How far each section lies from the level that the board aims for, the furthest below first."""

from assessments.queries.results import RoundResults
from assessments.scoring.display import nearest_tenth, one_decimal, score_in_words
from assessments.scoring.types import SectionScore
from reports.charts import GapChart, GapRow
from reports.content.document import Cell, Column, Figure, Row, Table
from reports.content.wording import against_target, sentence


def has_targets(results: RoundResults) -> bool:
    """Whether the board aims for anything in this round."""
    return any(section.section.target is not None for section in results.scorecard.sections)


def gap_figure(results: RoundResults) -> Figure | None:
    """The distances as a chart and a table; None when no target was set or nothing has a score to compare with one."""
    aimed = [section for section in results.scorecard.sections if section.section.target is not None]
    if all(section.gap is None for section in aimed):
        return None
    ranked = sorted(aimed, key=lambda section: (section.gap is None, -(section.gap or 0)))
    return Figure(
        anchor="target",
        heading="Distance from target",
        introduction="The target is the level that the board set itself when the round was planned. What lies "
        "furthest below its target comes first.",
        chart=_chart(results, ranked),
        tables=(_table(results, ranked),),
    )


def _chart(results: RoundResults, ranked: list[SectionScore]) -> GapChart:
    scale = results.scorecard.scale
    return GapChart(
        anchor="gap",
        title=_message(results, ranked),
        description=f"A line from the score of each {results.facts.section_label} to its target, on the scale from "
        f"{scale.lowest} to {scale.highest}. The table that follows gives the same numbers.",
        ticks=tuple((level.value, level.label) for level in scale.levels),
        rows=tuple(_row(section) for section in ranked),
    )


def _message(results: RoundResults, ranked: list[SectionScore]) -> str:
    scored = [section for section in ranked if section.gap is not None]
    short = sum(nearest_tenth(section.gap) > 0 for section in scored if section.gap is not None)
    said = f"Distance from target: {short} of {len(scored)} {results.facts.section_label_plural} with a score below it"
    first = scored[0]
    return f"{said}, furthest {first.section.title} ({_distance(first)})" if short else said


def _row(section: SectionScore) -> GapRow:
    assert section.section.target is not None  # noqa: S101 - only such sections are ranked
    return GapRow(section.section.title, section.members.score, section.section.target, _distance(section))


def _distance(section: SectionScore) -> str:
    return "no score" if section.gap is None else against_target(section.gap)


def _table(results: RoundResults, ranked: list[SectionScore]) -> Table:
    columns = (
        Column(sentence(results.facts.section_label), "text"),
        Column("Score", "band"),
        Column("Target", "band"),
        Column("Against target", "band"),
    )
    rows = tuple(
        Row(Cell(row.label), (Cell(score_in_words(row.score)), Cell(one_decimal(row.target)), Cell(row.gap_text)))
        for row in map(_row, ranked)
    )
    return Table("Scores against targets", columns, rows)
