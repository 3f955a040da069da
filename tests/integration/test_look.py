"""Colour and logo of an organisation's reports: set by its leads, drawn on the cover, audited."""

import io

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from assessments.models import Round
from organisations.choices import AuditedEvent
from organisations.models import AuditEvent, Organisation
from reports.content.choices import Choices, Kind
from reports.cover.writing import PaperChanged, mark_of
from reports.look.look import USUAL, Look, change_look, look_of
from reports.models import ReportLook
from reports.pdf.rendering import render_pdf, report_html
from reports.signed.versions import report_of
from tests.factories import lead_of
from tests.unit.reports.structure import faults


def picture() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (300, 120), "#007f3b").save(written, "JPEG")
    return written.getvalue()


@pytest.fixture
def page(trust: Organisation) -> str:
    return reverse("reports:look", args=[trust.ods_code])


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("logo.svg", content, content_type="image/svg+xml")


def seen() -> str:
    return mark_of(ReportLook.objects.first())


def test_set_shown_and_removed(trust: Organisation, page: str, lead: Client) -> None:
    assert lead.post(page, {"accent": "007F3B", "logo": upload(picture())})["Location"] == page
    look = look_of(trust)
    assert look.accent == "#007f3b"
    logo = lead.get(reverse("reports:logo", args=[trust.ods_code]))
    assert (logo["Content-Type"], logo["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert logo.content == look.logo
    assert lead.post(page, {"seen": seen(), "accent": "#007f3b", "remove_logo": "on"}).status_code == 302
    assert look_of(trust) == Look("#007f3b")
    assert lead.get(reverse("reports:logo", args=[trust.ods_code])).status_code == 404
    assert AuditEvent.objects.filter(event=AuditedEvent.LOOK_CHANGED).count() == 2


@pytest.mark.parametrize(
    ("entered", "said"),
    [
        ({"accent": "#ffcc00"}, "The nearest shade that can be read is"),
        ({"accent": "red;}"}, "Enter the colour as a hash"),
        ({"logo": upload(b"<svg/>")}, "is not a PNG or JPEG picture"),
        ({"logo": upload(b"")}, "is not a PNG or JPEG picture"),
    ],
)
def test_what_cannot_be_used_is_said_beside_its_field(
    trust: Organisation, page: str, lead: Client, entered: dict[str, object], said: str
) -> None:
    answer = lead.post(page, entered)
    assert answer.status_code == 422
    assert answer.content.decode().count(said) == 2  # in the summary as well
    assert look_of(trust) == USUAL


def test_a_logo_is_replaced_or_removed_and_not_both(trust: Organisation, page: str, lead: Client) -> None:
    lead.post(page, {"logo": upload(picture())})
    both = {"seen": seen(), "logo": upload(picture()), "remove_logo": "on"}
    assert "not both" in lead.post(page, both).content.decode()
    assert look_of(trust).logo


def test_of_two_leads_neither_is_overwritten(trust: Organisation, closed: Round, page: str, lead: Client) -> None:
    change_look(by=lead_of(closed), organisation=trust, look=Look("#005eb8"), seen="")
    change_look(by=lead_of(closed), organisation=trust, look=Look("#005eb8"), seen="")
    assert ReportLook.objects.get().revision == 1
    with pytest.raises(PaperChanged):
        change_look(by=lead_of(closed), organisation=trust, look=Look("#007f3b"), seen="")
    answer = lead.post(page, {"seen": "", "accent": "#007f3b"})
    assert answer.status_code == 422
    assert f'value="{seen()}"' in answer.content.decode()
    assert look_of(trust).accent == "#005eb8"


def test_on_the_cover_the_logo_is_read_out_as_the_organisation(trust: Organisation, closed: Round) -> None:
    report = report_of(closed, choices=Choices(Kind.SUMMARY))
    change_look(by=lead_of(closed), organisation=trust, look=Look("#007f3b", _png()), seen="")
    look = look_of(trust)
    assert "border-color: #007f3b" in report_html(report, look)
    assert "<style>" not in report_html(report)
    content = render_pdf(report, look)
    assert faults(content) == []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pictures = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]
        assert any(one.get("/Subtype") == "/Image" for one in pictures)
        figures = [thing for thing in pdf.objects if _is_figure(thing)]
        assert trust.name in [str(figure.Alt) for figure in figures]


def _png() -> bytes:
    written = io.BytesIO()
    Image.open(io.BytesIO(picture())).save(written, "PNG")
    return written.getvalue()


def _is_figure(thing: object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure"
