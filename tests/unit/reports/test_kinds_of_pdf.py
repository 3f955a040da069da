"""Every kind of report as a PDF: nothing is wrong with its structure, and what is wrong would be found.

Rounds that are hard to set are in test_stress_reports.py; agenda, own answers and appraisal in tests of their own.
"""

import csv
import dataclasses
import datetime as dt
import io
from collections.abc import Callable

import pikepdf
import pypdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from assessments.queries.board_actions import RoundActions
from assessments.queries.results import Comment, IndicatorComments
from ground.spreadsheets import csv_of
from reports.content.board_report import board_report
from reports.content.choices import EVERYTHING, Choices, Kind
from reports.content.document import BoardReport, Fact
from reports.cover.paper import Paper
from reports.look.look import Look
from reports.pdf.archive import Attached, archive_copy
from reports.pdf.rendering import render_pdf
from tests.unit.reports import builders
from tests.unit.reports.checker import complaints
from tests.unit.reports.structure import FIGURES, faults, tagged
from tests.unit.reports.test_agreed import position
from tests.unit.reports.test_report_actions import ACTION, LATE

CHOICES = [EVERYTHING, Choices(Kind.SUMMARY), Choices(Kind.SECTION, "s1"), Choices(Kind.APPENDIX)]
PAPER = Paper(
    meeting="Board",
    meeting_on=dt.date(2026, 12, 3),
    author="Ada Quince",
    assurance="limited",
    recommendation="Note the results.\n\nAgree the actions.",
    protective_marking="OFFICIAL-SENSITIVE",
)


def everything(choices: Choices) -> BoardReport:
    """A signed-off version with all that a report can have: comments, agreed reasons, actions, cover, proof."""
    comments = (IndicatorComments(1, "S1-01", "One.", (Comment(1, "We saw it on the wards.", is_in_report=True),)),)
    report = board_report(
        dataclasses.replace(builders.plain(), comments=comments),
        RoundActions(new=(ACTION,), earlier=(LATE,)),
        positions={"S1-01": position("S1-01")},
        marking="Version 2, signed off on 22 November 2026",
        choices=choices,
        paper=PAPER,
    )
    return dataclasses.replace(report, proof=(Fact("Reference of this report", "7KQM-2XWD-N4HT-9RBC"),))


SCRIPTS = "Sŵn 漢字 हिन्दी ไทย বাংলা தமிழ் عن דוח 👩🏽‍⚕️ 😀 ☑ → \U0001fae9"
OUT_OF_WORD = "\uf0b7 first \uf0fc done \ue123 gone"


def logo() -> bytes:
    """With some of it seen through, as logos have it."""
    written = io.BytesIO()
    Image.new("RGBA", (120, 60), (0, 94, 184, 120)).save(written, "PNG")
    return written.getvalue()


@pytest.fixture(scope="module")
def drawn() -> dict[str, bytes]:
    look = Look("#007f3b", logo())
    return {choices.key: render_pdf(everything(choices), look) for choices in CHOICES}


@pytest.fixture(scope="module")
def full(drawn: dict[str, bytes]) -> bytes:
    return drawn[EVERYTHING.key]


def test_every_sign_that_a_member_types_is_drawn_and_can_be_read_aloud() -> None:
    pdf = render_pdf(dataclasses.replace(everything(EVERYTHING), sections_note=f"{SCRIPTS} {OUT_OF_WORD}"))
    assert faults(pdf) == []


@pytest.mark.parametrize("choices", CHOICES, ids=lambda choices: choices.key)
def test_nothing_is_wrong_with_it_nor_with_its_archive_copy(drawn: dict[str, bytes], choices: Choices) -> None:
    assert faults(drawn[choices.key]) == []


def test_a_section_follows_on_after_its_cover(drawn: dict[str, bytes]) -> None:
    pages = pypdf.PdfReader(io.BytesIO(drawn["section-s1"])).pages
    assert "Results by success measure" in pages[1].extract_text()


def test_everything_is_in_the_full_report(full: bytes) -> None:
    said = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(full)).pages)
    for words in ("We saw it on the wards.", "Seen on the wards", ACTION.what, "OFFICIAL-SENSITIVE", "7KQM-2XWD-N4HT"):
        assert words in said
    with pikepdf.open(io.BytesIO(full)) as pdf:
        assert "Marsh Valley" in str(tagged(pdf, "/Figure")[0].Alt)  # the logo


# --- what is wrong is found -------------------------------------------------------------------------------------------


def no_alternative_text(pdf: Pdf) -> None:
    del tagged(pdf, "/Figure")[0].Alt


def cells_without_headers(pdf: Pdf) -> None:
    for cell in tagged(pdf, "/TD", "/TH"):
        del cell["/A"]


def headings_that_skip(pdf: Pdf) -> None:
    tagged(pdf, "/H2")[0].S = Name.H4


def no_language(pdf: Pdf) -> None:
    del pdf.Root.Lang


def title_not_shown(pdf: Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def untagged(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.K = Array([Dictionary(S=Name.Document, K=Array())])


def fonts_not_mapped(pdf: Pdf) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        del font.ToUnicode


def fonts_not_embedded(pdf: Pdf) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        descriptor = font.DescendantFonts[0].FontDescriptor
        for name in {"/FontFile2", "/FontFile3"} & set(descriptor.keys()):
            del descriptor[name]


def marked_as_nothing(pdf: Pdf) -> None:
    page = pdf.pages[1]
    page.contents_add(b"BT /F1 12 Tf (Not in the tree) Tj ET")


BROKEN: list[Callable[[Pdf], None]] = [
    no_alternative_text,
    cells_without_headers,
    headings_that_skip,
    no_language,
    title_not_shown,
    untagged,
    fonts_not_mapped,
    fonts_not_embedded,
    marked_as_nothing,
]


@pytest.mark.parametrize("break_it", BROKEN, ids=lambda broken: broken.__name__)
def test_what_is_broken_is_found_by_a_checker_that_is_not_ours(full: bytes, break_it: Callable[[Pdf], None]) -> None:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(full)) as pdf:
        break_it(pdf)
        pdf.save(written)
    assert complaints(written.getvalue(), "ua1")


# --- the archive copy -------------------------------------------------------------------------------------------------


def test_the_copy_says_what_it_is_and_has_the_figures(full: bytes) -> None:
    table = csv_of(("Figure", "Value"), [("Mean", 3.2)]).encode()
    figures = Attached(table, "rzz-figures.csv", dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC))
    copy = archive_copy(full, figures, "Report A & B")
    assert copy == archive_copy(full, figures, "Report A & B")
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        attached = pdf.attachments["rzz-figures.csv"]
        assert attached.get_file().read_bytes() == table
        assert attached.relationship == Name.Data
        assert list(pdf.Root.AF) == [attached.obj]
        assert attached.get_file().mime_type == "text/csv"
        assert attached.get_file().mod_date == figures.made_at
        with pdf.open_metadata() as metadata:
            assert (metadata.pdfa_status, metadata["pdfuaid:part"]) == ("3A", "1")
            assert metadata["dc:source"] == "Report A & B"
        assert pdf.check_pdf_syntax() == []
    assert list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))[1] == ["Mean", "3.2"]


def test_the_copy_has_the_same_pages(full: bytes) -> None:
    with (
        pikepdf.open(io.BytesIO(full)) as first,
        pikepdf.open(io.BytesIO(archive_copy(full, FIGURES))) as copy,
    ):
        before = [page.Contents.read_bytes() for page in first.pages]
        assert [page.Contents.read_bytes() for page in copy.pages] == before


def test_without_the_copy_s_additions_it_is_no_pdf_a(full: bytes) -> None:
    assert complaints(full, "3a")
