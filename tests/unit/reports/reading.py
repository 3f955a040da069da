"""Reading a report as text: every word that it says, and single facts and rows by their heading."""

import dataclasses
from collections.abc import Iterable, Iterator
from fractions import Fraction

from reports.charts import Chart, ProfileChart
from reports.content.document import BoardReport, Fact, Figure, Row, Table

SILENT = {"anchor", "code", "file_name", "width"}  # addresses and class names: not said to anyone


def words(thing: object) -> Iterator[str]:
    """Every text in a report or a part of it, depth first."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from words(part)
    elif dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            if field.name not in SILENT:
                yield from words(getattr(thing, field.name))


def figures(report: BoardReport) -> list[Figure]:
    """All views over sections."""
    return [*report.figures, *([report.counterparts] if report.counterparts else [])]


def tables(report: BoardReport) -> list[Table]:
    found: list[Table | None] = [
        report.profile.table,
        *(table for figure in figures(report) for table in figure.tables),
    ]
    found += [section.table for section in report.sections]
    found += [section.agreed for section in report.sections]
    found += [finding.table for finding in (*report.findings, *report.actions)]
    return [table for table in [*found, report.method.levels, *report.method.basis] if table is not None]


def charts(report: BoardReport) -> list[Chart]:
    """Every chart in the order of the pages."""
    of_all = [figure.chart for figure in report.figures]
    of_sections = [section.chart for section in report.sections]
    beside = [report.counterparts.chart] if report.counterparts else []
    return [chart for chart in (report.profile.chart, *of_all, *of_sections, *beside) if chart is not None]


def fact(facts: Iterable[Fact], term: str) -> str:
    """The text of the one fact of that term."""
    (text,) = (fact.text for fact in facts if fact.term == term)
    return text


def terms(facts: Iterable[Fact]) -> list[str]:
    return [fact.term for fact in facts]


def row(table: Table | None, header: str) -> list[str]:
    """The texts of the one row whose header has that mark or text; a note follows its text after a slash."""
    assert table is not None
    (found,) = (row for row in table.rows if header in (row.header.mark, row.header.text))
    return [f"{cell.text} / {cell.note}" if cell.note else cell.text for cell in found.cells]


def headings(table: Table | None) -> list[str]:
    assert table is not None
    return [column.heading for column in table.columns]


def width(row: Row) -> int:
    """How many columns a row fills."""
    return 1 + sum(cell.span for cell in row.cells)


def drawn(chart: ProfileChart) -> list[tuple[str, Fraction | None, Fraction | None, Fraction | None]]:
    return [(row.label, row.score, row.before, row.target) for row in chart.rows]
