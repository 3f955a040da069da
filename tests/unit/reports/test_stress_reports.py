"""Reports that are hard to set, as PDF: nothing lies off a page, no page is empty, and all can be read out."""

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import combinations

import pikepdf
import pytest
from pikepdf import Pdf

from reports.charts import narrow_svg, wide_svg
from reports.content.document import BoardReport
from reports.pdf.rendering import render_pdf
from tests.unit.reports import reading
from tests.unit.reports.canvas import outside, parsed
from tests.unit.reports.stress import STRESS
from tests.unit.reports.structure import faults, tagged

POPPLER = shutil.which("pdftotext")
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
PLACED = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">')
MARGIN = 57  # 20 mm in points, above what the page says
FEWEST_WORDS = 40  # on a page that is worth turning to; its head and foot alone have about twenty


@pytest.fixture(scope="module", params=STRESS)
def report(request: pytest.FixtureRequest) -> BoardReport:
    return STRESS[request.param]()


@pytest.fixture(scope="module")
def content(report: BoardReport) -> bytes:
    return render_pdf(report)


@pytest.fixture(scope="module")
def pdf(content: bytes) -> Iterator[Pdf]:
    with pikepdf.open(io.BytesIO(content)) as opened:
        yield opened


def pages_of(content: bytes) -> list[tuple[str, str, str]]:
    """Width, height and placed words of each page."""
    assert POPPLER, "install poppler-utils"
    done = subprocess.run([POPPLER, "-bbox", "-", "-"], input=content, capture_output=True, check=True)
    pages = PAGE.findall(done.stdout.decode())
    assert pages
    return pages


def boxes_of(words: str) -> list[tuple[float, ...]]:
    return [tuple(map(float, word)) for word in PLACED.findall(words)]


def test_nothing_in_a_head_runs_into_anything_else(content: bytes) -> None:
    for number, (_, _, words) in enumerate(pages_of(content), start=1):
        head = [box for box in boxes_of(words) if box[3] < MARGIN]
        for (left, top, right, bottom), other in combinations(head, 2):
            apart = right <= other[0] or other[2] <= left or bottom - 1 <= other[1] or other[3] - 1 <= top
            assert apart, f"page {number}"


def test_every_word_is_on_its_page_and_no_page_is_empty(content: bytes) -> None:
    for number, (wide, high, words) in enumerate(pages_of(content), start=1):
        boxes = boxes_of(words)
        assert len(boxes) >= FEWEST_WORDS or _is_one_long_word(words), f"page {number} is nearly empty"
        over = [box for box in boxes if box[0] < 0 or box[1] < 0 or box[2] > float(wide) or box[3] > float(high)]
        assert over == [], f"page {number}"


def _is_one_long_word(words: str) -> bool:
    return "xxxxxxxxxx" in words


def test_every_chart_is_within_its_canvas(report: BoardReport) -> None:
    for chart in reading.charts(report):
        for svg in filter(None, (wide_svg(chart), narrow_svg(chart))):
            assert outside(parsed(svg)) == []


def test_every_figure_has_alternative_text(pdf: Pdf, report: BoardReport) -> None:
    said = [str(figure.Alt) for figure in tagged(pdf, "/Figure")]
    assert said == [chart.title for chart in reading.charts(report)]
    assert all(said)


def test_nothing_is_wrong_with_its_structure_nor_with_its_archive_copy(content: bytes) -> None:
    assert faults(content) == []


def test_has_its_title(pdf: Pdf, report: BoardReport) -> None:
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == f"{report.title}, {report.organisation}"


def test_every_page_says_whose_it_is_and_where_it_stands(content: bytes, report: BoardReport) -> None:
    assert POPPLER, "install poppler-utils"
    done = subprocess.run([POPPLER, "-layout", "-", "-"], input=content, capture_output=True, check=True)
    pages = done.stdout.decode().split("\f")[:-1]
    for number, page in enumerate(pages, start=1):
        said = " ".join(page.split())
        assert f"Page {number} of {len(pages)}" in said
        assert report.marking in said
        assert report.organisation.split(",")[0] in said
