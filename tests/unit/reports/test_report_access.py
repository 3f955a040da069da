"""The results page, the download and the command, on real rounds."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from assessments.models import Round
from assessments.queries.results import results_for
from frameworks.models import FrameworkVersion
from organisations.models import Organisation, User
from reports.content.board_report import board_report
from reports.models import ReportVersion
from reports.pdf.drawing import draw_waiting
from reports.signed.sign_off import sign_off
from tests.factories import lead_of, make_organisation, make_round, make_seat

SignIn = Callable[[User], Client]


@pytest.fixture
def closed(trust: Organisation, digital_boards: FrameworkVersion) -> Round:
    return make_round(
        trust, digital_boards, state="closed", target=3, answers=lambda member, place: 1 + (member + place) % 4
    )


def page_of(round_: Round) -> str:
    return reverse("reports:results", args=[round_.pk])


def pdf_of(round_: Round) -> str:
    return reverse("reports:report_pdf", args=[round_.pk])


def test_page_says_what_the_report_says(closed: Round, signed_in: SignIn) -> None:
    page = signed_in(lead_of(closed)).get(page_of(closed)).content.decode()
    report = board_report(results_for(closed))
    assert report.summary.overall_score in page
    assert report.profile.svg in page
    for section in report.sections:
        assert f'id="{section.anchor}"' in page
        assert f'href="#{section.anchor}"' in page
    assert pdf_of(closed) in page


def test_every_header_says_what_it_heads(closed: Round, signed_in: SignIn) -> None:
    page = signed_in(lead_of(closed)).get(page_of(closed)).content.decode()
    headers = re.findall(r"<th\b[^>]*>", page)
    assert len(headers) > 50
    assert all('scope="row"' in header or 'scope="col"' in header for header in headers)
    assert page.count("<table") == page.count("<caption")


def test_page_needs_no_inline_style_or_script(closed: Round, signed_in: SignIn) -> None:
    page = signed_in(lead_of(closed)).get(page_of(closed)).content.decode()
    assert " style=" not in page
    assert "<script>" not in page


def test_download_is_the_pdf_and_is_not_kept(closed: Round, signed_in: SignIn) -> None:
    client = signed_in(lead_of(closed))
    made = client.post(pdf_of(closed))
    draw_waiting()
    response = client.get(made["Location"].rstrip("/") + ".pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"] == (f'attachment; filename="{board_report(results_for(closed)).file_name}"')


@pytest.mark.parametrize("address", [page_of, pdf_of])
def test_members_of_the_round_may_read(closed: Round, signed_in: SignIn, address: Callable[[Round], str]) -> None:
    member = closed.responses.first()
    assert member is not None
    assert signed_in(member.person).get(address(closed)).status_code == 200


@pytest.mark.parametrize("address", [page_of, pdf_of])
def test_others_find_nothing(closed: Round, signed_in: SignIn, address: Callable[[Round], str]) -> None:
    stranger = make_seat(make_organisation()).person
    assert signed_in(stranger).get(address(closed)).status_code == 404


@pytest.mark.parametrize("address", [page_of, pdf_of])
def test_not_before_the_round_is_closed(
    trust: Organisation, digital_boards: FrameworkVersion, signed_in: SignIn, address: Callable[[Round], str]
) -> None:
    opened = make_round(trust, digital_boards)
    assert signed_in(lead_of(opened)).get(address(opened)).status_code == 403


@pytest.mark.parametrize("address", [page_of, pdf_of])
def test_queries_stay_few(
    closed: Round,
    signed_in: SignIn,
    django_assert_max_num_queries: Callable,
    address: Callable[[Round], str],
) -> None:
    client = signed_in(lead_of(closed))
    client.get(address(closed))  # reads what the round asks, once a process
    with django_assert_max_num_queries(20):
        client.get(address(closed))


def test_command_writes_the_same_report(closed: Round, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "report.pdf"
    call_command("render_report", str(closed.pk), output=file)
    assert file.read_bytes().startswith(b"%PDF-")
    assert str(file) in capsys.readouterr().out


def test_command_writes_what_was_signed_off_and_makes_it_if_it_is_owed(closed: Round, tmp_path: Path) -> None:
    version = sign_off(by=lead_of(closed), round_=closed)
    for name in ("owed.pdf", "made.pdf"):
        call_command("render_report", str(closed.pk), output=tmp_path / name)
        assert (tmp_path / name).read_bytes() == bytes(ReportVersion.objects.get(pk=version.pk).file.content)


def test_command_says_that_there_is_no_such_round(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no round 404"):
        call_command("render_report", "404", output=tmp_path / "report.pdf")
    assert not list(tmp_path.iterdir())


def test_command_says_that_the_round_is_not_closed(
    trust: Organisation, digital_boards: FrameworkVersion, tmp_path: Path
) -> None:
    opened = make_round(trust, digital_boards)
    with pytest.raises(CommandError, match=f"Round {opened.pk}: "):
        call_command("render_report", str(opened.pk), output=tmp_path / "report.pdf")
    assert not list(tmp_path.iterdir())


def test_command_says_that_it_cannot_write(closed: Round, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("render_report", str(closed.pk), output=tmp_path / "none" / "report.pdf")
