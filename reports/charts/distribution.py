"""What members answered in each section, as shares of all their answers, from the lowest level to "cannot judge"."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from django.utils.html import format_html
from django.utils.safestring import SafeString

from reports.charts.canvas import INK, Layout, Message, Strip, Upright, picture, words_across
from reports.charts.legend import Key, joined

WIDE = Layout("distribution", 680, 232, 660, 27, titles_above=False, row=34, overhang=0)
NARROW = Layout("distribution-narrow", 300, 8, 292, 38, titles_above=True, overhang=0)
ROOM_FOR_A_NUMBER = 22
LIGHTEST, DARKEST = (0xE8, 0xED, 0xEE), (0x00, 0x30, 0x87)
DARK_FROM = 0.45  # of the way from the lightest to the darkest: from there on numbers are white


@dataclass(frozen=True, slots=True)
class DistributionRow:
    """How many answers a section had of each kind, in the order of the chart's kinds; empty when none can be shown."""

    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DistributionChart:
    """`levels` and `others` name the kinds of answers: the higher a level, the darker; what is no level is hatched."""

    anchor: str
    title: str
    description: str
    levels: tuple[str, ...]
    others: tuple[str, ...]
    rows: tuple[DistributionRow, ...]


def distribution_svg(chart: DistributionChart, layout: Layout = WIDE) -> SafeString:
    """The chart as an `<svg>` element to put into a page."""
    strips = [Strip(row.label, partial(_shapes, chart, layout, row)) for row in chart.rows]
    quarters = [
        Upright(layout.left + round((layout.right - layout.left) * part / 4, 1), f"{25 * part}%") for part in range(5)
    ]
    inner = quarters[1:-1] if layout.titles_above else quarters
    return picture(Message(chart.anchor, chart.title, chart.description), layout, _keys(chart), inner, strips)


def _shapes(chart: DistributionChart, layout: Layout, row: DistributionRow, middle: float) -> SafeString:
    if not sum(row.counts):
        return words_across(layout, middle, "no answers that can be shown")
    pieces = zip(range(len(row.counts)), row.counts, _spans(row.counts, layout), strict=True)
    return joined([_piece(chart, kind, count, span, middle) for kind, count, span in pieces if count])


def _spans(counts: tuple[int, ...], layout: Layout) -> Iterator[tuple[float, float]]:
    """From where to where each kind reaches; together they fill the whole width."""
    before, whole = 0, sum(counts)
    wide = (layout.right - layout.left) / whole
    for count in counts:
        yield round(layout.left + before * wide, 1), round(layout.left + (before + count) * wide, 1)
        before += count


def _piece(chart: DistributionChart, kind: int, count: int, span: tuple[float, float], middle: float) -> SafeString:
    drawn = _swatch(chart, kind, span, middle)
    if span[1] - span[0] < ROOM_FOR_A_NUMBER:
        return drawn
    x, y, colour = round(sum(span) / 2, 1), middle + 5, _ink(chart, kind)
    number = format_html(
        '<text x="{}" y="{}" text-anchor="middle" font-size="13" fill="{}">{}</text>', x, y, colour, count
    )
    back = format_html('<rect x="{}" y="{}" width="20" height="16" fill="#ffffff"/>', x - 10, middle - 8)
    return joined([drawn, *([back] if _is_other(chart, kind) else []), number])


def _swatch(chart: DistributionChart, kind: int, span: tuple[float, float], middle: float) -> SafeString:
    """A piece of bar with a dark edge, so that the lightest is seen and neighbours are kept apart."""
    left, right = span
    box = format_html(
        '<rect x="{}" y="{}" width="{}" height="22" fill="{}" stroke="{}"/>',
        left,
        middle - 11,
        round(right - left, 1),
        "#ffffff" if _is_other(chart, kind) else _shade(chart, kind),
        INK,
    )
    return joined([box, _hatching(kind - len(chart.levels), left, right, middle)]) if _is_other(chart, kind) else box


def _hatching(other: int, left: float, right: float, middle: float) -> SafeString:
    """Upright lines for the first kind that is no level, level lines for the second, both for the third."""
    way = ""
    if other % 3 in (0, 2):
        way += "".join(f"M{x} {middle - 11}v22" for x in range(int(left) + 4, int(right), 5))
    if other % 3 in (1, 2):
        way += "".join(f"M{left} {y}H{right}" for y in (middle - 6, middle, middle + 6))
    return format_html('<path d="{}" stroke="{}" fill="none"/>', way, INK)


def _is_other(chart: DistributionChart, kind: int) -> bool:
    return kind >= len(chart.levels)


def _depth(chart: DistributionChart, kind: int) -> float:
    return kind / max(1, len(chart.levels) - 1)


def _shade(chart: DistributionChart, kind: int) -> str:
    """From light to dark as the levels rise: their order survives a grey print and every kind of colour vision."""
    depth = _depth(chart, kind)
    parts = (round(light + depth * (dark - light)) for light, dark in zip(LIGHTEST, DARKEST, strict=True))
    return "#" + "".join(f"{part:02x}" for part in parts)


def _ink(chart: DistributionChart, kind: int) -> str:
    return "#ffffff" if not _is_other(chart, kind) and _depth(chart, kind) > DARK_FROM else INK


def _keys(chart: DistributionChart) -> list[Key]:
    names = (*chart.levels, *chart.others)
    return [Key(partial(_key_shape, chart, kind), 20, name) for kind, name in enumerate(names)]


def _key_shape(chart: DistributionChart, kind: int, x: float, middle: float) -> SafeString:
    return _swatch(chart, kind, (x, x + 20), middle)
