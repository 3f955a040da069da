"""Words in a chart are set as words: WeasyPrint 70 sets each letter of an SVG text by itself (its issue 2249).

That costs a twentieth of a report, loses the kerning, and tears accents from their letters. Here its function gets a
text that counts as one letter, unless the drawing says of single letters where they go; ours never do.
"""

from collections.abc import Iterator
from typing import Any

from weasyprint import svg  # type: ignore[import-untyped]

FOR_LETTERS = {"dx", "dy", "rotate", "letter-spacing", "textLength"}
_by_letters = svg.text


class OneLetter(str):
    """A text whose only part is itself."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def draw_text(drawing: Any, node: Any, font_size: float) -> None:
    """Draw what a `<text>` or `<tspan>` says, in one piece where it stands in one place."""
    element, said = node._etree_node, node.text
    if said and not FOR_LETTERS & node.attrib.keys() and " " not in node.get("x", "").strip():
        element.text = OneLetter(said)
    try:
        _by_letters(drawing, node, font_size)
    finally:
        element.text = said


def set_words_as_words() -> None:
    """From now on, in this process."""
    svg.text = draw_text
    svg.TAGS.update({tag: draw_text for tag, draw in svg.TAGS.items() if draw is _by_letters})
