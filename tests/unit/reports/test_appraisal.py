"""The document for an appraisal: what is in it, what is left out, and that it is tagged as the others are."""

import io

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from assessments import actions
from assessments.models import Answer, Response
from assessments.queries.my_answers import my_answers
from assessments.queries.my_trend import my_trend
from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from reports.own.appraisal import appraisal, appraisal_pdf
from tests.factories import make_seat
from tests.unit.assessments.test_my_trend import sat
from tests.unit.reports.structure import faults, flat, tagged
from tests.unit.reports.test_my_answers import pages_of, text_of

NOTE, EXAMPLE = "For my own eyes only", "We opened the ward"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def response(trust: Organisation, leadership: FrameworkVersion) -> Response:
    """The second self-assessment of a member, with a note and words about a section."""
    person = make_seat(trust, f"Zoë {HOSTILE} O'Brien").person
    sat(person, trust, leadership, 1, 1, 2, 3)
    found = sat(person, trust, leadership, 0, 2, 3, 3, open_=True)
    section, box = leadership.sections.all()[0], leadership.scale.extra_fields.all()[0]
    actions.save_answers(response=found, answers=[], reflections=[actions.GivenReflection(section.pk, box.pk, EXAMPLE)])
    Answer.objects.filter(response=found).update(note=NOTE)
    return found


def pdf_of(response: Response, *, with_notes: bool = False) -> bytes:
    mine, trend = my_answers(response, on_board=True), my_trend(response)
    note = response.round.version.note
    return appraisal_pdf(*appraisal(mine, trend, role="Partner member", version_note=note, with_notes=with_notes))


def test_everything_for_the_conversation_is_in_it(response: Response) -> None:
    text = text_of(pdf_of(response))
    for indicator in response.round.indicators():
        assert indicator.text in text
    for words in (
        "Role Partner member",
        response.round.organisation.name,
        f"Confidential: belongs to {response.person.name}",
        "Not submitted",
        EXAMPLE,
        "Development needs",
        "Since the round that closed on",
        "2.0 2.7 +0.7",
        "Objectives that we agreed",
        "Appraiser",
        "Self-attestation for the fit and proper person test",
        "Recalled, and not checked against the text",
        "check which one is in force before use",
        "What it stands for",
    ):
        assert words in text, words


def test_no_page_to_be_signed_holds_the_note_about_its_sources(response: Response) -> None:
    to_sign = [page for page in pages_of(pdf_of(response)) if "Signature" in page]
    assert len(to_sign) == 2
    assert not any("Recalled" in page for page in to_sign)


@pytest.mark.parametrize("with_notes", [False, True])
def test_notes_to_self_are_in_it_only_if_the_member_wants(response: Response, with_notes: bool) -> None:
    text = text_of(pdf_of(response, with_notes=with_notes))
    assert (NOTE in text) == with_notes
    assert ("Notes to self are left out." in text) == (not with_notes)


def test_the_download_leaves_notes_out_unless_ticked(response: Response, client: Client) -> None:
    client.force_login(response.person)
    page = client.get(reverse("reports:appraisal", args=[response.pk])).content.decode()
    assert 'name="notes"' in page
    assert "checked" not in page
    address = reverse("reports:appraisal_pdf", args=[response.pk])
    plain, with_notes = client.get(address), client.get(address, {"notes": "yes"})
    assert plain["Content-Type"] == "application/pdf"
    assert plain["Content-Disposition"].endswith('-appraisal.pdf"')
    assert with_notes["Content-Disposition"].endswith('-appraisal-with-notes.pdf"')
    assert "-lcf-my-answers-" in plain["Content-Disposition"]
    assert "brien" not in plain["Content-Disposition"].lower()
    assert NOTE not in text_of(plain.content)
    assert NOTE in text_of(with_notes.content)


def test_it_is_built_as_pdf_ua_wants(response: Response) -> None:
    content = pdf_of(response)
    assert faults(content) == []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert "Self-assessment for my appraisal" in str(pdf.docinfo["/Title"])
        with pdf.open_outline() as outline:
            titles = [item.title for item in flat(list(outline.root))]
        assert {"My trend", "The appraisal conversation", "Self-attestation for the fit and proper person test"} <= {
            *titles
        }
        assert tagged(pdf, "/Figure")
        assert len(tagged(pdf, "/Table")) >= 7


def test_a_first_self_assessment_has_the_pages_to_sign_and_no_trend(
    trust: Organisation, leadership: FrameworkVersion
) -> None:
    first = sat(make_seat(trust).person, trust, leadership, 0, 1, 2)
    text = text_of(pdf_of(first))
    assert "There is no earlier round to compare with." in text
    assert "The appraisal conversation" in text
