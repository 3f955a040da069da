"""Page headers and footers as artifacts of a tagged PDF, which a screen reader passes over.

PDF/UA-1 wants all content to be either in the structure tree or an artifact. WeasyPrint 70 tags the page margins but
leaves them out of the tree (its issue 1836), so what it leaves out is marked here, just before the file is written.
"""

from collections.abc import Mapping
from typing import Any


def margins_as_artifacts(_document: Any, pdf: Any) -> None:
    """Mark everything outside the structure tree as an artifact. A `finisher` for WeasyPrint's `write_pdf`."""
    objects = {thing.reference: thing for thing in pdf.objects}
    tree = objects[pdf.catalog["StructTreeRoot"]]
    root = tree["K"][0]
    in_tree = set(objects[root]["K"])
    owners_by_page = objects[tree["ParentTree"]]["Nums"][1::2]  # a number, its owners, a number, its owners, …
    for page, owners in zip(pdf.page_references, owners_by_page, strict=False):  # after the pages come the links
        stray = {place for place, owner in enumerate(owners) if _top(owner, root, objects) not in in_tree}
        _mark(objects[objects[page]["Contents"]].stream, stray)
        for place in stray:
            owners[place] = "null"


def _top(element: bytes, root: bytes, objects: Mapping[bytes, Any]) -> bytes:
    """The ancestor of a structure element that stands, or claims to stand, right below the root."""
    while objects[element]["P"] != root:
        element = objects[element]["P"]
    return element


def _mark(content: list[Any], stray: set[int]) -> None:
    """Turn marked content "/Span <</MCID 7>> BDC" of the stray numbers into artifacts, in place."""
    for place, item in enumerate(content):
        if isinstance(item, dict) and item.get("MCID") in stray:
            item.clear()
            item["Type"] = "/Pagination"
            content[place - 1] = "/Artifact"
