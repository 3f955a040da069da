"""Documents as PDF: A4, tagged, made to PDF/UA-1."""

import atexit
import gc
import logging
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from reports.content.document import BoardReport
from reports.look.look import USUAL, Look
from reports.pdf.artifacts import margins_as_artifacts
from reports.pdf.scopes import scopes_of_headers
from reports.pdf.signs import with_known_signs

STEP = re.compile(r"Step (\d)")
STATIC = "https://static.invalid/"  # stands for our static files; ".invalid" is no host and never will be (RFC 2606)

# A line for each page drawn says nothing to whoever reads the log; to whoever waits for a report it does (`_telling`).
_progress = logging.getLogger("weasyprint.progress")
_progress.setLevel(logging.WARNING)
_progress.propagate = False
# Nor may one show what a member typed, be it a single sign that no font has.
logging.getLogger("weasyprint").addFilter(lambda line: "glyph rendered for" not in line.getMessage())

# One report at a time in a process: the fonts below are shared, and a second thread would only compete for the
# interpreter.
_drawing = threading.Lock()


def render_pdf(report: BoardReport, look: Look = USUAL) -> bytes:
    """The board report as the bytes of a PDF. Takes seconds for a long framework."""
    return pdf_of(report_html(report, look))


def report_html(report: BoardReport, look: Look = USUAL) -> str:
    """The finished page that the report's PDF is made of; next to the PDF it costs nothing."""
    return render_to_string("reports/board_report.html", {"report": report, "look": look})


def draw_pdf(template: str, context: dict[str, Any]) -> bytes:
    """What `template` says, as the bytes of a PDF."""
    return pdf_of(render_to_string(template, context))


def pdf_of(html: str, tell: Callable[[int], None] | None = None) -> bytes:
    """A finished page as the bytes of a PDF. `tell` is called as each of WeasyPrint's steps (1 to 7) begins."""
    with _drawing, _without_garbage_collection(), _telling(tell):
        return _drawn(html)


def _drawn(html: str) -> bytes:
    """The same, with nothing left of the layout when it returns: else the collector would look through all of it."""
    from reports.pdf.page import FinishedPage  # takes half a second: not at start-up

    elements, style, fonts = styles_and_fonts()
    document = FinishedPage(with_known_signs(html), elements=elements, base_url=STATIC, url_fetcher=fetch_static)
    pdf: bytes = document.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1", finisher=finish)
    return pdf


def finish(document: Any, pdf: Any) -> None:
    """What WeasyPrint leaves out of its tags. A `finisher` for its `write_pdf`."""
    margins_as_artifacts(document, pdf)
    scopes_of_headers(pdf)


class _Steps(logging.Handler):
    """Hears "Step 5 - Creating layout - Page 3" and tells of each step once."""

    def __init__(self, tell: Callable[[int], None]) -> None:
        super().__init__()
        self.tell, self.reached = tell, 0

    def emit(self, record: logging.LogRecord) -> None:
        found = STEP.match(record.getMessage())
        if found and int(found[1]) > self.reached:
            self.reached = int(found[1])
            self.tell(self.reached)


@contextmanager
def _telling(tell: Callable[[int], None] | None) -> Iterator[None]:
    """While one report is drawn at a time, what is heard is about that one."""
    if tell is None:
        yield
        return
    steps = _Steps(tell)
    _progress.addHandler(steps)
    _progress.setLevel(logging.INFO)
    try:
        yield
    finally:
        _progress.setLevel(logging.WARNING)
        _progress.removeHandler(steps)


def fetch_static(url: str) -> Any:
    """What the PDF may read: our own static files and data URLs, as a response in WeasyPrint's terms.

    Raises ValueError for any other address and for a static file that is not there: no network, no rest of the disk.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]

    if url.startswith("data:"):
        return URLFetcher(allowed_protocols={"data"}).fetch(url)
    path = finders.find(unquote(url.removeprefix(STATIC))) if url.startswith(STATIC) else None
    if path is None:
        raise ValueError(f"a report reads static files only, not {url}")
    return URLFetcherResponse(url, Path(path).read_bytes())


@cache
def styles_and_fonts() -> tuple[Any, Any, Any]:
    """What elements are, what they look like, and the fonts: read once, which for each report would cost a third more.

    Three style sheets as one, because each sheet is compared with each element.
    """
    from weasyprint import CSS  # type: ignore[import-untyped]
    from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]

    fonts = FontConfiguration()
    style = "\n".join(_read(name) for name in ("figures.css", "report.css", "own-answers.css"))
    return (
        CSS(string=_read("elements.css")),
        CSS(string=style, base_url=f"{STATIC}css/", url_fetcher=fetch_static, font_config=fonts),
        fonts,
    )


def _read(name: str) -> str:
    content: bytes = fetch_static(f"{STATIC}css/{name}").read()
    return content.decode()


# Fonts let go of their files when they are collected, which no longer works once the interpreter is being taken down.
atexit.register(styles_and_fonts.cache_clear)


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Layout makes a great many objects that all live until the end; looking for dead ones is a sixth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
