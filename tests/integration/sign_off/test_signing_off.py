"""Signing off: who may, the report that is kept, and what everybody gets from then on."""

import hashlib
import io
import json
import re

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.choices import RoundState
from assessments.lifecycle import NotNow
from assessments.models import Round
from frameworks.models import FrameworkVersion
from organisations.choices import AuditedEvent
from organisations.models import AuditEvent, Organisation
from reports.models import ReportVersion
from reports.pdf.drawing import draw_waiting
from reports.signed.proof import checksum, fingerprint
from reports.signed.sign_off import CHANGED, sign_off
from reports.signed.versions import report_of
from tests.factories import lead_of, make_organisation, make_round, make_seat
from tests.integration.sign_off.acts import add, now, pdf_pages, press, url, words
from tests.unit.reports.checker import complaints


def test_the_kept_report_is_what_everybody_gets_from_then_on(lead: Client, closed: Round) -> None:
    answered = press(lead, closed)
    assert answered["Location"] == url("results", closed)
    version = ReportVersion.objects.get()
    pdf = bytes(version.file.content)
    assert (version.number, version.signed_off_by, version.file.sha256) == (
        1, lead_of(closed), hashlib.sha256(pdf).hexdigest(),
    )  # fmt: skip
    marking = f"Version 1, signed off on {timezone.localdate():%-d %B %Y}"
    pages = pdf_pages(pdf)
    assert all(marking in page for page in pages)
    assert not any("Draft" in page for page in pages)
    signed_off = now(closed)
    assert (signed_off.state, signed_off.signed_off_at) == (RoundState.SIGNED_OFF, version.signed_off_at)
    add(signed_off)
    for address in (url("report_pdf", closed), url("report_version", closed, 1)):
        taken = lead.get(address)
        assert taken.content == pdf
        assert taken["Content-Disposition"] == f'attachment; filename="{version.file_name}"'
    assert version.file_name.endswith("-version-1.pdf")
    page = words(lead, url("results", closed))
    assert marking in page
    assert version.file.sha256 in page
    assert version.reference in page
    assert version.reference in pages[-1]
    copy = lead.get(url("version_archive_copy", closed, 1)).content
    assert lead.get(url("report_pdf", closed), {"file": "archive"}).content == copy
    assert complaints(copy, "3a") == complaints(copy, "ua1") == []
    with pikepdf.open(io.BytesIO(copy)) as archived, archived.open_metadata() as metadata:
        ((name, attached),) = archived.attachments.items()
        taken = lead.get(reverse("reports:version_figures", args=[closed.pk, 1, "csv"]))
        assert attached.get_file().read_bytes() == taken.content
        assert name in taken["Content-Disposition"]
        assert metadata["dc:source"] == f"Report {version.reference}, SHA-256 {version.file.sha256}"
    assert checksum(version.export) in pages[-1].replace("\n", "").replace(" ", "")
    assert "/verify/" in pages[-1]


@pytest.mark.usefixtures("quick")
def test_the_figures_are_kept_beside_it(closed: Round) -> None:
    add(closed)
    version = sign_off(by=lead_of(closed), round_=closed)
    figures = ReportVersion.objects.get().figures
    assert figures == version.figures == json.loads(json.dumps(version.figures))
    assert figures["summary"]["overall_score"] == "2.0"
    assert figures["actions"][0]["table"]["rows"][0]["header"]["text"] == "Name a lead"
    assert figures["profile"]["chart"]["rows"][0]["score"] == "2"


@pytest.mark.parametrize("state", ["draft", "open"])
def test_a_round_that_is_not_closed_cannot_be_signed_off(
    trust: Organisation, digital_boards: FrameworkVersion, client: Client, state: str
) -> None:
    round_ = make_round(trust, digital_boards, state=state)
    client.force_login(lead_of(round_))
    for method in (client.get, client.post):
        assert method(url("sign_off", round_)).status_code == 403
    for act in (sign_off, actions.sign_off_round):
        with pytest.raises(NotNow, match="You cannot sign off this round"):
            act(by=lead_of(round_), round_=round_)
    assert not ReportVersion.objects.exists()


@pytest.mark.usefixtures("quick")
def test_only_leads_sign_off_and_only_readers_take_versions(lead: Client, closed: Round, client: Client) -> None:
    assert press(lead, closed).status_code == 302
    member, other = closed.responses.all()[0].person, make_seat(closed.organisation).person
    stranger = make_seat(make_organisation()).person
    for person, page, version in ((member, 403, 200), (other, 403, 403), (stranger, 404, 404)):
        client.force_login(person)
        for name in ("sign_off", "take_back_sign_off"):
            for method in (client.get, client.post):
                assert method(url(name, closed)).status_code == page
        assert client.get(url("report_version", closed, 1)).status_code == version
        assert client.get(url("report_version", closed, 2)).status_code == 404
    client.force_login(member)
    page_of_member = words(client, url("results", closed))
    assert url("sign_off", closed) not in page_of_member
    assert url("report_version", closed, 1) in page_of_member


@pytest.mark.usefixtures("quick")
def test_a_second_press_makes_no_second_version(lead: Client, closed: Round) -> None:
    for _ in range(2):
        answered = press(lead, closed, follow=True)
    assert "You cannot sign off this round: it is signed off." in answered.content.decode()
    assert ReportVersion.objects.count() == 1


def test_what_changed_since_it_was_looked_at_is_noticed(lead: Client, closed: Round) -> None:
    """The page is open in one tab, and an action is added in another; or the page was never looked at."""
    seen = fingerprint(report_of(closed))
    add(closed)
    for sent in ({"seen": seen}, {}):
        answered = lead.post(url("sign_off", closed), sent, follow=True)
        assert CHANGED in answered.content.decode()
        assert now(closed).is_closed
    assert not ReportVersion.objects.exists()
    assert not AuditEvent.objects.filter(event=AuditedEvent.ROUND_SIGNED_OFF).exists()
    with pytest.raises(NotNow, match=re.escape(CHANGED)):
        sign_off(by=lead_of(closed), round_=closed, seen=seen)


@pytest.mark.usefixtures("quick")
def test_until_its_file_is_made_pages_say_so(lead: Client, closed: Round) -> None:
    version = sign_off(by=lead_of(closed), round_=closed)
    assert "Version 1 is being made" in words(lead, url("results", closed))
    for address in (url("report_pdf", closed), url("report_version", closed, 1)):
        assert lead.get(address)["Location"] == url("drawing", closed, version.drawing.pk)
    assert "The report is being made" in words(lead, url("drawing", closed, version.drawing.pk))
    draw_waiting()
    assert lead.get(url("drawn_pdf", closed, version.drawing.pk), follow=True).content == bytes(version.file.content)
    assert "as it was signed off" in words(lead, url("drawing", closed, version.drawing.pk))
    assert "being made" not in words(lead, url("results", closed))


@pytest.mark.usefixtures("quick")
def test_each_step_leaves_a_line(lead: Client, closed: Round) -> None:
    press(lead, closed)
    lead.get(url("report_pdf", closed))
    lead.get(url("report_version", closed, 1))
    lead.post(url("take_back_sign_off", closed), {"reason": "Not for the trail"})
    lines = closed.organisation.audit_events.order_by("pk").values_list("event", "subject")
    version = f"{closed}, version 1"
    assert list(lines)[-4:] == [
        (AuditedEvent.ROUND_SIGNED_OFF, str(closed)),
        (AuditedEvent.REPORT_DOWNLOADED, version),
        (AuditedEvent.REPORT_DOWNLOADED, version),
        (AuditedEvent.ROUND_SIGN_OFF_TAKEN_BACK, str(closed)),
    ]


@pytest.mark.usefixtures("quick")
def test_queries_do_not_grow_with_members_or_versions(
    trust: Organisation, digital_boards: FrameworkVersion, wgll: FrameworkVersion, client: Client
) -> None:
    counts = []
    for version, members, versions in ((digital_boards, 5, 1), (wgll, 14, 3)):
        round_ = make_round(trust, version, members=members, state="closed", answers=lambda member, indicator: 2)
        client.force_login(lead_of(round_))
        for _ in range(versions):
            sign_off(by=lead_of(round_), round_=now(round_))
            actions.take_back_sign_off(by=lead_of(round_), round_=round_, reason="Again")
        found = []
        for address in (url("sign_off", round_), url("results", round_)):
            client.get(address)  # reads what the round asks, once a process
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            found.append(len(captured))
        counts.append(found)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 20, counts
