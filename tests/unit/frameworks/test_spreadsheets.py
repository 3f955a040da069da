"""A framework as a workbook, out and in again: the same document."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from frameworks.documents.canonical import as_yaml
from frameworks.documents.document import FrameworkDocument, read_document
from frameworks.workbooks.reading import read_workbook
from frameworks.workbooks.sheets import SHEETS
from frameworks.workbooks.writing import LONGEST_CELL, TooLong, as_workbook
from tests.unit.frameworks.test_canonical import TEXT
from tests.unit.frameworks.test_framework_document import FILES, document


def again(given_document: FrameworkDocument) -> FrameworkDocument:
    read = read_workbook(as_workbook(given_document))
    assert isinstance(read, FrameworkDocument), read
    return read


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_framework_comes_back_byte_for_byte(path: Path) -> None:
    given_document = read_document(path.read_bytes(), path.name)
    assert isinstance(given_document, FrameworkDocument)
    assert again(given_document) == given_document
    assert as_yaml(again(given_document)) == as_yaml(given_document)


FORMULAS = st.sampled_from(["=1+1", "+44", "-", "@home", "=cmd|' /C calc'!A0", "_x0041_", "_x000D_", "TRUE", "#REF!"])


@settings(max_examples=60)
@given(TEXT | FORMULAS, TEXT | FORMULAS, TEXT | FORMULAS)
def test_any_text_survives(text: str, guidance: str, meaning: str) -> None:
    given_document = document()
    indicator = replace(given_document.indicators[0], text=text, guidance=guidance)
    section = replace(given_document.sections[0], summary_by_variant={"ics": meaning})
    changed = replace(given_document, indicators=(indicator, *given_document.indicators[1:]), sections=(section,))
    assert again(changed) == changed


def test_what_a_person_opens() -> None:
    book = load_workbook(io.BytesIO(as_workbook(document())))
    assert book.sheetnames == [sheet.name for sheet in SHEETS]
    page = book["Indicators"]
    assert page.freeze_panes == "B2"
    assert page["A1"].value == "Code"
    assert page["H2"].value == "The system has a plan."
    assert page["H2"].number_format == "@"
    assert page.column_dimensions["H"].width == 80
    assert page["L4"].value == "T-0"


def test_a_text_that_no_cell_holds_is_not_cut() -> None:
    changed = replace(document().indicators[0], text="x" * (LONGEST_CELL + 1))
    with pytest.raises(TooLong, match="Indicators, row 2, Text"):
        as_workbook(replace(document(), indicators=(changed,)))
