"""The page with all indicators: whose view it is, and what the lead does next; and rounds that nobody answered."""

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Round
from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from tests.factories import lead_of, make_round

CLOSED_PAGES = [
    *("assessments:round", "assessments:comments", "assessments:discussion", "assessments:accept_medians"),
    *("assessments:round_actions", "assessments:new_action", "assessments:chase", "assessments:reopen_round"),
    *("reports:results", "reports:indicators", "reports:report_pdf", "reports:agenda", "reports:sign_off"),
]


def page(client: Client, round_: Round, query: str = "") -> str:
    answered = client.get(reverse("reports:indicators", args=[round_.pk]) + query)
    assert answered.status_code == 200
    return answered.content.decode()


@pytest.fixture
def round_(trust: Organisation, digital_boards: FrameworkVersion) -> Round:
    return make_round(trust, digital_boards, members=6, state="closed", answers=lambda member, indicator: 2)


def test_a_lead_goes_on_from_each_indicator(client: Client, round_: Round) -> None:
    client.force_login(lead_of(round_))
    shown = page(client, round_)
    for code in round_.indicators().values_list("code", flat=True):
        discuss = reverse("assessments:discuss", args=[round_.pk, code])
        assert shown.count(f'href="{discuss}"') == 1
        assert shown.count(f'href="{reverse("assessments:new_action", args=[round_.pk])}?indicator={code}"') == 1
        assert client.get(discuss).status_code == 200


def test_a_member_is_offered_nothing_that_is_the_leads(client: Client, round_: Round) -> None:
    member = round_.responses.exclude(person=lead_of(round_))[0].person
    client.force_login(member)
    shown = page(client, round_)
    assert "Add an action" not in shown
    assert reverse("assessments:discussion", args=[round_.pk]) not in shown


def test_both_sides_of_the_board_are_a_choice_and_never_one_alone(client: Client, round_: Round) -> None:
    client.force_login(lead_of(round_))
    assert "?view=sides" in page(client, round_)
    shown = page(client, round_, "?view=sides")
    assert "The two sides of the board cannot be compared" in shown
    assert "There is no view of one side alone" in shown
    assert "DB-" not in shown, "nothing by indicator"


def test_a_round_that_nobody_answered_works_everywhere(
    client: Client, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    """Also as the round before another, and once without any publication at all."""
    round_ = make_round(trust, digital_boards, members=6, state="closed")
    client.force_login(lead_of(round_))
    for kept in (True, False):
        if not kept:
            round_.publications.all().delete()
        for name in CLOSED_PAGES:
            assert client.get(reverse(name, args=[round_.pk])).status_code == 200, (name, kept)
        assert "Nobody answered" in page(client, round_, "?view=sides") or kept
