"""Charts as SVG text: the same picture on the page and in the PDF.

Presentation attributes only (the content security policy forbids style attributes), and shapes instead of colours, so
that a grey print says as much. A chart never stands alone: a table with its numbers is beside it.
"""

import textwrap
from dataclasses import dataclass
from fractions import Fraction

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

TICK = 54  # the numbers of the levels, below the legend
LINE = 17
BAR_OVERHANG = 10  # a bar begins left of the lowest level, so that a score at the lowest level is still seen
BAR_ROOM = 40  # the height that a bar, its target and its diamond need
MAX_LABELLED_LEVELS = 5
INK, BAR, GRID = "#212b32", "#005eb8", "#aeb7bd"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand, in units from the left and top; text is 14 units high."""

    name: str  # the class of the `<svg>`, and part of its ids
    width: int
    left: int  # between left and right the scale; right of it the score as a number
    right: int
    top: int  # the first row, below the numbers of the levels and, beside labels only, their labels
    characters_a_line: int  # of a section's title
    titles_above: bool  # a section's title stands above its bar, not beside it
    legend: tuple[int, int, int]


WIDE = Layout("profile", 680, 232, 592, 92, 27, titles_above=False, legend=(8, 148, 281))
# For a phone: were the wide chart shrunk to it, nobody could read it; were it cut, the bars would all seem equal.
NARROW = Layout("profile-narrow", 300, 16, 250, 66, 38, titles_above=True, legend=(4, 112, 218))


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


def profile_svg(chart: ProfileChart, layout: Layout = WIDE) -> SafeString:
    """The chart as an `<svg>` element to put into a page. Raises ValueError on a scale of fewer than two levels."""
    if len(chart.ticks) < 2:
        raise ValueError("a profile needs a scale of at least two levels")
    heights = [_row_height(row, layout) for row in chart.rows]
    bottom = layout.top + sum(heights)
    tops = [layout.top + sum(heights[:place]) for place in range(len(heights))]
    places = zip(chart.rows, tops, heights, strict=True)
    rows = [(_row(chart, layout, row, top, height),) for row, top, height in places]
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="{layout}" role="img" width="{w}" height="{h}" '
        'viewBox="0 0 {w} {h}" aria-labelledby="{id}-title" aria-describedby="{id}-desc" '
        'font-family="Arimo, Arial, sans-serif" font-size="14" fill="{ink}">'
        '<title id="{id}-title">{title}</title><desc id="{id}-desc">{desc}</desc>{legend}{axis}{rows}</svg>',
        layout=layout.name,
        w=layout.width,
        h=bottom + 8,
        id=f"{chart.anchor}-{layout.name}",
        ink=INK,
        title=chart.title,
        desc=chart.description,
        legend=_legend(chart, layout),
        axis=_axis(chart, layout, _between_titles(layout, tops, heights)),
        rows=format_html_join("", "{}", rows),
    )


def horizontal_place(chart: ProfileChart, score: Fraction, layout: Layout = WIDE) -> float:
    """Where a score lies on the chart, in units from its left edge."""
    lowest, highest = chart.ticks[0][0], chart.ticks[-1][0]
    return round(layout.left + float((score - lowest) / (highest - lowest)) * (layout.right - layout.left), 1)


def _wrapped(label: str, layout: Layout) -> list[str]:
    return textwrap.wrap(label, layout.characters_a_line) or [""]


def _row_height(row: ProfileRow, layout: Layout) -> int:
    lines = len(_wrapped(row.label, layout)) * LINE
    return lines + BAR_ROOM if layout.titles_above else max(BAR_ROOM, lines + 14)


def _row(chart: ProfileChart, layout: Layout, row: ProfileRow, top: int, height: int) -> SafeString:
    middle = top + height - BAR_ROOM / 2 if layout.titles_above else top + height / 2
    target, before = (None if at is None else horizontal_place(chart, at, layout) for at in (row.target, row.before))
    shapes = [
        _title(_wrapped(row.label, layout), layout, top, middle),
        _bar(chart, layout, row, middle),
        _target(target, middle) if target is not None else "",
        _diamond(before, middle) if before is not None else "",
    ]
    return format_html_join("", "{}", ((shape,) for shape in shapes))


def _title(lines: list[str], layout: Layout, top: int, middle: float) -> SafeString:
    """A section's title: above its bar, or beside it and as high."""
    if layout.titles_above:
        return _text_lines(lines, layout.left - BAR_OVERHANG, top + 14, anchor="start")
    return _text_lines(lines, layout.left - 22, middle - (len(lines) - 1) * LINE / 2 + 5, anchor="end")


def _bar(chart: ProfileChart, layout: Layout, row: ProfileRow, middle: float) -> SafeString:
    if row.score is None:
        return _no_score(layout, middle)
    left = layout.left - BAR_OVERHANG
    return format_html(
        '{}<text x="{}" y="{}" font-size="16" font-weight="bold">{}</text>',
        _rectangle(left, middle, horizontal_place(chart, row.score, layout) - left),
        layout.right + (16 if layout.titles_above else 24),
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


def _no_score(layout: Layout, middle: float) -> SafeString:
    """Where the number would be; on a narrow chart, which has no room there, where the bar would be."""
    x = layout.left if layout.titles_above else layout.right + 24
    return format_html('<text x="{}" y="{}">no score</text>', x, middle + 5)


def _text_lines(lines: list[str], x: float, first: float, *, anchor: str) -> SafeString:
    placed = [(x, first + place * LINE, anchor, line) for place, line in enumerate(lines)]
    return format_html_join("", '<text x="{}" y="{}" text-anchor="{}">{}</text>', placed)


def _between_titles(layout: Layout, tops: list[int], heights: list[int]) -> list[tuple[int, int]]:
    """From where to where the lines of the levels are drawn: they do not cross the titles above the bars."""
    bottoms = [top + height for top, height in zip(tops, heights, strict=True)]
    if layout.titles_above:
        return [(bottom - BAR_ROOM + 4, bottom - 4) for bottom in bottoms]
    return [(layout.top - 2, max(bottoms, default=layout.top))]


def _axis(chart: ProfileChart, layout: Layout, spans: list[tuple[int, int]]) -> SafeString:
    """A line for each level, headed by its number and, where there is room, its label."""
    with_labels = len(chart.ticks) <= MAX_LABELLED_LEVELS and not layout.titles_above
    parts = []
    for level, label in chart.ticks:
        x = horizontal_place(chart, Fraction(level), layout)
        parts += [(_level_line(x, top, bottom),) for top, bottom in spans]
        parts.append((_level_heading(x, str(level), label if with_labels else ""),))
    return format_html_join("", "{}", parts)


def _level_line(x: float, top: int, bottom: int) -> SafeString:
    return format_html('<line x1="{0}" y1="{1}" x2="{0}" y2="{2}" stroke="{3}"/>', x, top, bottom, GRID)


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


def _legend(chart: ProfileChart, layout: Layout) -> SafeString:
    """Names the shapes that the chart uses, and only those."""
    now, last, aim = layout.legend
    entries = [(_rectangle(now, 17, 20), now + 26, "This round")]
    if any(row.before is not None for row in chart.rows):
        entries.append((_diamond(last + 8, 17), last + 22, "Last round"))
    if any(row.target is not None for row in chart.rows):
        entries.append((_target(aim + 3, 17), aim + 13, "Target"))
    return format_html_join("", '{}<text x="{}" y="22">{}</text>', entries)
