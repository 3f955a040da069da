"""What the board agreed, as the report says it: level, reason and dissent, in the board's own words."""

from collections.abc import Mapping
from types import MappingProxyType

from assessments.choices import AgreedBy
from assessments.queries.positions import Position
from assessments.scoring.types import SectionScore
from reports.content.document import Cell, Column, Row, Table
from reports.content.wording import day

Positions = Mapping[str, Position]  # by the indicator's code
NOTHING_AGREED: Positions = MappingProxyType({})


def agreed_table(section: SectionScore, positions: Positions) -> Table | None:
    """A row for each indicator of the section on which the board settled in its own words; None where there is none.

    A median that was accepted without discussion has no words: its level stands in the table of the indicators.
    """
    found = [(score, positions[code]) for score in section.indicators if (code := score.indicator.code) in positions]
    found = [(score, position) for score, position in found if not _is_plain(position)]
    if not found:
        return None
    columns = (
        Column("Indicator", "code"),
        Column("Level", "band"),
        Column("Reason", "words"),
        Column("Dissent", "words"),
        Column("How", "band"),
    )
    rows = tuple(Row(Cell(score.indicator.code), _cells(position)) for score, position in found)
    return Table(
        f"{section.section.title}: what the board agreed, apart from medians without discussion", columns, rows
    )


def _is_plain(position: Position) -> bool:
    return position.method_code == AgreedBy.MEDIAN and not position.reason and not position.dissent


def _cells(position: Position) -> tuple[Cell, ...]:
    return (
        Cell(f"{position.level} ({position.label})"),
        Cell(position.reason or "None given"),
        Cell(position.dissent or "None recorded"),
        Cell(position.method, note=day(position.agreed_on)),
    )
