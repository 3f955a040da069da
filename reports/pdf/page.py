"""A finished page for WeasyPrint, read with less work than by its own `HTML`: a fifth of what a report costs.

The PDF is the same to the byte (tests/unit/reports/test_page.py), as long as a document is made of the elements that
static/css/elements.css knows.
"""

import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

from cssselect2 import ElementWrapper  # type: ignore[import-untyped]
from weasyprint import CSS, HTML  # type: ignore[import-untyped]
from weasyprint.logger import PROGRESS_LOGGER  # type: ignore[import-untyped]

from reports.pdf.chart_text import set_words_as_words

set_words_as_words()

WITHOUT_END = re.compile(r"<((?:br|col|img|meta)\b[^>]*)(?<!/)>")


class FinishedPage(HTML):
    """A page that our templates made, and the sheet that says what its elements are.

    WeasyPrint's own sheet makes five footnotes for every element and asks each whether it is a form's.
    """

    def __init__(self, html: str, *, elements: CSS, base_url: str, url_fetcher: Callable[[str], Any]) -> None:
        PROGRESS_LOGGER.info("Step 1 - Reading the page")
        self.base_url, self.url_fetcher, self.media_type = base_url, url_fetcher, "print"
        self.wrapper_element = ElementWrapper.from_html_root(tree_of(html), content_language=None)
        self.etree_element = self.wrapper_element.etree_element
        self._elements = elements

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [self._elements]


def tree_of(html: str) -> Any:
    """The page's elements. But for tags that never end ours are XML, which is read in a twentieth of the time.

    What is none, because somebody typed a sign that XML forbids, is read as what it is.
    """
    try:
        return ElementTree.XML(WITHOUT_END.sub(r"<\1/>", html))
    except ElementTree.ParseError:
        return HTML(string=html).etree_element
