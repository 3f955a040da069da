"""The PDF as a file: everything said is in it, and it is built as PDF/UA-1 wants."""

import io
import re
import shutil
import subprocess
from collections.abc import Iterator

import pikepdf
import pytest
from pikepdf import Name, Pdf

from assessments.queries.results import RoundResults
from reports.content.board_report import board_report
from reports.pdf.rendering import STATIC, fetch_static, render_pdf
from tests.unit.reports import builders, reading
from tests.unit.reports.structure import faults, flat, marks, tagged

WORD = re.compile("[\\w.%+\N{MINUS SIGN}]+")
POPPLER = shutil.which("pdftotext")


def many_indicators() -> RoundResults:
    asked = builders.sections(30, 20)
    marks = ["334445", "15151c", "3344cc", "33ccnn", "------"]
    codes = [one.code for section in asked for one in section.indicators]
    rows = {code: marks[place % len(marks)] for place, code in enumerate(codes)}
    return builders.results(builders.scorecard(asked, builders.answers(rows)), organisation="Ysbyty Llŷn a'r Dŵr & Co")


@pytest.fixture(scope="module", params=["plain", "many", "individual", "nobody"])
def results(request: pytest.FixtureRequest) -> RoundResults:
    rounds = {
        "plain": builders.plain,
        "many": many_indicators,
        "individual": builders.individual,
        "nobody": lambda: builders.uniform("-", 12, 3),
    }
    return rounds[request.param]()


@pytest.fixture(scope="module")
def content(results: RoundResults) -> bytes:
    return render_pdf(board_report(results))


@pytest.fixture(scope="module")
def pdf(content: bytes) -> Iterator[Pdf]:
    with pikepdf.open(io.BytesIO(content)) as opened:
        yield opened


def test_every_word_of_the_report_is_in_the_pdf(content: bytes, results: RoundResults) -> None:
    assert POPPLER, "install poppler-utils"
    done = subprocess.run([POPPLER, "-raw", "-", "-"], input=content, capture_output=True, check=True)
    found = set(WORD.findall(done.stdout.decode().replace("\N{HYPHEN}\n", "")))
    report = board_report(results)
    missing = {word for text in reading.words(report) for word in WORD.findall(text)} - found
    said = " ".join(f"{chart.title} {chart.description}" for chart in reading.charts(report))
    said_in_alternative_text = set(WORD.findall(said))
    assert missing - said_in_alternative_text == set()


def test_rows_are_read_out_in_order(content: bytes, results: RoundResults) -> None:
    """Figures of a row follow its code, so that no column has slipped."""
    assert POPPLER, "install poppler-utils"
    done = subprocess.run([POPPLER, "-raw", "-", "-"], input=content, capture_output=True, check=True)
    text = " ".join(done.stdout.decode().split())
    for section in board_report(results).sections:
        for row in section.table.rows if section.table else ():
            said = " ".join(f"{cell.text} {cell.note}".strip() for cell in row.cells)
            assert f"{row.header.mark} {row.header.text} {said}" in text


def test_nothing_is_wrong_with_its_structure_nor_with_its_archive_copy(content: bytes) -> None:
    assert faults(content) == []


def test_has_its_title(pdf: Pdf, results: RoundResults) -> None:
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == f"Board self-assessment: {results.facts.framework}, {results.facts.organisation}"


def test_every_chart_has_its_message_as_alternative_text(pdf: Pdf, results: RoundResults) -> None:
    said = [str(figure.Alt) for figure in tagged(pdf, "/Figure")]
    assert said == [chart.title for chart in reading.charts(board_report(results))]


def test_every_table_has_its_caption_once(pdf: Pdf, results: RoundResults) -> None:
    report = board_report(results)
    tables_of_facts = 4 + len(report.sections)  # paper, cover, summary, method, one for each section
    assert len(tagged(pdf, "/Caption")) == tables_of_facts + len(reading.tables(report))


def test_headers_and_footers_are_artifacts(pdf: Pdf) -> None:
    for number, page in enumerate(pdf.pages):
        artifacts = [tag for tag, _ in marks(page) if tag == Name.Artifact]
        assert len(artifacts) >= (1 if number == 0 else 3), f"page {number + 1}"


def test_pages_are_numbered_a4_and_in_tab_order(pdf: Pdf) -> None:
    assert len(pdf.pages) >= 4
    for page in pdf.pages:
        assert [round(float(length)) for length in page.MediaBox] == [0, 0, 595, 842]
        assert page.Tabs == Name.S
        assert "/StructParents" in page


def test_every_font_is_one_of_ours(pdf: Pdf) -> None:
    fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
    assert fonts
    assert all(re.search("Arimo|Liberation", str(font.DescendantFonts[0].BaseFont)) for font in fonts)


def test_bookmarks_lead_to_every_section(pdf: Pdf, results: RoundResults) -> None:
    with pdf.open_outline() as outline:
        titles = [item.title for item in flat(outline.root)]
    report = board_report(results)
    assert titles[0] == report.title
    assert {"Summary", "Method", report.profile.heading, report.sections_heading} <= set(titles)
    assert {section.title for section in report.sections} <= set(titles)


def test_long_tables_go_on_over_pages() -> None:
    with pikepdf.open(io.BytesIO(render_pdf(board_report(many_indicators())))) as long:
        assert len(long.pages) >= 8


def test_reads_static_files() -> None:
    assert fetch_static(f"{STATIC}css/report.css").read().startswith(b"/*")
    assert fetch_static("data:text/plain,hello").read() == b"hello"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/picture.png",
        "http://169.254.169.254/",
        "file:///etc/passwd",
        f"{STATIC}../wgll_portal/settings.py",
        f"{STATIC}%2e%2e/manage.py",
        f"{STATIC}/etc/passwd",
        f"{STATIC}css/none.css",
        "ftp://example.org/x",
    ],
)
def test_refuses_everything_else(url: str) -> None:
    with pytest.raises(Exception, match=r"static files only|outside of the base path"):
        fetch_static(url)


def test_content_cannot_pull_in_files_or_markup() -> None:
    hostile = '<img src="file:///etc/passwd"><script>alert(1)</script>'
    report = board_report(builders.plain(organisation=hostile))
    with pikepdf.open(io.BytesIO(render_pdf(report))) as opened, opened.open_metadata() as metadata:
        assert metadata["dc:title"].endswith(hostile)
