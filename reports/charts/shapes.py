"""The shapes that stand for figures: each has a form of its own, so that no figure is told by its colour alone."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from reports.charts.canvas import BAR, INK


def bar(left: float, middle: float, width: float) -> SafeString:
    """A filled bar: this round."""
    return format_html('<rect x="{}" y="{}" width="{}" height="14" fill="{}"/>', left, middle - 7, round(width, 1), BAR)


def diamond(centre: float, middle: float) -> SafeString:
    """Hollow: the round before, or what the board agreed."""
    points = f"{centre - 8},{middle} {centre},{middle - 8} {centre + 8},{middle} {centre},{middle + 8}"
    return format_html('<polygon points="{}" fill="#ffffff" stroke="{}" stroke-width="2"/>', points, INK)


def tick(centre: float, middle: float) -> SafeString:
    """Higher than a bar, with a white edge that keeps it apart from the bar: the target."""
    return format_html(
        '<rect x="{}" y="{}" width="5" height="32" fill="{}" stroke="#ffffff" stroke-width="1.5"/>',
        round(centre - 2.5, 1),
        middle - 16,
        INK,
    )


def ring(centre: float, middle: float) -> SafeString:
    """Hollow and round: somebody else's figure."""
    return format_html(
        '<circle cx="{}" cy="{}" r="6.5" fill="#ffffff" stroke="{}" stroke-width="2"/>', centre, middle, INK
    )


def dot(centre: float, middle: float, radius: int = 6) -> SafeString:
    """Filled and round: a single figure of this round."""
    return format_html('<circle cx="{}" cy="{}" r="{}" fill="{}"/>', centre, middle, radius, BAR)


def span(left: float, right: float, middle: float) -> SafeString:
    """A line along a row with a stop at both ends; where both ends are one, so are they. Each path costs time."""
    return format_html(
        '<path d="M{0} {2}H{1}M{0} {3}v14M{1} {3}v14" stroke="{4}" stroke-width="2.5"/>',
        left,
        right,
        middle,
        middle - 7,
        INK,
    )


def rule(left: float, right: float, middle: float, *, dashed: bool = False) -> SafeString:
    """A line along a row."""
    return format_html(
        '<path d="M{} {}H{}" stroke="{}" stroke-width="3"{}/>',
        left,
        middle,
        right,
        INK,
        SafeString(' stroke-dasharray="5 3"') if dashed else "",
    )
