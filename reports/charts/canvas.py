"""What all charts share: a legend, a scale across, and rows below it, each with its title and its shapes.

Presentation attributes only (the content security policy forbids style attributes), and shapes instead of colours, so
that a grey print says as much. Text costs most of the time that a chart takes in a PDF: it is used sparingly.
"""

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from reports.charts.legend import CHARACTER, Key, joined, legend

LINE = 17
MAX_LABELLED_LEVELS = 5
INK, BAR, GRID = "#212b32", "#005eb8", "#aeb7bd"

Ticks = tuple[tuple[int, str], ...]  # each level of the scale with its label


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand, in units from the left and top; text is 14 units high."""

    name: str  # the class of the `<svg>`, and part of its ids
    width: int
    left: int  # between left and right the scale; right of it the figure as text
    right: int
    characters_a_line: int  # of a row's title
    titles_above: bool  # a row's title stands above its shapes, not beside them
    row: int = 40  # the height that the shapes of a row need
    overhang: int = 10  # a bar begins left of the lowest level, so that a score at the lowest level is still seen


@dataclass(frozen=True, slots=True)
class Message:
    """What a chart says to whoever does not see it: `title` is its message, and the alternative text in the PDF."""

    anchor: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Upright:
    """A line through all rows, such as a level of the scale, headed by what it stands for."""

    x: float
    heading: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """A row: its title, and its shapes once it is known how high up their middle is."""

    title: str
    shapes: Callable[[float], SafeString]


def picture(
    message: Message, layout: Layout, keys: Sequence[Key], uprights: Sequence[Upright], strips: Sequence[Strip]
) -> SafeString:
    """The whole chart as an `<svg>` element to put into a page."""
    names, below = legend(keys, layout.width)
    top = below + 32 + (26 if any(upright.label for upright in uprights) else 0)
    heights = [_height(strip, layout) for strip in strips]
    tops = list(accumulate(heights, initial=top))
    rows = [_row(strip, layout, start, height) for strip, start, height in zip(strips, tops[:-1], heights, strict=True)]
    spans = _between_titles(layout, tops)
    return _svg(message, layout, tops[-1] + 8, [names, *_uprights(uprights, below + 20, spans), *rows])


def across(ticks: Ticks, score: Fraction, layout: Layout) -> float:
    """Where a score lies on the scale, in units from the left edge. Raises ValueError on a scale of one level."""
    if len(ticks) < 2:
        raise ValueError("a chart needs a scale of at least two levels")
    lowest, highest = ticks[0][0], ticks[-1][0]
    return round(layout.left + float((score - lowest) / (highest - lowest)) * (layout.right - layout.left), 1)


def levels(ticks: Ticks, layout: Layout, *, labelled: bool = True) -> list[Upright]:
    """The levels of the scale, never zoomed; their labels where there is room for them."""
    room = labelled and len(ticks) <= MAX_LABELLED_LEVELS and not layout.titles_above
    return [
        Upright(across(ticks, Fraction(level), layout), str(level), label if room else "") for level, label in ticks
    ]


def figure_text(layout: Layout, middle: float, text: str, *, bold: bool = True) -> SafeString:
    """The figure of a row, right of the scale."""
    return format_html(
        '<text x="{}" y="{}" font-size="{}"{}>{}</text>',
        layout.right + (16 if layout.titles_above else 24),
        middle + 6,
        16 if bold else 14,
        SafeString(' font-weight="bold"') if bold else "",
        text,
    )


def no_figure(layout: Layout, middle: float, text: str = "no score") -> SafeString:
    """Where the figure would be; on a narrow chart, which has no room there, where the shapes would be."""
    if layout.titles_above:
        return words_across(layout, middle, text)
    return format_html('<text x="{}" y="{}">{}</text>', layout.right + 24, middle + 5, text)


def words_across(layout: Layout, middle: float, text: str) -> SafeString:
    """Words in place of shapes, clear of the lines of the levels."""
    return format_html(
        '<rect x="{0}" y="{1}" width="{2}" height="16" fill="#ffffff"/><text x="{0}" y="{3}">{4}</text>',
        layout.left,
        middle - 8,
        round(len(text) * CHARACTER),
        middle + 5,
        text,
    )


def wrapped(title: str, layout: Layout) -> list[str]:
    """A title in lines; what is longer than a line is broken."""
    return textwrap.wrap(title, layout.characters_a_line) or [""]


def _height(strip: Strip, layout: Layout) -> int:
    lines = len(wrapped(strip.title, layout)) * LINE
    return lines + layout.row if layout.titles_above else max(layout.row, lines + min(14, layout.row - LINE))


def _row(strip: Strip, layout: Layout, top: int, height: int) -> SafeString:
    middle = top + height - layout.row / 2 if layout.titles_above else top + height / 2
    return joined([_title(wrapped(strip.title, layout), layout, top, middle), strip.shapes(middle)])


def _title(lines: list[str], layout: Layout, top: int, middle: float) -> SafeString:
    """A row's title: above its shapes, or beside them and as high."""
    if layout.titles_above:
        return _text_lines(lines, layout.left - layout.overhang, top + 14, anchor="start")
    return _text_lines(
        lines, layout.left - layout.overhang - 12, middle - (len(lines) - 1) * LINE / 2 + 5, anchor="end"
    )


def _text_lines(lines: list[str], x: float, first: float, *, anchor: str) -> SafeString:
    placed = [(x, first + place * LINE, anchor, line) for place, line in enumerate(lines)]
    return format_html_join("", '<text x="{}" y="{}" text-anchor="{}">{}</text>', placed)


def _between_titles(layout: Layout, tops: list[int]) -> list[tuple[int, int]]:
    """From where to where the uprights are drawn: they do not cross the titles above the shapes."""
    if layout.titles_above:
        return [(bottom - layout.row + 4, bottom - 4) for bottom in tops[1:]]
    return [(tops[0] - 2, tops[-1])]


def _uprights(uprights: Sequence[Upright], head: int, spans: list[tuple[int, int]]) -> list[SafeString]:
    return [_upright(upright, head, spans) for upright in uprights]


def _upright(upright: Upright, head: int, spans: list[tuple[int, int]]) -> SafeString:
    """One line for each span, and above them the heading with its label in at most two lines."""
    way = " ".join(f"M{upright.x} {top}V{bottom}" for top, bottom in spans)
    label = textwrap.wrap(upright.label, 13)[:2]
    placed = [(upright.x, head + 14 * place, line) for place, line in enumerate(label, start=1)]
    return format_html(
        '<path d="{}" stroke="{}" fill="none"/><text x="{}" y="{}" text-anchor="middle" font-weight="bold">{}</text>{}',
        way,
        GRID,
        upright.x,
        head,
        upright.heading,
        format_html_join("", '<text x="{}" y="{}" text-anchor="middle" font-size="12">{}</text>', placed),
    )


def _svg(message: Message, layout: Layout, height: int, parts: Sequence[SafeString]) -> SafeString:
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="{layout}" role="img" width="{w}" height="{h}" '
        'viewBox="0 0 {w} {h}" aria-labelledby="{id}-title" aria-describedby="{id}-desc" '
        'font-family="Arimo, Arial, sans-serif" font-size="14" fill="{ink}">'
        '<title id="{id}-title">{title}</title><desc id="{id}-desc">{desc}</desc>{parts}</svg>',
        layout=layout.name,
        w=layout.width,
        h=height,
        id=f"{message.anchor}-{layout.name}",
        ink=INK,
        title=message.title,
        desc=message.description,
        parts=joined(parts),
    )
