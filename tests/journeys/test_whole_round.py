"""A whole round by a lead who has never run one, from "New round" to sign-off, by what each screen offers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from assessments import actions
from assessments.models import Action, Answer, Round
from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from tests.factories import answer, make_lead, make_seat
from tests.journeys.conftest import assert_accessible, follow, press

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

MEMBERS = 14


def open_a_round(page: Page) -> Round:
    press(page, "Rounds and what they need today")
    press(page, "Start a new round")
    page.get_by_label("Digital Boards").check()
    press(page, "Continue")
    assert_accessible(page)
    press(page, "Save the draft")
    press(page, "Open the round")
    assert_accessible(page)
    return Round.objects.get()


def everybody_answers(round_: Round) -> None:
    """All alike but for the first indicator, on which the board is divided."""
    for place, response in enumerate(round_.responses.order_by("pk")):
        answer(response, lambda number, place=place: (1 if place % 2 else 4) if number == 0 else 3)  # type: ignore[misc]
        Answer.objects.filter(response=response).update(comment="Seen in one site" if place == 0 else "")
        actions.submit_response(response=response)


def close_and_choose_a_comment(page: Page) -> None:
    page.reload()
    press(page, "Close the round")
    assert_accessible(page)
    press(page, "Close the round now")
    assert_accessible(page)
    press(page, "Read members' comments and choose for the report")
    page.get_by_label("Seen in one site").first.check()
    assert_accessible(page)
    press(page, "Save what the report prints")
    follow(page, "The round")


def discuss(page: Page) -> None:
    press(page, "Discuss the results")
    press(page, "Start the discussion")
    page.get_by_text("Seen in one site").first.wait_for()
    page.get_by_label("2. ").check()
    page.get_by_label("Reason").fill("Half the sites have it")
    press(page, "Record what is agreed")
    follow(page, "Board discussion")
    follow(page, "Accept the median")
    press(page, "Accept these medians")
    page.get_by_text("13 of 13 agreed").wait_for()
    assert_accessible(page)


def plan_an_action(page: Page, round_: Round) -> None:
    follow(page, "The round")
    press(page, "Actions of this round")
    assert_accessible(page)
    press(page, "Add an action")
    page.get_by_label("What is it about?").select_option(index=1)
    page.get_by_label("What will be done?").fill("Bring the others up")
    page.get_by_label("Who sees to it?").select_option("role-chair")
    assert_accessible(page)
    press(page, "Add the action")
    assert Action.objects.get(round=round_).what == "Bring the others up"
    page.goto(f"/rounds/{round_.pk}/")


def sign_off(page: Page) -> None:
    press(page, "Sign off the round")
    assert_accessible(page)
    press(page, "Sign off the round")
    page.get_by_text("Version 1 of the report is kept.").wait_for()
    assert_accessible(page)


def test_from_new_round_to_sign_off(
    trust: Organisation, digital_boards: FrameworkVersion, sign_in: Callable[..., Page]
) -> None:
    lead = make_lead(trust)
    for _ in range(MEMBERS - 1):
        make_seat(trust)
    page = sign_in(lead)
    round_ = open_a_round(page)
    assert round_.responses.count() == MEMBERS
    everybody_answers(round_)
    close_and_choose_a_comment(page)
    discuss(page)
    plan_an_action(page, round_)
    sign_off(page)
    version = round_.report_versions.get()
    assert "Half the sites have it" in str(version.figures)
    assert "Seen in one site" in str(version.figures)
