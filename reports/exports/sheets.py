"""What a workbook is made of: sheets of plain cells, each column with its width and the format of its numbers."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum

Cell = str | int | float | dt.date | None


class Format(Enum):
    """How a column's numbers are shown, in a spreadsheet's own terms."""

    TEXT = "@"
    WHOLE = "0"
    SCORE = "0.0"
    CHANGE = "+0.0;\N{MINUS SIGN}0.0;0.0"
    SHARE = "0%"
    DATE = "d mmmm yyyy"


@dataclass(frozen=True, slots=True)
class Column:
    heading: str
    width: int  # in characters
    format: Format = Format.TEXT


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its headings in the first row. `about` is a sentence on what it holds, for the front sheet."""

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


CODE = Column("Code", 12)
SECTION_CODE = Column("Code", 27)
REASON = Column("Why there is no figure", 46)


def words(heading: str, width: int = 50) -> Column:
    """A column of texts, wrapped."""
    return Column(heading, width)


def whole(heading: str, width: int = 11) -> Column:
    """A column of whole numbers."""
    return Column(heading, width, Format.WHOLE)


def score(heading: str, width: int = 11) -> Column:
    """A column of scores in levels, to one decimal place."""
    return Column(heading, width, Format.SCORE)
