"""The board meets: a lead goes through the indicators in order, records what is agreed, and another does so as well."""

import io
from collections.abc import Callable

import pypdf
import pytest
from django.urls import reverse
from playwright.sync_api import Page

from assessments.choices import AgreedBy
from assessments.models import AgreedPosition, PublishedComment, Round
from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from tests.factories import Choice, make_round, make_seat
from tests.journeys.conftest import assert_accessible, follow, press

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def answers(member: int, indicator: int) -> Choice:
    """The second divided, the first mixed, all others at 3."""
    if indicator == 1:
        return 1 if member % 2 else 4
    return 2 if indicator == 0 and member % 2 else 3


def record(page: Page, level: str, reason: str) -> None:
    page.get_by_label(f"{level}. ").check()
    page.get_by_label("Reason").fill(reason)
    press(page, "Record what is agreed")


def test_a_board_discusses_its_results_and_two_leads_record_at_once(
    trust: Organisation, digital_boards: FrameworkVersion, enter: Callable[..., Page]
) -> None:
    make_round(trust, digital_boards, members=14, state="closed", answers=answers)
    round_ = make_round(trust, digital_boards, members=14, state="closed", answers=answers)
    last, second = round_.publications.get(), round_.indicators()[1]
    PublishedComment.objects.create(publication=last, indicator=second, text="Seen in one site", is_in_report=True)
    page = enter(round_.started_by)
    other = enter(make_seat(trust, "Rowan Other", lead=True).person, width=375)
    go_into_the_discussion(page, round_)
    other.goto(reverse("assessments:discussion", args=[round_.pk]))
    assert_accessible(other)
    press(other, "Start the discussion")
    both_record(page, other)
    both_accept_the_medians(page, other, round_)
    withdraw_the_second(other, round_)
    page.goto(reverse("reports:results", args=[round_.pk]))
    assert_accessible(page)


def go_into_the_discussion(page: Page, round_: Round) -> None:
    """By way of the agenda, as a file."""
    page.goto(reverse("assessments:round", args=[round_.pk]))
    press(page, "Discuss the results")
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the agenda (PDF)").click()
    pdf = pypdf.PdfReader(io.BytesIO(download.value.path().read_bytes()))
    assert "Members are divided" in "".join(part.extract_text() for part in pdf.pages)
    press(page, "Start the discussion")
    assert_accessible(page)


def both_record(page: Page, other: Page) -> None:
    """The second is told of the first, keeps what was typed, and may replace what is recorded."""
    press(page, "Record what is agreed")
    assert_accessible(page)
    record(page, "2", "Two sites have it")
    page.get_by_text("Recorded for DB-Q2: level 2.").wait_for()
    record(other, "3", "Most of it is there")
    other.get_by_text("Somebody else changed what is recorded").first.wait_for()
    assert_accessible(other)
    assert other.get_by_label("Reason").input_value() == "Most of it is there"
    press(other, "Replace what is recorded")
    assert AgreedPosition.objects.get().level == 3
    follow(other, "Previous")
    assert_accessible(other)


def both_accept_the_medians(page: Page, other: Page, round_: Round) -> None:
    """They are recorded once; the second is told that what was listed is no longer to be had."""
    follow(page, "Board discussion")
    follow(page, "Accept the median")
    assert_accessible(page)
    other.goto(reverse("assessments:accept_medians", args=[round_.pk]))
    assert_accessible(other)
    press(page, "Accept these medians")
    page.get_by_text("12 of 13 agreed").wait_for()
    assert AgreedPosition.objects.filter(method=AgreedBy.MEDIAN).count() == 11
    press(other, "Accept these medians")
    other.get_by_text("Nothing is recorded.").first.wait_for()
    assert_accessible(other)


def withdraw_the_second(page: Page, round_: Round) -> None:
    page.goto(reverse("assessments:withdraw_agreement", args=[round_.pk, "DB-Q2"]))
    assert_accessible(page)
    press(page, "Withdraw it")
    assert not AgreedPosition.objects.filter(indicator__code="DB-Q2").exists()
