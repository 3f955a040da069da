"""The structure of a tagged PDF, as checks of it want to read it; and what is wrong with one."""

import datetime as dt
import io
import itertools
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Page, Pdf

from reports.pdf.archive import Attached, archive_copy
from tests.unit.reports.checker import complaints

FIGURES = Attached(b"\xef\xbb\xbfFigure,Value\r\nScore,3.2\r\n", "figures.csv", dt.datetime(2026, 11, 2, tzinfo=dt.UTC))


def faults(content: bytes) -> list[str]:
    """What PDF/UA-1 would not have: found by walking the tags, and by a checker that is not ours, which also looks at
    the archive copy."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = [*_of_document(pdf), *_of_headings(pdf), *_of_figures(pdf), *_of_tables(pdf), *_of_pages(pdf)]
    copy = archive_copy(content, FIGURES, "Report 7KQM")
    checked = [complaints(content, "ua1"), complaints(copy, "ua1"), complaints(copy, "3a")]
    return found + [complaint for some in checked for complaint in some]


def _of_document(pdf: Pdf) -> Iterator[str]:
    if not pdf.Root.MarkInfo.Marked or str(pdf.Root.get("/Lang", "")) != "en-GB":
        yield "not marked as tagged, or without its language"
    if not pdf.Root.ViewerPreferences.DisplayDocTitle or not str(pdf.docinfo.get("/Title", "")):
        yield "no title, or it is not shown"
    with pdf.open_metadata() as metadata:
        if metadata.get("pdfuaid:part") != "1":
            yield "does not say that it is PDF/UA-1"
    with pdf.open_outline() as outline:
        if not list(outline.root):
            yield "no bookmarks"


def _of_headings(pdf: Pdf) -> Iterator[str]:
    levels = [int(str(heading.S)[2:]) for heading in tagged(pdf, *(f"/H{level}" for level in range(1, 7)))]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield "not one heading of level 1 at the start"
    yield from (f"level {after} after {before}" for before, after in itertools.pairwise(levels) if after > before + 1)


def _of_figures(pdf: Pdf) -> Iterator[str]:
    yield from ("a figure without alternative text" for one in tagged(pdf, "/Figure") if not str(one.get("/Alt", "")))


def _of_tables(pdf: Pdf) -> Iterator[str]:
    headers = tagged(pdf, "/TH")
    identifiers = {str(header.get("/ID")) for header in headers}
    yield from ("a header without scope" for header in headers if not _attribute(header, "/Scope"))
    for cell in tagged(pdf, "/TD"):
        named = {str(header) for header in _attribute(cell, "/Headers") or ()}
        if not named or not named <= identifiers:
            yield "a cell without its headers"


def _attribute(element: Dictionary, name: str) -> Any:
    attributes: Any = element.get("/A", Array())
    each = attributes if isinstance(attributes, Array) else [attributes]
    return next((one[name] for one in each if isinstance(one, Dictionary) and name in one), None)


def _of_pages(pdf: Pdf) -> Iterator[str]:
    in_tree = set(marked_numbers(pdf.Root.StructTreeRoot))
    for number, page in enumerate(pdf.pages, start=1):
        if not {(page.obj.objgen[0], place) for place in marked(page)} <= in_tree:
            yield f"page {number}: neither in the tree nor an artifact"
        if Name.Artifact not in [tag for tag, _ in marks(page)]:
            yield f"page {number}: no head or foot"
        for link in page.get("/Annots", Array()):
            if not str(link.get("/Contents", "")) or "/StructParent" not in link:
                yield f"page {number}: a link without words"
        for font in page.Resources.Font.values():
            if "/ToUnicode" not in font or not _is_embedded(font):
                yield f"page {number}: a font that is not embedded, or not mapped to Unicode"


def _is_embedded(font: Any) -> bool:
    descriptor = font.DescendantFonts[0].FontDescriptor
    return bool({"/FontFile2", "/FontFile3"} & set(descriptor.keys()))


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
