"""Section scores as bars, with what to compare them with."""

from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from django.utils.safestring import SafeString

from reports.charts import shapes
from reports.charts.canvas import Layout, Message, Strip, Ticks, across, figure_text, levels, no_figure, picture
from reports.charts.legend import Key, joined

WIDE = Layout("profile", 680, 232, 592, 27, titles_above=False)
# For a phone: were the wide chart shrunk to it, nobody could read it; were it cut, the bars would all seem equal.
NARROW = Layout("profile-narrow", 300, 16, 250, 38, titles_above=True)


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """A section on the chart: its score as a number to draw and as text to read, and what to compare it with."""

    label: str
    score: Fraction | None
    score_text: str
    before: Fraction | None
    target: Fraction | None
    comparator: Fraction | None = None


@dataclass(frozen=True, slots=True)
class ProfileChart:
    """Section scores on the fixed scale from its lowest to its highest level.

    `title` is the message of the chart (it becomes the alternative text), `ticks` pairs each level with its label.
    """

    anchor: str
    title: str
    description: str
    ticks: Ticks
    rows: tuple[ProfileRow, ...]
    comparator: str = ""  # its name in the legend
    bars: str = "This round"  # theirs


def profile_svg(chart: ProfileChart, layout: Layout = WIDE) -> SafeString:
    """The chart as an `<svg>` element to put into a page. Raises ValueError on a scale of fewer than two levels."""
    strips = [Strip(row.label, partial(_shapes, chart, layout, row)) for row in chart.rows]
    message = Message(chart.anchor, chart.title, chart.description)
    return picture(message, layout, _keys(chart), levels(chart.ticks, layout), strips)


def horizontal_place(chart: ProfileChart, score: Fraction, layout: Layout = WIDE) -> float:
    """Where a score lies on the chart, in units from its left edge."""
    return across(chart.ticks, score, layout)


def _shapes(chart: ProfileChart, layout: Layout, row: ProfileRow, middle: float) -> SafeString:
    beside = [(shapes.tick, row.target), (shapes.diamond, row.before), (shapes.ring, row.comparator)]
    drawn = [shape(horizontal_place(chart, at, layout), middle) for shape, at in beside if at is not None]
    return joined([_bar(chart, layout, row, middle), *drawn])


def _bar(chart: ProfileChart, layout: Layout, row: ProfileRow, middle: float) -> SafeString:
    if row.score is None:
        return no_figure(layout, middle)
    left = layout.left - layout.overhang
    bar = shapes.bar(left, middle, horizontal_place(chart, row.score, layout) - left)
    return joined([bar, figure_text(layout, middle, row.score_text)])


def _keys(chart: ProfileChart) -> list[Key]:
    """Names the shapes that the chart uses, and only those."""
    keys = [Key(lambda x, middle: shapes.bar(x, middle, 20), 20, chart.bars)]
    if any(row.before is not None for row in chart.rows):
        keys.append(Key(lambda x, middle: shapes.diamond(x + 8, middle), 16, "Last round"))
    if any(row.target is not None for row in chart.rows):
        keys.append(Key(lambda x, middle: shapes.tick(x + 3, middle), 6, "Target"))
    if any(row.comparator is not None for row in chart.rows):
        keys.append(Key(lambda x, middle: shapes.ring(x + 7, middle), 14, chart.comparator))
    return keys
