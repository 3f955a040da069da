"""The cover of a board paper: written by leads, frozen at sign-off, nothing of another lead's overwritten."""

import datetime as dt
import io
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.lifecycle import NotNow
from assessments.models import Round
from organisations.choices import AuditedEvent
from organisations.models import AuditEvent
from reports.content.choices import Choices, Kind
from reports.content.wording import day
from reports.cover.paper import Paper, paper_facts, paper_of
from reports.cover.writing import PaperChanged, keep_paper, mark_of, write_defaults, write_paper
from reports.models import CoverDefaults, RoundCover
from reports.pdf.rendering import render_pdf
from reports.signed.sign_off import sign_off
from reports.signed.versions import report_of, report_to_read, versions_of
from tests.factories import lead_of


def write(round_: Round, seen: str = "", **changed: Any) -> None:
    write_paper(by=lead_of(round_), round_=round_, paper=Paper(**changed), seen=seen)


def cover_url(round_: Round) -> str:
    return reverse("reports:cover", args=[round_.pk])


def words(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_what_is_written_stands_on_the_cover(closed: Round, lead: Client) -> None:
    date = {"meeting_on_day": "3", "meeting_on_month": "12", "meeting_on_year": "2026"}
    entered = {"seen": "", "meeting": "Board, public session", "agenda_item": "7b", "purpose": "decision", **date}
    entered |= {"recommendation": "agree the plan\nnote the risks", "protective_marking": "OFFICIAL-SENSITIVE"}
    assert lead.post(cover_url(closed), entered)["Location"] == reverse("reports:board_report", args=[closed.pk])
    report = report_of(closed)
    assert [(fact.term, fact.text) for fact in report.cover.paper] == [
        ("Meeting", "Board, public session"),
        ("Date", "3 December 2026"),
        ("Agenda item", "7b"),
        ("Purpose", "For decision"),
    ]
    assert report.cover.asks == ("agree the plan", "note the risks")
    assert report.protective_marking == "OFFICIAL-SENSITIVE"
    assert AuditEvent.objects.filter(event=AuditedEvent.COVER_WRITTEN).count() == 1


def test_the_usual_cover_stands_until_a_round_has_its_own(closed: Round) -> None:
    usual = Paper(author="Kim Reed, CIO", meeting="Board")
    write_defaults(by=lead_of(closed), organisation=closed.organisation, paper=usual, seen="")
    assert paper_of(closed) == usual
    write(closed, meeting="Board")
    assert [fact.term for fact in paper_facts(paper_of(closed))] == ["Meeting", "Purpose"]


def test_of_two_leads_neither_is_overwritten(closed: Round, lead: Client) -> None:
    write(closed, meeting="Theirs")
    with pytest.raises(PaperChanged):
        write(closed, meeting="Mine")
    answer = lead.post(cover_url(closed), {"seen": "", "meeting": "Mine"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody else changed this cover" in page
    assert 'value="Mine"' in page
    assert "Theirs" in page
    mark = mark_of(RoundCover.objects.get())
    assert f'value="{mark}"' in page
    assert lead.post(cover_url(closed), {"seen": mark, "meeting": "Mine"}).status_code == 302
    assert paper_of(closed).meeting == "Mine"


def test_the_same_once_more_changes_nothing(closed: Round) -> None:
    write(closed, meeting="Board")
    write(closed, meeting="Board")
    assert RoundCover.objects.get().revision == 1
    assert AuditEvent.objects.filter(event=AuditedEvent.COVER_WRITTEN).count() == 1


def test_own_words_and_back_to_the_sentences(closed: Round, lead: Client) -> None:
    generated = report_of(closed).cover.executive
    lead.post(cover_url(closed), {"seen": "", "own_summary": "We know where we stand."})
    assert report_of(closed).cover.executive == ("We know where we stand.",)
    assert "The figures have changed" not in words(lead, cover_url(closed))
    RoundCover.objects.update(summary_seen="other figures")
    assert "The figures have changed" in words(lead, cover_url(closed))
    lead.post(cover_url(closed), {"seen": mark_of(RoundCover.objects.get()), "own_summary": ""})
    assert report_of(closed).cover.executive == generated
    assert "The figures have changed" not in words(lead, cover_url(closed))


def test_a_wrong_day_keeps_what_was_typed(closed: Round, lead: Client) -> None:
    entered = {"seen": "", "author": "Kim Reed"}
    entered |= {"meeting_on_day": "31", "meeting_on_month": "2", "meeting_on_year": "2027"}
    answer = lead.post(cover_url(closed), entered)
    assert answer.status_code == 422
    assert 'value="Kim Reed"' in answer.content.decode()
    assert not RoundCover.objects.exists()


def test_signed_off_it_stays_as_it_was(closed: Round, lead: Client) -> None:
    by = lead_of(closed)
    write_defaults(by=by, organisation=closed.organisation, paper=Paper(author="Kim Reed"), seen="")
    keep_paper(by=by, round_=closed, at=dt.datetime.now(dt.UTC))
    Round.objects.filter(pk=closed.pk).update(state="signed_off", signed_off_at=dt.datetime.now(dt.UTC))
    defaults = mark_of(CoverDefaults.objects.get())
    write_defaults(by=by, organisation=closed.organisation, paper=Paper(author="Someone else"), seen=defaults)
    assert paper_of(closed).author == "Kim Reed"
    with pytest.raises(NotNow):
        write(closed, mark_of(RoundCover.objects.get()), author="Someone else")
    assert "cannot be changed while the round is signed off" in words(lead, cover_url(closed))


def test_members_choose_a_report_and_do_not_write_the_cover(closed: Round, client: Client) -> None:
    client.force_login(closed.responses.all()[0].person)
    page = words(client, reverse("reports:board_report", args=[closed.pk]))
    assert "Four-page summary" in page
    assert cover_url(closed) not in page


def test_a_report_that_does_not_exist_is_not_found(closed: Round, lead: Client) -> None:
    assert lead.get(reverse("reports:report_pdf", args=[closed.pk]), {"kind": "everything"}).status_code == 404


@pytest.mark.parametrize("marking", ["OFFICIAL", "OFFICIAL-SENSITIVE: COMMERCIAL", ""])
def test_the_marking_stands_on_every_page(closed: Round, marking: str) -> None:
    write(closed, protective_marking=marking)
    pdf = render_pdf(report_of(closed, choices=Choices(Kind.SUMMARY)))
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert len(pages) <= 4
    assert all(marking in page for page in pages)
    assert marking or not any("OFFICIAL" in page for page in pages)


@pytest.mark.parametrize(
    ("kind", "start", "end"),
    [
        (Kind.FULL, "Version 1, ", "; actions as they stand today"),
        (Kind.SUMMARY, "Part of version 1, ", "; actions as they stand today"),
        (Kind.SECTION, "Part of version 1, ", ""),
    ],
)
def test_what_is_made_of_a_signed_off_round_says_what_it_is_of(closed: Round, kind: Kind, start: str, end: str) -> None:
    version = sign_off(by=lead_of(closed), round_=closed)
    closed.refresh_from_db()
    section = closed.sections.all()[0].code if kind is Kind.SECTION else ""
    report = report_to_read(closed, versions_of(closed), Choices(kind, section, with_comments=False))
    signed_on = day(timezone.localdate(version.signed_off_at))
    assert report.marking == f"{start}signed off on {signed_on}{end}"
