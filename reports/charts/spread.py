"""The indicators of a section: from the lowest to the highest level given, the median, and what the board agreed."""

from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from django.utils.safestring import SafeString

from reports.charts import shapes
from reports.charts.canvas import Layout, Message, Strip, Ticks, across, levels, picture, words_across
from reports.charts.legend import Key, joined

# Half a page wide on paper, where it stands beside the section's figures, and a phone's width on screen.
COMPACT = Layout("spread", 330, 110, 310, 16, titles_above=False, row=18, overhang=4)


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """An indicator by its code; without figures, `why_not` says so in a word or two."""

    label: str
    lowest: int | None
    highest: int | None
    median: Fraction | None
    agreed: int | None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class SpreadChart:
    anchor: str
    title: str
    description: str
    ticks: Ticks
    rows: tuple[SpreadRow, ...]


def spread_svg(chart: SpreadChart, layout: Layout = COMPACT) -> SafeString:
    """The chart as an `<svg>` element to put into a page. Raises ValueError on a scale of fewer than two levels."""
    strips = [Strip(row.label, partial(_shapes, chart, layout, row)) for row in chart.rows]
    message = Message(chart.anchor, chart.title, chart.description)
    return picture(message, layout, _keys(chart), levels(chart.ticks, layout, labelled=False), strips)


def _shapes(chart: SpreadChart, layout: Layout, row: SpreadRow, middle: float) -> SafeString:
    agreed = [] if row.agreed is None else [shapes.diamond(across(chart.ticks, Fraction(row.agreed), layout), middle)]
    if row.lowest is None or row.highest is None or row.median is None:
        # Words and a diamond would lie on each other: the table says what was agreed.
        return joined(agreed) if agreed else words_across(layout, middle, row.why_not)
    left, right = (across(chart.ticks, Fraction(level), layout) for level in (row.lowest, row.highest))
    return joined([shapes.span(left, right, middle), *agreed, _median(across(chart.ticks, row.median, layout), middle)])


def _median(centre: float, middle: float) -> SafeString:
    return shapes.dot(centre, middle, 4)


def _keys(chart: SpreadChart) -> list[Key]:
    keys = [
        Key(lambda x, middle: shapes.span(x, x + 22, middle), 22, "Lowest to highest"),
        Key(lambda x, middle: _median(x + 5, middle), 9, "Median"),
    ]
    if any(row.agreed is not None for row in chart.rows):
        keys.append(Key(lambda x, middle: shapes.diamond(x + 8, middle), 16, "Agreed"))
    return keys
