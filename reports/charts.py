"""Charts as SVG text: the same picture on the page and in the PDF.

Presentation attributes only (the content security policy forbids style attributes), and shapes instead of colours, so
that a grey print says as much. A chart never stands alone: a table with its numbers is beside it.
"""

import textwrap
from dataclasses import dataclass
from fractions import Fraction

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH = 680
PLOT_LEFT, PLOT_RIGHT = 232, 592  # between them the scale; right of it the score as a number
TICK = 54  # the numbers of the levels, below the legend
TOP = 92  # the first row, below the levels' labels
LINE = 17
CHARACTERS_A_LINE = 27  # of a section's title, at 14 units
BAR_OVERHANG = 10  # a bar begins left of the lowest level, so that a score at the lowest level is still seen
MAX_LABELLED_LEVELS = 5
INK, BAR, GRID = "#212b32", "#005eb8", "#aeb7bd"


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """A section on the chart: its score as a number to draw and as text to read, and what to compare it with."""

    label: str
    score: Fraction | None
    score_text: str
    before: Fraction | None
    target: Fraction | None


@dataclass(frozen=True, slots=True)
class ProfileChart:
    """Section scores on the fixed scale from its lowest to its highest level.

    `title` is the message of the chart (it becomes the alternative text), `ticks` pairs each level with its label.
    """

    anchor: str
    title: str
    description: str
    ticks: tuple[tuple[int, str], ...]
    rows: tuple[ProfileRow, ...]


def profile_svg(chart: ProfileChart) -> SafeString:
    """The chart as an `<svg>` element to put into a page. Raises ValueError on a scale of fewer than two levels."""
    if len(chart.ticks) < 2:
        raise ValueError("a profile needs a scale of at least two levels")
    heights = [_row_height(row) for row in chart.rows]
    bottom = TOP + sum(heights)
    tops = [TOP + sum(heights[:place]) for place in range(len(heights))]
    rows = [(_row(chart, row, top, height),) for row, top, height in zip(chart.rows, tops, heights, strict=True)]
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="profile" role="img" width="{w}" height="{h}" '
        'viewBox="0 0 {w} {h}" aria-labelledby="{id}-title" aria-describedby="{id}-desc" '
        'font-family="Arimo, Arial, sans-serif" font-size="14" fill="{ink}">'
        '<title id="{id}-title">{title}</title><desc id="{id}-desc">{desc}</desc>{legend}{axis}{rows}</svg>',
        w=WIDTH,
        h=bottom + 8,
        id=chart.anchor,
        ink=INK,
        title=chart.title,
        desc=chart.description,
        legend=_legend(chart),
        axis=_axis(chart, bottom),
        rows=format_html_join("", "{}", rows),
    )


def horizontal_place(chart: ProfileChart, score: Fraction) -> float:
    """Where a score lies on the chart, in units from its left edge."""
    lowest, highest = chart.ticks[0][0], chart.ticks[-1][0]
    return round(PLOT_LEFT + float((score - lowest) / (highest - lowest)) * (PLOT_RIGHT - PLOT_LEFT), 1)


def _wrapped(label: str) -> list[str]:
    return textwrap.wrap(label, CHARACTERS_A_LINE) or [""]


def _row_height(row: ProfileRow) -> int:
    return max(40, len(_wrapped(row.label)) * LINE + 14)


def _row(chart: ProfileChart, row: ProfileRow, top: int, height: int) -> SafeString:
    middle = top + height / 2
    shapes = [
        _text_lines(_wrapped(row.label), PLOT_LEFT - 22, middle, anchor="end"),
        _bar(chart, row, middle),
        _target(horizontal_place(chart, row.target), middle) if row.target is not None else "",
        _diamond(horizontal_place(chart, row.before), middle) if row.before is not None else "",
    ]
    return format_html_join("", "{}", ((shape,) for shape in shapes))


def _bar(chart: ProfileChart, row: ProfileRow, middle: float) -> SafeString:
    if row.score is None:
        return format_html('<text x="{}" y="{}">no score</text>', PLOT_RIGHT + 24, middle + 5)
    left = PLOT_LEFT - BAR_OVERHANG
    return format_html(
        '{}<text x="{}" y="{}" font-size="16" font-weight="bold">{}</text>',
        _rectangle(left, middle, horizontal_place(chart, row.score) - left),
        PLOT_RIGHT + 24,
        middle + 6,
        row.score_text,
    )


def _rectangle(left: float, middle: float, width: float) -> SafeString:
    return format_html('<rect x="{}" y="{}" width="{}" height="14" fill="{}"/>', left, middle - 7, round(width, 1), BAR)


def _diamond(centre: float, middle: float) -> SafeString:
    points = f"{centre - 8},{middle} {centre},{middle - 8} {centre + 8},{middle} {centre},{middle + 8}"
    return format_html('<polygon points="{}" fill="#ffffff" stroke="{}" stroke-width="2"/>', points, INK)


def _target(centre: float, middle: float) -> SafeString:
    """A tick higher than the bar, with a white edge that keeps it apart from the bar."""
    return format_html(
        '<rect x="{}" y="{}" width="5" height="32" fill="{}" stroke="#ffffff" stroke-width="1.5"/>',
        round(centre - 2.5, 1),
        middle - 16,
        INK,
    )


def _text_lines(lines: list[str], x: float, middle: float, *, anchor: str) -> SafeString:
    first = middle - (len(lines) - 1) * LINE / 2 + 5
    placed = [(x, first + place * LINE, anchor, line) for place, line in enumerate(lines)]
    return format_html_join("", '<text x="{}" y="{}" text-anchor="{}">{}</text>', placed)


def _axis(chart: ProfileChart, bottom: int) -> SafeString:
    """A line for each level, headed by its number and, where there is room, its label."""
    with_labels = len(chart.ticks) <= MAX_LABELLED_LEVELS
    parts = []
    for level, label in chart.ticks:
        x = horizontal_place(chart, Fraction(level))
        parts.append((_level_line(x, bottom),))
        parts.append((_level_heading(x, str(level), label if with_labels else ""),))
    return format_html_join("", "{}", parts)


def _level_line(x: float, bottom: int) -> SafeString:
    return format_html('<line x1="{0}" y1="{1}" x2="{0}" y2="{2}" stroke="{3}"/>', x, TOP - 2, bottom, GRID)


def _level_heading(x: float, number: str, label: str) -> SafeString:
    """The number of a level with its label below it, in at most two lines."""
    placed = [(x, TICK + 14 * place, line) for place, line in enumerate(textwrap.wrap(label, 13)[:2], start=1)]
    return format_html(
        '<text x="{}" y="{}" text-anchor="middle" font-weight="bold">{}</text>{}',
        x,
        TICK,
        number,
        format_html_join("", '<text x="{}" y="{}" text-anchor="middle" font-size="12">{}</text>', placed),
    )


def _legend(chart: ProfileChart) -> SafeString:
    """Names the shapes that the chart uses, and only those."""
    entries = [(_rectangle(8, 17, 20), 36, "This round")]
    if any(row.before is not None for row in chart.rows):
        entries.append((_diamond(156, 17), 172, "Last round"))
    if any(row.target is not None for row in chart.rows):
        entries.append((_target(284, 17), 296, "Target"))
    return format_html_join("", '{}<text x="{}" y="22">{}</text>', entries)
