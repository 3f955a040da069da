"""A newcomer lead's first round, and the next one as last time, in a browser: wide, and on a telephone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Round
from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from tests.factories import make_lead, make_round, make_seat
from tests.journeys.conftest import arrive_by, assert_accessible, follow, press

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 375])
def test_from_nothing_to_an_open_round_in_two_screens(
    width: int, trust: Organisation, digital_boards: FrameworkVersion, enter: Callable[..., Page]
) -> None:
    lead = make_lead(trust)
    seats = [make_seat(trust) for _ in range(6)]
    page = enter(lead, width=width)
    press(page, "Rounds and what they need today")
    page.get_by_text("There has been none yet.").wait_for()
    assert_accessible(page)
    press(page, "Start a new round")
    assert_accessible(page)
    page.get_by_label("Digital Boards").check()
    press(page, "Continue")
    assert_accessible(page)
    for line in page.locator("summary").all():  # everything behind lines is on the page, and left as it is but for two
        line.click()
    assert_accessible(page)
    page.get_by_label("Which level is the board aiming for?").select_option("3")
    first = digital_boards.sections.all()[0]
    page.get_by_label(first.title, exact=True).and_(page.locator("select")).select_option("4")
    page.get_by_label("14 days before closing").check()
    page.get_by_label("digital lead").uncheck()
    press(page, "Save the draft")
    page.get_by_text("Ready to open.").wait_for()
    page.get_by_text(f"Level 4: {first.title}").wait_for()
    assert_accessible(page)
    press(page, "Open the round")
    expect(page.get_by_role("button", name="Read the results")).to_be_disabled()
    assert_accessible(page)
    follow(page, "All rounds")
    page.get_by_text("28 days left").wait_for()
    assert_accessible(page)
    round_ = Round.objects.get()
    assert (round_.is_open, round_.responses.count(), round_.reminder_days) == (True, len(seats), [14, 7, 1])
    assert set(round_.scope.values_list("target", flat=True)) == {3, 4}


def test_the_next_round_as_last_time(
    trust: Organisation, digital_boards: FrameworkVersion, enter: Callable[..., Page]
) -> None:
    last = make_round(trust, digital_boards, state="closed", target=2)
    make_seat(trust, "Ada Quince")
    page = enter(last.started_by, width=375)
    press(page, "Rounds and what they need today")
    assert_accessible(page)
    arrive_by(page.get_by_role("table").get_by_role("link").first)
    assert_accessible(page)
    press(page, "Start again as last time")
    page.get_by_text("it is the same version").wait_for()
    assert_accessible(page)
    page.get_by_label("Ada Quince").check()
    press(page, "Save the draft")
    page.get_by_text("Ready to open.").wait_for()
    assert trust.rounds.running().get().responses.count() == last.responses.count() + 1
