"""What an indicator's author is warned of, and what not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frameworks.documents.document import FrameworkDocument
from frameworks.wording_checks import MOST_WORDS, wording_warnings

GLOSSARY = ("CIO", "EPMA", "interoperability")


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("The board has a plan and reviews it.", "Two questions in one? “… and reviews …”"),
        ("Back-ups are secure and have been tested.", "and have"),
        ("Staff use the record; it supports them.", "; it supports"),
        ("There is a plan. The board owns it.", "2 sentences"),
        (f"The board {'very ' * MOST_WORDS}well knows its plan.", f"a sentence of {MOST_WORDS + 6} words"),
        ("The CIO and the CCIOs sit on the board.", "Not in the glossary: CCIOs."),
        ("Clinical systems meet DCB0129.", "Not in the glossary: DCB0129."),
        ("The board utilises data.", "Jargon: utilises."),
        ("Robust plans leverage interoperability.", "Jargon: robust, leverage."),
    ],
)
def test_what_is_warned_of(text: str, warning: str) -> None:
    [said] = wording_warnings(text, GLOSSARY)
    assert warning in said


@pytest.mark.parametrize(
    "text",
    [
        "The board reviews finance, quality and performance.",
        "The wired and wireless networks are secure on every site.",
        "The ICS has a single digital and data strategy that covers the whole system.",
        "The NHS CIO links EPMA with GPs and ICBs.",
        "The board knows how it compares, e.g. with its peers.",
        "",
    ],
)
def test_what_is_not(text: str) -> None:
    assert wording_warnings(text, GLOSSARY) == ()


def test_few_of_the_published_indicators_are_warned_of(documents: list[FrameworkDocument]) -> None:
    for document in documents:
        terms = [term.term for term in document.glossary]
        warned = [entry for entry in document.indicators if wording_warnings(entry.text, terms)]
        assert len(warned) <= len(document.indicators) / 4, document.framework.code


@given(st.text())
def test_any_text_can_be_checked(text: str) -> None:
    assert wording_warnings(text, ()) == wording_warnings(text, ())
