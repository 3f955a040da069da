"""What members answered in each section: how many answers at each level, and how many that are no level."""

from collections import Counter

from assessments.queries.results import RoundResults
from assessments.scoring.types import Scale, SectionScore
from reports.charts import DistributionChart, DistributionRow
from reports.content.document import Cell, Column, Figure, Row, Table
from reports.content.indicators import has_levels
from reports.content.wording import level_in_words, sentence

MOST_KINDS = 9  # columns of a table, and patterns that a reader can tell apart


def answers_figure(results: RoundResults) -> Figure | None:
    """The answers as a chart and a table; None when none can be shown, or a scale has too many levels for either."""
    scale = results.scorecard.scale
    counts = {section.section.code: _counts(section, scale) for section in results.scorecard.sections}
    if len(scale.levels) + len(scale.non_scores) > MOST_KINDS or not any(map(sum, counts.values())):
        return None
    rows = tuple(
        DistributionRow(section.section.title, counts[section.section.code]) for section in results.scorecard.sections
    )
    chart = DistributionChart(
        anchor="answers-chart",
        title=_message(results, rows),
        description=f"For each {results.facts.section_label} the share of answers at each level and of those that are "
        "no level. The table that follows gives the numbers.",
        levels=tuple(f"{level.value} {level.label}" for level in scale.levels),
        others=tuple(choice.label for choice in scale.non_scores),
        rows=rows,
    )
    return Figure(
        anchor="answers",
        heading="What members answered",
        introduction="All answers to indicators whose levels are shown, counted together: one member's answer to one "
        "indicator is one answer.",
        chart=chart,
        tables=(_table(results, rows),),
    )


def _counts(section: SectionScore, scale: Scale) -> tuple[int, ...]:
    """Answers at each level, then each that is no level, over the indicators whose levels are shown."""
    found: Counter[object] = Counter()
    for score in section.indicators:
        if has_levels(score):
            found.update(dict(score.level_counts) | dict(score.non_score_counts))
    return tuple(found[key] for key in (*(level.value for level in scale.levels), *_others(scale)))


def _others(scale: Scale) -> tuple[object, ...]:
    return tuple(choice.code for choice in scale.non_scores)


def _message(results: RoundResults, rows: tuple[DistributionRow, ...]) -> str:
    scale = results.scorecard.scale
    by_level = [sum(column) for column in zip(*(row.counts for row in rows), strict=True)][: len(scale.levels)]
    most = max(by_level)
    whole = sum(sum(row.counts) for row in rows)
    levels = [level.value for level, number in zip(scale.levels, by_level, strict=True) if number == most]
    said = " and ".join(level_in_words(level, scale) for level in levels)
    return f"Members most often chose {said}: {most:,}{' each' if len(levels) > 1 else ''} of {whole:,} answers"


def _table(results: RoundResults, rows: tuple[DistributionRow, ...]) -> Table:
    scale = results.scorecard.scale
    columns = (
        Column(sentence(results.facts.section_label), "text"),
        *(Column(f"Level {level.value}", "round", numeric=True) for level in scale.levels),
        *(Column(choice.label, choice.code, numeric=True) for choice in scale.non_scores),
        Column("All answers", "base", numeric=True),
    )
    return Table("Number of answers of each kind", columns, tuple(_row(row, len(columns)) for row in rows))


def _row(row: DistributionRow, columns: int) -> Row:
    if not sum(row.counts):
        return Row(Cell(row.label), (Cell("no answers that can be shown", span=columns - 1),))
    return Row(Cell(row.label), tuple(Cell(f"{number:,}", numeric=True) for number in (*row.counts, sum(row.counts))))
