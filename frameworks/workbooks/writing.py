"""A document → a workbook that `reading` reads back as the same."""

import io
import re
from collections.abc import Iterator
from typing import Any

from frameworks.documents.canonical import as_data
from frameworks.documents.document import FrameworkDocument
from frameworks.workbooks.sheets import SHEETS, THEMES, Column, Kind, Sheet

LONGEST_CELL = 32_767  # characters; a spreadsheet program cuts longer ones in silence
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
HEADING, WORDS, NUMBER = "Framework: heading", "Framework: words", "Framework: number"


class TooLong(Exception):
    """A text that no cell can hold; the message says where it stands."""


def as_workbook(document: FrameworkDocument) -> bytes:
    """The document as an XLSX file, a sheet for each part. Raises TooLong."""
    from openpyxl import Workbook  # takes a fifth of a second: not at start-up

    book = Workbook()
    book.remove(book.active)
    for style in _styles():
        book.add_named_style(style)
    data = as_data(document)
    for sheet in SHEETS:
        _draw(book.create_sheet(sheet.name), sheet, rows_of(sheet, data))
    book.properties.title = _text(f"{document.framework.title}, {document.version.code}")
    book.properties.creator = _text(document.framework.publisher)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def rows_of(sheet: Sheet, data: dict[str, Any]) -> list[dict[str, Any]]:
    """The entries that stand in a sheet; a theme with the code of its section."""
    if sheet is THEMES:
        sections = data["sections"]
        return [{"section": section["code"], **theme} for section in sections for theme in section.get("themes", ())]
    part: Any = data
    for step in sheet.part:
        part = part.get(step, [])
    return [part] if sheet.single else part


def _styles() -> Iterator[Any]:
    from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill

    wrapped = Alignment(wrap_text=True, vertical="top")
    blue = PatternFill("solid", fgColor="005EB8")
    yield NamedStyle(HEADING, font=Font(bold=True, color="FFFFFF"), fill=blue, alignment=wrapped)
    yield NamedStyle(WORDS, alignment=wrapped, number_format="@")  # so that 2027-10 typed there is no date
    yield NamedStyle(NUMBER, alignment=Alignment(vertical="top"), number_format="0")


def _draw(page: Any, sheet: Sheet, rows: list[dict[str, Any]]) -> None:
    for place, column in enumerate(sheet.columns, 1):
        cell = page.cell(1, place, column.heading)
        cell.style = HEADING
        page.column_dimensions[cell.column_letter].width = column.width
        page.column_dimensions[cell.column_letter].number_format = "0" if column.kind is Kind.NUMBER else "@"
    for line, entry in enumerate(rows, 2):
        for place, column in enumerate(sheet.columns, 1):
            _fill(page.cell(line, place), column, _value(entry, column), sheet)
    page.freeze_panes = "B2"
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"


def _value(entry: dict[str, Any], column: Column) -> Any:
    value: Any = entry
    for step in column.path:
        value = value.get(step) if isinstance(value, dict) else None
    return ", ".join(value) if column.kind is Kind.CODES and value else value


def _fill(cell: Any, column: Column, value: Any, sheet: Sheet) -> None:
    """A text as text, whatever it looks like: never a formula."""
    cell.style = NUMBER if column.kind is Kind.NUMBER else WORDS
    if isinstance(value, str):
        if len(value) > LONGEST_CELL:
            raise TooLong(f"{sheet.name}, row {cell.row}, {column.heading}: longer than {LONGEST_CELL:,} characters")
        cell.value = _text(value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    elif value is not None:
        cell.value = value


def _text(text: str) -> str:
    return NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
