"""How far each section lies from its target: a line from the score to the target."""

from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from django.utils.safestring import SafeString

from reports.charts import shapes
from reports.charts.canvas import Layout, Message, Strip, Ticks, across, figure_text, levels, no_figure, picture
from reports.charts.legend import Key, joined

WIDE = Layout("gap", 680, 232, 570, 27, titles_above=False, row=28)
NARROW = Layout("gap-narrow", 300, 16, 205, 38, titles_above=True)


@dataclass(frozen=True, slots=True)
class GapRow:
    """A section with its target; `gap_text` is how far the score lies from it, in words."""

    label: str
    score: Fraction | None
    target: Fraction
    gap_text: str


@dataclass(frozen=True, slots=True)
class GapChart:
    anchor: str
    title: str
    description: str
    ticks: Ticks
    rows: tuple[GapRow, ...]


def gap_svg(chart: GapChart, layout: Layout = WIDE) -> SafeString:
    """The chart as an `<svg>` element to put into a page. Raises ValueError on a scale of fewer than two levels."""
    strips = [Strip(row.label, partial(_shapes, chart, layout, row)) for row in chart.rows]
    message = Message(chart.anchor, chart.title, chart.description)
    return picture(message, layout, KEYS, levels(chart.ticks, layout, labelled=False), strips)


def _shapes(chart: GapChart, layout: Layout, row: GapRow, middle: float) -> SafeString:
    target = across(chart.ticks, row.target, layout)
    if row.score is None:
        return joined([shapes.tick(target, middle), no_figure(layout, middle)])
    score = across(chart.ticks, row.score, layout)
    line = shapes.rule(min(score, target), max(score, target), middle, dashed=True)
    ends = [shapes.tick(target, middle), shapes.dot(score, middle)]
    return joined([line, *ends, figure_text(layout, middle, row.gap_text, bold=False)])


KEYS = (
    Key(lambda x, middle: shapes.dot(x + 6, middle), 12, "Score of this round"),
    Key(lambda x, middle: shapes.tick(x + 3, middle), 6, "Target"),
)
