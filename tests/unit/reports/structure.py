"""The structure of a tagged PDF, as checks of it want to read it."""

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Object, OutlineItem, Page, Pdf


def elements(node: Object) -> Iterator[Dictionary]:
    """The structure elements below a node of the structure tree, in reading order."""
    for kid in kids_of(node):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def kids_of(node: Object) -> list[Any]:
    """Structure elements, references to links, and marked content numbers right below a node."""
    kids: Any = node.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def tagged(pdf: Pdf, *tags: str) -> list[Dictionary]:
    return [element for element in elements(pdf.Root.StructTreeRoot) if str(element.S) in tags]


def marked_numbers(node: Object) -> Iterator[tuple[int, int]]:
    """(page object number, marked content number) of everything that hangs in the structure tree."""
    for element in elements(node):
        numbers = [kid for kid in kids_of(element) if isinstance(kid, int)]
        yield from ((element.Pg.objgen[0], number) for number in numbers)


def marked(page: Page) -> list[int]:
    """The marked content numbers on a page."""
    return [int(properties.MCID) for _, properties in marks(page) if "/MCID" in properties]


def marks(page: Page) -> list[tuple[Any, Any]]:
    """Tag and properties of everything marked on a page."""
    return [(each.operands[0], each.operands[1]) for each in pikepdf.parse_content_stream(page, "BDC")]


def flat(items: list[OutlineItem]) -> Iterator[OutlineItem]:
    for item in items:
        yield item
        yield from flat(list(item.children))
