"""Bytes → the cells of a workbook, or why not: nothing is unpacked before its size and its parts are known."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from frameworks.documents.problems import Problem
from frameworks.documents.yaml_reader import Unreadable

LARGEST_UNPACKED = 5_000_000  # bytes; a framework of 500 indicators takes one million
MOST_PARTS = 200
MOST_TAGS = 200_000  # beginnings and ends of elements, whose number is what reading costs
MOST_ROWS = 5_000
MOST_COLUMNS = 60
TOO_MUCH = "delete the sheets, rows and formats that are no part of the framework"
MACROS = "the workbook holds macros; save it as .xlsx, without them"
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# What the reader of workbooks raises, depending on where a file is damaged; it has no exception of its own for that.
DAMAGED = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError, SyntaxError),
    *(TypeError, ValueError, StopIteration, zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error),
)


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet: for each row that is not empty its number, and its cells by their column, from 0."""

    name: str
    hidden: bool
    rows: tuple[tuple[int, dict[int, Any]], ...]


def open_workbook(content: bytes, wanted: frozenset[str]) -> list[Page]:
    """The sheets of an XLSX file; only those `wanted` (small letters) are read. Raises Unreadable."""
    if content.startswith(OLD_OR_LOCKED):
        raise _no("this is an old Excel file (.xls), or one with a password; save it as .xlsx without a password")
    if not content.startswith(b"PK"):
        raise _no("this is not an Excel workbook (.xlsx)")
    try:
        _inspect(zipfile.ZipFile(io.BytesIO(content)))
        return list(_pages(content, wanted))
    except DAMAGED:
        raise _no("this workbook is damaged, or no Excel workbook; open it, save it as .xlsx and try again") from None


def _no(message: str) -> Unreadable:
    return Unreadable(Problem("", 0, "", message))


def _inspect(archive: zipfile.ZipFile) -> None:
    """Sizes come from the archive's list; reading a part never gives more than the list says."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise _no(f"unpacked, the workbook has more than {MOST_PARTS} parts or {LARGEST_UNPACKED:,} bytes; {TOO_MUCH}")
    if any("vbaproject" in part.filename.lower() for part in parts):
        raise _no(MACROS)
    tags = 0
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels", ".vml")):
            tags += _tags(archive.read(part).replace(b"\0", b""))  # UTF-16 puts a nought beside each letter
    if tags > MOST_TAGS:
        raise _no(f"the workbook has more than {MOST_TAGS:,} cells and marks; {TOO_MUCH}")


def _tags(text: bytes) -> int:
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise _no("the workbook refers to parts of itself or of other files; save it anew as .xlsx")
    if b"macroEnabled" in text:
        raise _no(MACROS)
    return text.count(b"<")


def _pages(content: bytes, wanted: frozenset[str]) -> Iterator[Page]:
    from openpyxl import load_workbook  # takes a fifth of a second: not at start-up

    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    sheets = {page.title: page for page in book.worksheets}
    for name in book.sheetnames:
        page = sheets.get(name)
        read = page is not None and name.strip().lower() in wanted
        hidden = page is not None and page.sheet_state != "visible"
        yield Page(name, hidden, tuple(_rows(page)) if read else ())


def _rows(page: Any) -> Iterator[tuple[int, dict[int, Any]]]:
    page.reset_dimensions()  # what a file says of its own size need not be so
    for number, row in enumerate(page.iter_rows(max_col=MOST_COLUMNS), 1):
        if number > MOST_ROWS:
            message = f"there are more than {MOST_ROWS:,} rows; delete those below the last entry"
            raise Unreadable(Problem(f"sheet {page.title}", number, "", message))
        if cells := {place: cell for place, cell in enumerate(row) if cell.value is not None}:
            yield number, cells
