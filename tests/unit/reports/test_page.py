"""A page read in our way makes the same PDF as one that WeasyPrint reads in its own."""

import io
import re
from typing import Any

import pikepdf
import pytest
from django.conf import settings
from weasyprint import HTML  # type: ignore[import-untyped]

from reports.content.board_report import board_report
from reports.pdf.page import tree_of
from reports.pdf.rendering import STATIC, fetch_static, finish, pdf_of, report_html, styles_and_fonts
from tests.unit.reports import builders

SVG = "http://www.w3.org/2000/svg"
TAG = re.compile(r"<([a-z][a-z0-9]*)")
TEMPLATES = settings.BASE_DIR / "templates/reports"
ONLY_ON_SCREEN = {"row_links.html", "stacked_table.html"}
# Every element that documents are made of.
ALL = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8">
<title>Everything &amp; more</title><style>h1 { color: green }</style></head>
<body class="board"><section><h1>One</h1><p dir="rtl">שלום<br>עולם</p><h2>Two</h2><h3>Three</h3></section>
<div><ul><li>A <strong>bold</strong> item</li></ul><ol><li>First</li><li>Second</li></ol></div>
<p><span class="note">A note</span> <a href="https://example.org/">and a link</a></p>
<p><img alt="A logo" src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E"></p>
<table><caption>Figures</caption><colgroup><col class="text"><col class="count"></colgroup>
<thead><tr><th scope="col">What</th><th scope="col">How many</th></tr></thead>
<tbody><tr><th scope="row">Answers</th><td>12</td></tr><tr><th scope="row">Members</th><td>7</td></tr></tbody></table>
<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20" viewBox="0 0 20 20"><title>A dot</title>
<desc>Just that</desc>
<circle cx="9" cy="9" r="6" fill="#005eb8"/><text x="2" y="2">2.5</text></svg></body></html>"""


def shape(element: Any) -> object:
    """An element as plain data, with all that is in it; how much space stands where there is some says nothing."""
    said = [(text or "").split() for text in (element.text, element.tail)]
    attributes = {name: value for name, value in element.attrib.items() if not name.endswith("xmlns")}
    return element.tag, attributes, said, [shape(child) for child in element]


def usual_pdf(html: str) -> bytes:
    """What WeasyPrint makes of a page with a parser and a sheet for elements of its own."""
    _, style, fonts = styles_and_fonts()
    document = HTML(string=html, base_url=STATIC, url_fetcher=fetch_static)
    pdf: bytes = document.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1", finisher=finish)
    return pdf


def test_makes_the_same_pdf() -> None:
    assert pdf_of(ALL) == usual_pdf(ALL)


def test_that_page_has_every_element_of_our_documents() -> None:
    names = ["board_report.html", "agenda.html", "my_answers.html", "appraisal.html"]
    components = [path for path in TEMPLATES.glob("components/*.html") if path.name not in ONLY_ON_SCREEN]
    sources = [path.read_text(encoding="utf-8") for path in [*components, *(TEMPLATES / name for name in names)]]
    assert {tag for source in sources for tag in TAG.findall(source)} <= set(TAG.findall(ALL))


def test_a_report_is_read_as_xml_and_is_the_same_as_html(monkeypatch: pytest.MonkeyPatch) -> None:
    html = report_html(board_report(builders.plain(organisation='Ysbyty Llŷn a\'r <Dŵr> & "Co"')))
    expected = shape(HTML(string=html).etree_element)
    monkeypatch.setattr("reports.pdf.page.HTML", None)
    assert shape(tree_of(html)) == expected


@pytest.mark.parametrize("typed", ["a bell \a", "a form feed \f", "&nbsp;"])
def test_what_is_no_xml_is_read_as_html(typed: str) -> None:
    assert typed.split()[0].replace("&nbsp;", "\N{NO-BREAK SPACE}") in "".join(tree_of(f"<p>{typed}</p>").itertext())


@pytest.mark.parametrize(
    ("placing", "pieces"), [('x="9"', 1), ('x="9 20 30"', 4), ('x="9" dx="2"', 4), ('x="9" rotate="3"', 4)]
)
def test_words_in_a_chart_are_set_in_one_piece(placing: str, pieces: int) -> None:
    chart = f'<svg xmlns="{SVG}" width="99" height="40"><text {placing} y="9" font-family="Arimo">AVAT</text></svg>'
    with pikepdf.open(io.BytesIO(pdf_of(f'<html lang="en"><body>{chart}</body></html>'))) as pdf:
        said = [one for one in pikepdf.parse_content_stream(pdf.pages[0]) if str(one.operator) == "TJ"]
    assert len(said) == pieces + 1  # the page number
