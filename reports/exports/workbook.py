"""Draws the workbook: frozen headings, widths, number formats, print set-up; and no cell that acts as a formula."""

import io
import re
import textwrap
from collections.abc import Iterator
from typing import Any

from ground.spreadsheets import FORMULA_SIGNS
from reports.exports.figures import About, Figures
from reports.exports.parts import sheets_of
from reports.exports.sheets import Cell, Column, Format, Sheet

# What XML 1.0 cannot hold; a spreadsheet program would call the file broken.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
HEADING_FILL, HEADING_INK = "005EB8", "FFFFFF"
A4 = 9
LINE, HIGHEST = 15, 409  # in points; the highest row that a spreadsheet program takes
HEADING, BESIDE_WORDS, DATE_BESIDE_WORDS = "Figures: heading", "Figures: number in words", "Figures: date in words"


def workbook_of(figures: Figures) -> bytes:
    """The figures as the bytes of an XLSX file, a sheet for each part of the report."""
    from openpyxl import Workbook  # takes a fifth of a second: not at start-up

    book = Workbook()
    book.remove(book.active)
    for style in _styles():
        book.add_named_style(style)
    for sheet in sheets_of(figures):
        _draw(book.create_sheet(sheet.name), sheet, figures.about)
    _describe(book.properties, figures.about)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _styles() -> Iterator[Any]:
    """The heading, and a style for each format; named, because a cell of its own style costs ten times as much."""
    from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill

    beside = Alignment(horizontal="left", vertical="top", indent=1)  # apart from a number on the left
    words = Alignment(horizontal="left", vertical="top", indent=1, wrap_text=True)
    yield NamedStyle(
        HEADING,
        font=Font(bold=True, color=HEADING_INK),
        fill=PatternFill("solid", fgColor=HEADING_FILL),
        alignment=words,
    )
    for each in Format:
        aligned = words if each is Format.TEXT else Alignment(vertical="top")
        yield NamedStyle(_style(each), alignment=aligned, number_format=each.value)
    yield NamedStyle(BESIDE_WORDS, alignment=beside, number_format=Format.WHOLE.value)
    yield NamedStyle(DATE_BESIDE_WORDS, alignment=beside, number_format=Format.DATE.value)


def _style(shown_as: Format) -> str:
    return f"Figures: {shown_as.name.lower()}"


def _describe(properties: Any, about: About) -> None:
    properties.title = _text(f"{about.title}, {about.organisation}")
    properties.creator = _text(about.organisation)
    properties.subject = _text(f"Figures of the round closed on {about.closed_on}. {about.marking}")
    properties.language = "en-GB"


def _draw(page: Any, sheet: Sheet, about: About) -> None:
    for place, column in enumerate(sheet.columns, start=1):
        _heading(page.cell(1, place), column)
    for line, row in enumerate(sheet.rows, start=2):
        for place, (value, column) in enumerate(zip(row, sheet.columns, strict=True), start=1):
            if value is not None and value != "":
                _fill(page.cell(line, place), value, column.format)
    _set_heights(page, sheet)
    page.freeze_panes = "A2"
    if sheet.rows:
        page.auto_filter.ref = page.dimensions
    _set_up_print(page, about)


def _set_heights(page: Any, sheet: Sheet) -> None:
    """Room for each row's longest text: not every program works that out when it opens a file."""
    widths = [column.width for column in sheet.columns]
    for line, row in enumerate((tuple(column.heading for column in sheet.columns), *sheet.rows), start=1):
        lines = max(_lines(value, width) for value, width in zip(row, widths, strict=True))
        if lines > 1:
            page.row_dimensions[line].height = min(lines * LINE, HIGHEST)


def _lines(value: Cell, width: int) -> int:
    """How many lines a text takes in a column of so many characters, of which words that wrap leave some empty."""
    if not isinstance(value, str) or (len(value) < width and "\n" not in value):
        return 1
    return sum(len(textwrap.wrap(paragraph, width - 1)) or 1 for paragraph in value.split("\n"))


def _heading(cell: Any, column: Column) -> None:
    _put_text(cell, column.heading)
    cell.style = HEADING
    cell.parent.column_dimensions[cell.column_letter].width = column.width


def _fill(cell: Any, value: Cell, shown_as: Format) -> None:
    """A text as text whatever it looks like, a number as a number in its format; on the left among texts."""
    if isinstance(value, str):
        cell.style = _style(Format.TEXT)
        _put_text(cell, value)
        return
    cell.value = value
    if shown_as is Format.TEXT:
        cell.style = BESIDE_WORDS if isinstance(value, int | float) else DATE_BESIDE_WORDS
    else:
        cell.style = _style(shown_as)


def _put_text(cell: Any, text: str) -> None:
    """As text, never a formula or an error value; the mark keeps it text when somebody edits it (OWASP)."""
    cell.value = _text(text)
    cell.data_type = "s"
    if text.startswith(FORMULA_SIGNS):
        cell.quotePrefix = True


def _text(text: str) -> str:
    return NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _set_up_print(page: Any, about: About) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"
    page.oddHeader.left.text = _text(about.organisation.replace("&", "&&"))
    page.oddHeader.right.text = _text(about.marking.replace("&", "&&"))
    page.oddFooter.left.text = "&A"
    page.oddFooter.right.text = "Page &P of &N"
