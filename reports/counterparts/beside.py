"""Two boards side by side, as plain values: each figure as it was published, and how far the two are apart.

Everything here is plain data, so that it can be kept with a signed-off version as JSON and read back.
"""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BoardFigure:
    """What one board has on a theme. Of several indicators it is the mean, and none where one of them has none."""

    median: float | None
    agreed: float | None
    codes: tuple[str, ...]
    why_none: str  # why there is no median; "" when there is one


@dataclass(frozen=True, slots=True)
class ThemeBeside:
    """A theme that both boards were asked about. `difference` is ours less theirs, of the medians."""

    section_code: str
    section: str
    theme: str
    ours: BoardFigure
    theirs: BoardFigure
    difference: float | None


@dataclass(frozen=True, slots=True)
class SectionBeside:
    """Means of medians over `based_on` themes, of the `of` that both were asked about: those that both have one for."""

    section_code: str
    section: str
    ours: float | None
    theirs: float | None
    difference: float | None
    based_on: int
    of: int
    why_none: str


@dataclass(frozen=True, slots=True)
class Counterpart:
    """The other board: whose figures these are, and which signed-off report they were published in."""

    organisation: str
    ods_code: str
    closed_on: dt.date
    counted: int  # members whose answers are in its figures
    invited: int
    version: int
    reference: str
    sections: tuple[SectionBeside, ...]
    themes: tuple[ThemeBeside, ...]
