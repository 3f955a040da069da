"""A round that closed without anybody's answers: its pages, its report, its sign-off and its way back."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.lifecycle import NotNow
from assessments.models import Publication, Response, Round
from assessments.queries.medians import medians_of
from assessments.queries.results import results_for
from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from reports.models import ReportVersion
from reports.pdf.drawing import draw_waiting
from tests.factories import lead_of, make_round

PAGES = [
    "reports:results", "reports:board_report", "reports:sign_off", "assessments:round", "assessments:comments",
    "assessments:discussion", "assessments:accept_medians", "assessments:as_last_time", "assessments:round_actions",
]  # fmt: skip


@pytest.fixture(params=["published", "without a publication"])
def round_(request: pytest.FixtureRequest, trust: Organisation, digital_boards: FrameworkVersion) -> Round:
    """Closed; without a publication it stands as rows from elsewhere would."""
    round_ = make_round(trust, digital_boards, state="closed")
    if request.param != "published":
        Publication.objects.filter(round=round_).delete()
    return round_


@pytest.fixture
def lead(round_: Round, client: Client) -> Client:
    client.force_login(lead_of(round_))
    return client


def address(name: str, round_: Round) -> str:
    return reverse(name, args=[round_.pk])


def sign_off_through_the_page(lead: Client, round_: Round) -> None:
    html = lead.get(address("reports:sign_off", round_)).content.decode()
    seen = re.search(r'name="seen" value="(\w{64})"', html)
    assert seen
    answered = lead.post(address("reports:sign_off", round_), {"seen": seen[1]})
    assert answered["Location"] == address("reports:results", round_)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_it_opens(lead: Client, round_: Round, name: str) -> None:
    assert lead.get(address(name, round_)).status_code == 200


def test_it_is_signed_off_through_the_page_and_its_report_is_made(lead: Client, round_: Round) -> None:
    sign_off_through_the_page(lead, round_)
    draw_waiting()
    version = ReportVersion.objects.get()
    assert bytes(version.file.content).startswith(b"%PDF")
    assert version.figures["summary"]["overall_score"] == "No score"
    round_.refresh_from_db()
    assert round_.is_signed_off


def test_it_is_taken_back_and_opened_again(lead: Client, round_: Round) -> None:
    sign_off_through_the_page(lead, round_)
    lead.post(address("reports:take_back_sign_off", round_), {"reason": "Nobody had the link"})
    later = timezone.localdate() + dt.timedelta(days=3)
    actions.reopen_round(by=lead_of(round_), round_=round_, closing_on=later, reason="Nobody had the link")
    actions.close_round(by=lead_of(round_), round_=round_, count_unsubmitted=False)
    for name in PAGES:
        assert lead.get(address(name, round_)).status_code == 200
    member: Response = round_.responses.all()[0]
    lead.force_login(member.person)
    assert lead.get(reverse("assessments:check", args=[member.pk])).status_code == 200


def test_there_is_no_median_to_accept(lead: Client, round_: Round) -> None:
    medians = medians_of(results_for(round_))
    assert (medians.offered, medians.not_shown) == ((), 13)
    with pytest.raises(NotNow):
        actions.accept_medians(by=lead_of(round_), round_=round_, listed=[], agreed_on=timezone.localdate())
