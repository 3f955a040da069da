"""Whether a header cell of a tagged PDF heads its column or its row, for readers that ask for that.

WeasyPrint 70 writes for each cell which headers it has, and for no header which way it reaches; PDF/UA-1 (7.5) is
content with either, some screen readers are not.
"""

from collections.abc import Mapping
from typing import Any


def scopes_of_headers(pdf: Any) -> None:
    """Say so of every header cell, in place: in a row of nothing but headers they head columns, elsewhere their row."""
    objects = {thing.reference: thing for thing in pdf.objects}
    for header in (thing for thing in pdf.objects if _is_header(thing)):
        row = objects[header["P"]]
        across = all(_is_header(objects[cell]) for cell in row["K"])
        header["A"]["Scope"] = "/Column" if across else "/Row"


def _is_header(thing: Any) -> bool:
    return isinstance(thing, Mapping) and thing.get("S") == "/TH"
