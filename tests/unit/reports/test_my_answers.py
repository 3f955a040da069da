"""A member's own answers as a PDF: whatever they typed is in it, nothing runs off the page, and it is tagged."""

import io
import re
import shutil
import subprocess
from collections.abc import Iterator

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from pikepdf import Pdf

from assessments import actions
from assessments.models import Response
from assessments.queries.my_answers import my_answers
from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from reports.own.my_answers import OwnAnswers, Written, own_answers, own_answers_pdf, tidy
from tests.factories import answer, make_round
from tests.unit.reports.structure import faults, flat

POPPLER = shutil.which("pdftotext")
NO_SPACE = "x" * 2000
HOSTILE = '<script>alert(1)</script><img src="file:///etc/passwd">'
ARABIC = "نص عن المجلس"


def pages_of(pdf: bytes) -> list[str]:
    """The words on each page."""
    assert POPPLER, "install poppler-utils"
    done = subprocess.run([POPPLER, "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return [" ".join(page.split()) for page in done.stdout.decode().split("\f")]


def text_of(pdf: bytes) -> str:
    return " ".join(pages_of(pdf)).strip()


def first_response(trust: Organisation, version: FrameworkVersion) -> Response:
    found = make_round(trust, version).responses.order_by("pk")[0]
    return Response.objects.select_related("round__organisation").get(pk=found.pk)


def document_of(response: Response, *, with_notes: bool = True) -> OwnAnswers:
    fresh = Response.objects.select_related("round__organisation").get(pk=response.pk)
    return own_answers(my_answers(fresh, on_board=True), with_notes=with_notes)


@pytest.fixture
def leader(trust: Organisation, leadership: FrameworkVersion) -> Response:
    """Somebody's self-assessment with every kind of words in it, submitted."""
    response = first_response(trust, leadership)
    answer(response, lambda number: 1 + number % 3 if number else None)
    section, other = leadership.sections.all()[:2]
    examples, development = leadership.scale.extra_fields.all()
    first, second, third, fourth = response.round.indicators()[:4]
    notes = {first: NO_SPACE, second: HOSTILE, third: ARABIC, fourth: "😀 and 👩🏽‍⚕️\n\n\n\nlast line"}
    actions.save_answers(
        response=response,
        answers=[actions.GivenAnswer(indicator.pk, note=note) for indicator, note in notes.items()],
        reflections=[
            actions.GivenReflection(section.pk, examples.pk, "We opened the ward. " * 200),
            actions.GivenReflection(other.pk, development.pk, "More about data"),
        ],
    )
    actions.submit_response(response=response)
    response.refresh_from_db()
    return response


@pytest.fixture
def content(leader: Response) -> bytes:
    return own_answers_pdf(document_of(leader))


@pytest.fixture
def pdf(content: bytes) -> Iterator[Pdf]:
    with pikepdf.open(io.BytesIO(content)) as opened:
        yield opened


def test_everything_answered_and_typed_is_in_it(content: bytes, leader: Response) -> None:
    text = text_of(content)
    for indicator in leader.round.indicators():
        assert indicator.text in text
    for words in ("My answer: 2. Frequently", "My answer: Not answered", "More about data", "last line", "Examples"):
        assert words in text
    assert text.count("opened") == 200  # a page may end within a sentence
    assert text.count("x") >= 2000
    assert HOSTILE.replace(" ", "") in text.replace(" ", "")
    assert "Nothing written" in text
    assert "Submitted on" in text
    assert "71 of 72 questions" in text


def test_every_page_says_whose_it_is(content: bytes, leader: Response, pdf: Pdf) -> None:
    assert text_of(content).count(f"Confidential: belongs to {leader.person.name}") == len(pdf.pages) + 1


def test_nothing_runs_off_the_page(content: bytes) -> None:
    """The boxes around the words, as Poppler finds them, lie within the margins."""
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=content, capture_output=True, check=True)
    edges = re.findall(r'xMin="([\d.]+)"[^>]*xMax="([\d.]+)"', done.stdout.decode())
    assert len(edges) > 1000
    assert min(float(left) for left, _ in edges) > 30
    assert max(float(right) for _, right in edges) < 595 - 30


def test_notes_to_self_can_be_left_out(leader: Response) -> None:
    document = document_of(leader, with_notes=False)
    assert "Note to self" not in str(document)
    assert "last line" not in str(document)
    assert "More about data" in str(document)


def test_not_submitted_is_said(trust: Organisation, digital_boards: FrameworkVersion) -> None:
    document = document_of(first_response(trust, digital_boards))
    facts = {fact.term: fact.text for fact in document.facts}
    assert facts["State"] == "Not submitted"
    assert facts["Answered"] == "0 of 13 questions"
    assert {answered.answer for section in document.sections for answered in section.answers} == {"Not answered"}


def test_it_is_built_as_pdf_ua_wants(content: bytes, pdf: Pdf, leader: Response) -> None:
    assert faults(content) == []
    with pdf.open_metadata() as metadata:
        assert str(metadata["dc:title"]).startswith("My answers: NHS leadership competency framework")
    with pdf.open_outline() as outline:
        titles = [item.title for item in flat(list(outline.root))]
    assert {section.title for section in document_of(leader).sections} <= set(titles)


@pytest.mark.parametrize(
    ("text", "direction"), [("", "ltr"), ("Plain", "ltr"), ("123", "ltr"), (f"1. {ARABIC} NHS", "rtl"), ("שלום", "rtl")]
)
def test_the_first_letter_decides_which_way_a_text_is_read(text: str, direction: str) -> None:
    assert Written("", text).direction == direction


def test_tidying_keeps_every_word_and_one_empty_line() -> None:
    assert tidy("\n a\n\n \n\nb\nc \n") == "a\n\nb\nc"
    assert tidy("word\n" * 60).count("\n") == 59
    assert tidy("a\n" * 1000) == " / ".join("a" * 1000)


def test_what_was_typed_never_reaches_the_log(leader: Response, caplog: pytest.LogCaptureFixture) -> None:
    """No font here has every sign; the library would name those that are missing."""
    own_answers_pdf(document_of(leader))
    assert not caplog.records


def test_the_download_has_a_name_without_the_members(client: Client, leader: Response) -> None:
    client.force_login(leader.person)
    answered = client.get(reverse("reports:my_answers_pdf", args=[leader.pk]))
    assert answered.content.startswith(b"%PDF-")
    opened = f"{leader.round.opened_at:%Y-%m-%d}"
    expected = f"{leader.round.organisation.ods_code.lower()}-lcf-my-answers-{opened}.pdf"
    assert answered["Content-Disposition"] == f'attachment; filename="{expected}"'
