"""What a board report is made of: every word and figure as text, so that page and PDF hold no sums.

Both are drawn from the same `BoardReport`; a figure that disclosure withheld is not in it, only the reason in words.
"""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from reports.charts import Chart, ProfileChart, SpreadChart, narrow_svg, wide_svg

DRAFT = "Draft: not signed off"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known about the round: what it is, and what it comes to."""

    term: str
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell. `mark` stands above the text and `note` below it; `shade` (0 to 4) is the share of the board."""

    text: str
    mark: str = ""
    note: str = ""
    shade: int = 0
    span: int = 1
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    header: Cell
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, and its `width` as the name of a class in the print style sheet."""

    heading: str
    width: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first column heads the rows."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def stacked(self) -> tuple[tuple[Cell, tuple[tuple[str, Cell], ...]], ...]:
        """Each row with its column's heading beside each cell: on a phone they stand one under another."""
        headings = [column.heading for column in self.columns[1:]]
        return tuple((row.header, tuple(zip(headings, row.cells, strict=False))) for row in self.rows)

    @property
    def is_wide(self) -> bool:
        """Whether the table is too wide for a phone, and so has to scroll there: two columns fit on any screen."""
        return len(self.columns) > 2

    @property
    def is_very_wide(self) -> bool:
        """Whether it has to scroll on a tablet as well."""
        return len(self.columns) > 7


@dataclass(frozen=True, slots=True)
class Cover:
    """The front of the board paper: what it is about, and what the board is asked to do."""

    facts: tuple[Fact, ...]
    purpose: str
    asks: tuple[str, ...]
    paper: tuple[Fact, ...] = ()  # meeting, author and the like, as far as somebody has written them
    executive: tuple[str, ...] = ()  # the executive summary, a text for each paragraph


@dataclass(frozen=True, slots=True)
class Summary:
    """The page that a member reads who reads one page."""

    overall_score: str  # "3.2", or "No score"
    overall_note: str  # the band and what the score is based on, or why there is no score
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """The scores of all sections as a chart, with the same numbers as a table."""

    heading: str
    chart: ProfileChart
    note: str
    table: Table

    @property
    def svg(self) -> SafeString:
        """The chart, ready to be put into a page."""
        return wide_svg(self.chart)

    @property
    def narrow_svg(self) -> SafeString:
        """The same chart for the screen of a phone."""
        return narrow_svg(self.chart)


@dataclass(frozen=True, slots=True)
class Figure:
    """One view over all sections: a chart with its numbers as a table, or tables that are shaded and need no chart."""

    anchor: str
    heading: str
    introduction: str
    chart: Chart | None
    tables: tuple[Table, ...]

    @property
    def svg(self) -> SafeString:
        """The chart, ready to be put into a page."""
        return wide_svg(self.chart) if self.chart else SafeString()

    @property
    def narrow_svg(self) -> SafeString:
        """The same chart for the screen of a phone."""
        return narrow_svg(self.chart) if self.chart else SafeString()


@dataclass(frozen=True, slots=True)
class SectionPage:
    """One section: its figures, then a row for each indicator, with the key to its levels.

    An individual framework is published by section only: there is then no table and no key.
    """

    anchor: str
    code: str
    title: str
    facts: tuple[Fact, ...]
    key: str
    table: Table | None
    agreed: Table | None = None  # what the board agreed, and why; None while it has agreed nothing here
    chart: SpreadChart | None = None

    @property
    def svg(self) -> SafeString:
        """The chart, ready to be put into a page; small enough for a phone as well."""
        return wide_svg(self.chart) if self.chart else SafeString()


@dataclass(frozen=True, slots=True)
class Finding:
    """A short list drawn from all sections, or a sentence that says why it is empty."""

    anchor: str
    heading: str
    introduction: str
    table: Table | None


@dataclass(frozen=True, slots=True)
class Method:
    facts: tuple[Fact, ...]
    levels: Table
    basis: tuple[Table, ...] = ()  # which indicators the change since last round rests on, and which not


# What stands in a report for a part that the reader has not asked for: nothing at all.
NO_TABLE = Table("", (), ())
NO_SUMMARY = Summary("", "", ())
NO_PROFILE = Profile("", ProfileChart("", "", "", (), ()), "", NO_TABLE)
NO_METHOD = Method((), NO_TABLE)


@dataclass(frozen=True, slots=True)
class BoardReport:
    """Everything the board report says, in the order in which it says it."""

    title: str
    organisation: str
    round_dates: str
    file_name: str
    marking: str  # that it is a draft, or which version it is
    cover: Cover
    summary: Summary  # a part that the reader has not asked for is empty
    profile: Profile
    sections_heading: str
    sections_note: str  # "" when there is nothing to say about all of them
    sections: tuple[SectionPage, ...]
    findings: tuple[Finding, ...]
    actions: tuple[Finding, ...]
    method: Method
    counterparts: Figure | None = None  # other boards of the system, where any released its figures
    has_indicators: bool = True  # False for an individual framework, which is published by section only
    protective_marking: str = ""  # as "OFFICIAL", on every page; "" for none
    part: str = ""  # which part of the report it is, in words; "" for all of it
    figures: tuple[Figure, ...] = ()  # after the profile: further views over all sections
    proof: tuple[Fact, ...] = ()  # how to tell that this is what was signed off; none for a draft
    notice: str = ""  # what a reader has to know before the figures: that the round was opened again

    @property
    def is_draft(self) -> bool:
        return self.marking == DRAFT
