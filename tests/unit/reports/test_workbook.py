"""The spreadsheet as somebody opens it: nothing acts as a formula, headings stay in sight, all of it can be read."""

import csv
import dataclasses
import io
from typing import Any

import openpyxl
import pytest

from assessments.queries.results import Comment, IndicatorComments
from ground.spreadsheets import csv_of
from reports.exports.figures import Figures
from reports.exports.gather import figures_from
from reports.exports.long_table import csv_of_figures
from reports.exports.workbook import HIGHEST, LINE, workbook_of
from tests.unit.reports import builders

NASTY = (
    '=HYPERLINK("https://evil.example","Click")',
    "=1+1",
    "+44 20 7946 0000",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "\tTabbed",
    "\rReturned",
    "\n=1+1",
    "#N/A",
    "TRUE",
    "0.5",
    "2026-11-25",
    "' already quoted",
    "مرحبا بالعالم",
    "👩🏽‍⚕️ and no spaces" * 90,
)


def figures(*, comments: tuple[str, ...] = (), **changed: Any) -> Figures:
    results = builders.plain(**changed)
    written = tuple(Comment(place, text, is_in_report=True) for place, text in enumerate(comments))
    about = (IndicatorComments(1, "S1-01", "Indicator 1 of section 1.", written),)
    return figures_from(dataclasses.replace(results, comments=about))


def book_of(given: Figures) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook_of(given)))


@pytest.mark.parametrize("text", NASTY)
def test_what_looks_like_a_formula_stays_text_as_it_was_written(text: str) -> None:
    cell = book_of(figures(comments=(text,)))["Comments chosen"]["C2"]
    assert (cell.data_type, cell.value.replace("\r", "\n")) == ("s", text.replace("\r", "\n"))
    assert cell.quotePrefix == (text[0] in "=+-@\t\r\n")


def test_what_no_spreadsheet_can_hold_is_shown_as_missing() -> None:
    assert book_of(figures(comments=("a\x00b\x0bc",)))["Comments chosen"]["C2"].value == "a\ufffdb\ufffdc"


@pytest.mark.parametrize("text", NASTY[:8])
def test_no_cell_of_the_csv_starts_a_formula(text: str) -> None:
    table = csv_of_figures(figures(organisation=text))
    rows = list(csv.reader(io.StringIO(table.removeprefix("\ufeff"), newline="")))
    texts = [cell for row in rows for place, cell in enumerate(row) if place != VALUE]
    assert not [cell for cell in texts if cell.startswith(tuple("=+-@\t\r\n"))]
    assert {row[1] for row in rows[1:]} == {f"'{text}"}


VALUE = 13  # a number and nothing else


def test_a_negative_number_is_no_formula() -> None:
    assert csv_of(["Change"], [[-0.3]]) == "\ufeffChange\r\n-0.3\r\n"
    assert csv_of(["Change"], [["-0.3"]]) == "\ufeffChange\r\n'-0.3\r\n"


def test_each_row_is_as_high_as_its_longest_text() -> None:
    """Some programs show a row as high as the file says, whatever wraps in it."""
    for page in book_of(figures(comments=("One line after another. " * 40, "One\nTwo\nThree"))):
        for row in page.iter_rows():
            lines = max(len(str(cell.value or "")) / page.column_dimensions[cell.column_letter].width for cell in row)
            assert (page.row_dimensions[row[0].row].height or LINE) >= min(lines * LINE, HIGHEST), (page.title, row[0])


def test_lines_that_somebody_made_count() -> None:
    assert book_of(figures(comments=("One\nTwo\nThree",)))["Comments chosen"].row_dimensions[2].height == 3 * LINE


def test_every_sheet_keeps_its_headings_in_sight_and_on_paper() -> None:
    for page in book_of(figures(organisation="Marsh & Valley")):
        assert page.freeze_panes == "A2"
        assert page.print_title_rows == "$1:$1"
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
        assert (page.sheet_properties.pageSetUpPr.fitToPage, page.page_setup.fitToHeight) == (True, 0)
        assert page.oddHeader.left.text == "Marsh && Valley"
        assert all(cell.font.bold and cell.alignment.wrap_text for cell in page[1])


def test_words_wrap_and_no_word_of_a_heading_is_wider_than_its_column() -> None:
    for page in book_of(figures()):
        for heading in page[1]:
            width = page.column_dimensions[heading.column_letter].width
            assert max(map(len, heading.value.split())) <= width + 1, (page.title, heading.value)
        assert all(cell.alignment.wrap_text for row in page for cell in row if isinstance(cell.value, str))


def test_sheets_are_named_in_words_and_the_front_lists_them() -> None:
    book = book_of(figures())
    front = [row[0].value for row in book["About"]]
    assert book.sheetnames == [
        *("About", "Summary", "Sections", "Indicators", "Differences", "Could not judge", "Two sides of the board"),
        *("Comments chosen", "Agreed positions", "Actions", "Change since last round", "Method"),
    ]
    assert [name for name in book.sheetnames[1:] if f"Sheet: {name}" not in front] == []
    assert book.properties.title == (
        "Board self-assessment: What Good Looks Like, Marsh Valley Hospitals NHS Foundation Trust"
    )


def test_numbers_have_their_formats() -> None:
    book = book_of(figures())
    formats = {heading.value: cell.number_format for heading, cell in zip(*book["Sections"]["1:2"], strict=True)}
    assert (formats["Score"], formats["Based on"], formats["Cannot judge"]) == ("0.0", "0", "0%")
    assert formats["Gap (target less score)"].startswith("+0.0;")
