"""What the shapes of a chart stand for, in as many lines as that needs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

CHARACTER = 7.3  # how wide a letter is on average
LINE = 24


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of the legend: a shape, given its left edge and middle, and its name."""

    shape: Callable[[float, float], SafeString]
    width: int
    name: str


def joined(parts: Sequence[SafeString]) -> SafeString:
    """The pieces of a drawing one after another."""
    return format_html_join("", "{}", ((part,) for part in parts))


def legend(keys: Sequence[Key], width: int) -> tuple[SafeString, int]:
    """The names of the shapes, in as many lines as they need, and where they end."""
    parts, x, middle = [], 8.0, 17
    for key in keys:
        wide = key.width + 6 + len(key.name) * CHARACTER
        if x > 8 and x + wide > width:
            x, middle = 8.0, middle + LINE
        name = format_html('<text x="{}" y="{}">{}</text>', round(x + key.width + 6, 1), middle + 5, key.name)
        parts.append(joined([key.shape(x, middle), name]))
        x += wide + 20
    return joined(parts), middle + LINE - 7
