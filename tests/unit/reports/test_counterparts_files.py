"""Two boards side by side in every medium: spreadsheet, CSV, JSON and page hold the same numbers, for random boards."""

import csv
import dataclasses
import io
import json

import openpyxl
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.content.board_report import board_report
from reports.content.context import Context
from reports.counterparts.beside import Counterpart
from reports.counterparts.pairing import Scored, pairs, sections_beside, themes_beside
from reports.exports.document import document_of, figures_in
from reports.exports.gather import figures_from
from reports.exports.long_table import csv_of_figures
from reports.exports.workbook import workbook_of
from reports.pdf.rendering import render_pdf
from tests.unit.reports import builders, media
from tests.unit.reports.test_counterparts import HALVES, beside, our_own
from tests.unit.reports.test_same_figures import schema, text_of

NAME = "Marsh Valley ICB"
Three = tuple[float | None, float | None, float | None]  # here, there, and how far apart
Told = dict[tuple[str, str], Three]  # by the section's code, and the theme or ""


@st.composite
def counterparts(draw: st.DrawFn) -> Counterpart:
    """Another board with the themes of `builders.plain()`; on either side some medians are withheld."""
    paired = pairs(_scored(draw), _scored(draw))
    (board,) = beside(NAME)
    return dataclasses.replace(board, sections=sections_beside(paired), themes=themes_beside(paired))


def _scored(draw: st.DrawFn) -> list[Scored]:
    given_ = [(one, draw(st.none() | HALVES), draw(st.none() | st.integers(1, 5))) for one in our_own("3")]
    return [
        dataclasses.replace(one, median=median, agreed=agreed, why_none="" if median else "Withheld")
        for one, median, agreed in given_
    ]


def expected(board: Counterpart) -> Told:
    told: Told = {(one.section_code, ""): (one.ours, one.theirs, one.difference) for one in board.sections}
    return told | {
        (one.section_code, one.theme): (one.ours.median, one.theirs.median, one.difference) for one in board.themes
    }


def in_csv(text: str) -> Told:
    rows = [
        row
        for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
        if "ide by side" in row["Part"] and row["Unit"] == "levels"
    ]
    figures = {
        (row["Section code"], row["Indicator"], row["Figure"]): float(row["Value"]) if row["Value"] else None
        for row in rows
    }
    told: Told = {}
    for section, theme, _ in figures:
        first = "Median" if theme else "Mean of medians"
        names = (f"{first}, this board", f"{first}, {NAME}", f"Difference from {NAME}")
        here, there, apart = (figures[section, theme, name] for name in names)
        told[section, theme] = (here, there, apart)
    return told


def in_workbook(content: bytes) -> Told:
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = [*media.rows_of(book["Side by side"]), *media.rows_of(book["Side by side, themes"])]
    return {
        (row["Code"], row.get("Theme", "")): (
            *(
                row["Median here" if "Theme" in row else "Mean here"],
                row["Median there" if "Theme" in row else "Mean there"],
            ),
            row["Difference (here less there)"],
        )
        for row in rows
    }


@settings(max_examples=60, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(counterparts())
def test_all_media_hold_the_same_numbers(board: Counterpart) -> None:
    results, wanted = builders.plain(), expected(board)
    figures = figures_from(results, counterparts=(board,))
    document = json.loads(json.dumps(document_of(figures)))
    schema().validate(document)
    assert figures_in(document) == figures
    assert in_csv(csv_of_figures(figures)) == wanted
    assert in_workbook(workbook_of(figures)) == wanted
    report = board_report(results, context=Context(counterparts=(board,)))
    check_page(render_to_string("reports/board_report.html", {"report": report}), board)


def check_page(html: str, board: Counterpart) -> None:
    """A section's row, and a theme's row or words, have its numbers as printed."""
    rows = media.rows_in(html[html.index('id="counterparts"') :])
    for section in board.sections:
        if section.ours is not None and section.theirs is not None:
            printed = [f"{section.ours:.1f}", f"{section.theirs:.1f}"]
            assert any(row[:2] == printed for row in media.numbers_beside(rows, section.section))
    said = "; ".join(" ".join(row) for row in rows)
    for theme in board.themes:
        here, there = (figure.median for figure in (theme.ours, theme.theirs))
        if here is not None and there is not None and abs(here - there) >= 1:
            found = media.numbers_beside(rows, f"{theme.theme} ({theme.section})")
            assert len(found) == 1
            assert (found[0][0], f"{there:.1f}" in found[0]) == (f"{here:.1f}", True)
        else:
            assert f"{theme.theme}: {'none' if here is None else f'{here:.1f}'} here" in said


def test_the_drawn_pdf_says_the_same() -> None:
    (board,) = beside(NAME)
    report = board_report(builders.plain(), context=Context(counterparts=(board,)))
    text = " ".join(text_of(render_pdf(report)).split())
    for section in board.sections:
        printed = f"{section.section} {section.ours:.1f} {section.theirs:.1f}"
        assert printed in text, printed
    far, *near = board.themes
    assert f"{far.theme} ({far.section}) 5.0,\xa0agreed\xa04 3.0 +2.0" in text.replace(", agreed 4", ",\xa0agreed\xa04")
    assert all(f"{theme.theme}: 3.0 here, 3.0 there" in text for theme in near)


def test_without_a_board_no_file_says_a_word_of_it() -> None:
    figures = figures_from(builders.plain())
    assert "ide by side" not in csv_of_figures(figures)
    sheets = openpyxl.load_workbook(io.BytesIO(workbook_of(figures))).sheetnames
    assert not [name for name in sheets if name.startswith("Side by side")]


def test_a_version_that_was_kept_before_there_were_counterparts_is_read_all_the_same() -> None:
    figures = figures_from(builders.plain())
    document = document_of(figures)
    del document["counterparts"]
    assert figures_in(document) == figures
