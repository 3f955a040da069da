"""How each section moved from round to round: a small line for each, all on the same scale."""

from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from reports.charts import shapes
from reports.charts.canvas import GRID, INK, Layout, Message, Strip, Upright, picture, words_across
from reports.charts.legend import joined

WIDE = Layout("trend", 680, 262, 610, 27, titles_above=False, row=58, overhang=30)
NARROW = Layout("trend-narrow", 300, 34, 250, 38, titles_above=True, row=58, overhang=26)
TALL = 20  # from the middle of the scale to either end


@dataclass(frozen=True, slots=True)
class TrendRow:
    """A section's score in each round, the earliest first, with the first and last as text; empty: not comparable."""

    label: str
    scores: tuple[Fraction, ...]
    first_text: str = ""
    last_text: str = ""


@dataclass(frozen=True, slots=True)
class TrendChart:
    """Two rounds or more, by month and year; `lowest` and `highest` are the ends of the scale."""

    anchor: str
    title: str
    description: str
    lowest: int
    highest: int
    rounds: tuple[tuple[str, str], ...]
    rows: tuple[TrendRow, ...]


def trend_svg(chart: TrendChart, layout: Layout = WIDE) -> SafeString:
    """The chart as an `<svg>` element to put into a page."""
    strips = [Strip(row.label, partial(_shapes, chart, layout, row)) for row in chart.rows]
    places = _places(chart, layout)
    ends = {0, len(places) - 1} if layout.titles_above else set(range(len(places)))
    named = [name if place in ends else ("", "") for place, name in enumerate(chart.rounds)]
    uprights = [Upright(x, month, year) for x, (month, year) in zip(places, named, strict=True)]
    return picture(Message(chart.anchor, chart.title, chart.description), layout, (), uprights, strips)


def _places(chart: TrendChart, layout: Layout) -> list[float]:
    step = (layout.right - layout.left) / max(1, len(chart.rounds) - 1)
    return [round(layout.left + place * step, 1) for place in range(len(chart.rounds))]


def _shapes(chart: TrendChart, layout: Layout, row: TrendRow, middle: float) -> SafeString:
    if not row.scores:
        return words_across(layout, middle, "not comparable")
    points = [(x, _height(chart, score, middle)) for x, score in zip(_places(chart, layout), row.scores, strict=True)]
    way = " ".join(f"{x},{y}" for x, y in points)
    line = format_html('<polyline points="{}" fill="none" stroke="{}" stroke-width="2.5"/>', way, INK)
    dots = [shapes.dot(x, y, 5) for x, y in points]
    return joined([_ends_of_the_scale(chart, layout, middle), line, *dots, _figures(points, row)])


def _height(chart: TrendChart, score: Fraction, middle: float) -> float:
    """How far up a score lies: the scale reaches from the bottom of the row to its top, in every row."""
    share = float((score - chart.lowest) / (chart.highest - chart.lowest))
    return round(middle + TALL - share * 2 * TALL, 1)


def _ends_of_the_scale(chart: TrendChart, layout: Layout, middle: float) -> SafeString:
    drawn = [(middle - TALL, layout.left, layout.right), (middle + TALL, layout.left, layout.right)]
    return format_html_join("", f'<path d="M{{1}} {{0}}H{{2}}" stroke="{GRID}" stroke-dasharray="2 3"/>', drawn)


def _figures(points: list[tuple[float, float]], row: TrendRow) -> SafeString:
    """The first figure left of the line, the last right of it."""
    (first_x, first_y), (last_x, last_y) = points[0], points[-1]
    placed = [
        (first_x - 10, first_y + 5, "end", row.first_text),
        (last_x + 10, last_y + 5, "start", row.last_text),
    ]
    return format_html_join("", '<text x="{}" y="{}" text-anchor="{}" font-weight="bold">{}</text>', placed)
