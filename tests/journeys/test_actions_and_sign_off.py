"""After the board has met: actions from the results, one of them changed by two leads at once, and the sign-off."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from assessments import actions
from assessments.models import Action
from frameworks.models import FrameworkVersion
from organisations.choices import OrganisationKind
from organisations.models import IcbMembership, Organisation
from reports.models import VersionPdf
from reports.pdf.drawing import draw_waiting
from tests.factories import LONG_AGO, lead_of, make_organisation, make_round
from tests.journeys.conftest import assert_accessible, follow, press

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def add_action(page: Page) -> None:
    follow(page, "Add an action on Shared purpose")
    assert page.get_by_label("What is it about?").input_value().startswith("section-")
    press(page, "Add the action")
    page.get_by_text("There is a problem").wait_for()
    assert_accessible(page)
    page.get_by_label("What is it about?").select_option(index=2)
    page.get_by_label("What will be done?").fill("Name a lead for cyber security")
    page.get_by_label("Who sees to it?").select_option("role-chair")
    page.get_by_label("Risk in the Board Assurance Framework").fill("BAF 4")
    press(page, "Add the action")
    page.get_by_text("The action is added.").wait_for()
    assert_accessible(page)


def change_it_after_somebody_else(page: Page) -> None:
    follow(page, "Name a lead for cyber security")
    assert_accessible(page)
    press(page, "Change this action")
    assert_accessible(page)
    action = Action.objects.get()
    theirs = actions.Planned(action.what, owner_role="chief_executive", risk=action.risk)
    actions.change_action(by=action.round.started_by, action=action, revision=1, planned=theirs, note="It is mine now")
    page.get_by_label("Under way").check()
    page.get_by_label("What happened?").fill("We met the team")
    press(page, "Save the change")
    page.get_by_text("It is mine now").wait_for()
    assert page.get_by_label("What happened?").input_value() == "We met the team"
    assert page.get_by_label("Who sees to it?").input_value() == "role-chief_executive"
    assert_accessible(page)
    press(page, "Save the change")
    page.get_by_text("The change is saved.").wait_for()
    assert_accessible(page)


def sign_off_and_download(page: Page) -> None:
    follow(page, "Sign off the round")
    assert_accessible(page)
    press(page, "Sign off the round")
    page.get_by_text("Version 1 of the report is kept.").wait_for()
    assert_accessible(page)
    follow(page, "Version 1 is being made: see how far it is")
    assert_accessible(page)
    draw_waiting()
    page.get_by_role("heading", name="The report is ready").wait_for()  # without pressing anything
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the board report (PDF)").click()
    assert download.value.path().read_bytes() == bytes(VersionPdf.objects.get().content)


def release_and_take_back(page: Page) -> None:
    follow(page, "Trust and ICS side by side")
    assert_accessible(page)
    press(page, "Release the figures")
    page.get_by_text("There is a problem").wait_for()
    assert_accessible(page)
    page.get_by_label("has agreed to this").check()
    press(page, "Release the figures")
    page.get_by_text("The figures are released.").wait_for()
    assert_accessible(page)
    press(page, "Take it back")
    page.get_by_text("No other board is shown the figures any more.").wait_for()


@pytest.mark.parametrize("width", [1280, 375])
def test_a_lead_plans_and_signs_off(
    trust: Organisation, digital_boards: FrameworkVersion, enter: Callable[..., Page], width: int
) -> None:
    icb = make_organisation("NHS Fenwick Integrated Care Board", OrganisationKind.ICB)
    IcbMembership.objects.create(trust=trust, icb=icb, starts_on=LONG_AGO)
    round_ = make_round(trust, digital_boards, members=5, state="closed", answers=lambda member, indicator: 2)
    page = enter(lead_of(round_), width=width)
    page.goto(reverse("reports:results", args=[round_.pk]))
    add_action(page)
    change_it_after_somebody_else(page)
    follow(page, "All actions of the board")
    page.get_by_text("Choose what to show").click()
    assert_accessible(page)
    page.get_by_label("How far").select_option("under_way")
    press(page, "Show these actions")
    page.get_by_text("1 of 1 actions").wait_for()
    page.goto(reverse("reports:results", args=[round_.pk]))
    assert_accessible(page)
    sign_off_and_download(page)
    page.goto(reverse("reports:results", args=[round_.pk]))
    follow(page, "Signed off: see what can be done")
    assert_accessible(page)
    release_and_take_back(page)
    page.goto(reverse("reports:sign_off", args=[round_.pk]))
    follow(page, "Take back the sign-off")
    page.get_by_label("Why is the sign-off taken back?").fill("A level was recorded wrongly")
    assert_accessible(page)
    press(page, "Take back the sign-off")
    page.get_by_text("The version that was signed off is kept.").wait_for()
    assert_accessible(page)
