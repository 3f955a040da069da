"""What a device could not send: pages without fields send it, and where answering is over it can be copied."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from assessments import actions
from assessments.models import Response
from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from tests.factories import lead_of, make_round
from tests.journeys.conftest import assert_accessible

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SAVING = "**/answers/"


@pytest.fixture
def response(trust: Organisation, digital_boards: FrameworkVersion) -> Response:
    found: Response = make_round(trust, digital_boards).responses.order_by("pk")[0]
    return found


def hold_two_changes(page: Page, response: Response) -> None:
    """Choose and type while nothing gets through, so that the device keeps both."""
    page.route(SAVING, lambda route: route.abort())
    page.goto(f"/responses/{response.pk}/sections/shared-purpose/")
    page.locator("fieldset").first.locator('input[value="3"]').check()
    page.locator("summary", has_text="Add a comment").first.click()
    page.get_by_label("Note to self").first.fill("Ask at\nthe next board")
    page.get_by_label("Note to self").first.blur()
    page.locator('[data-save-bar][data-is="waiting"]').wait_for()
    until_held(page, 2)


def until_held(page: Page, changes: int) -> None:
    """Wait until the device holds so many changes, also while the page that sends them is drawn anew."""
    page.wait_for_function("changes => localStorage.length === changes", arg=changes)


@pytest.mark.parametrize("where", ["", "check/"])
def test_pages_without_fields_send_it(response: Response, enter: Callable[..., Page], where: str) -> None:
    page = enter(response.person)
    hold_two_changes(page, response)
    assert not response.answers.exists()
    page.unroute(SAVING)
    page.goto(f"/responses/{response.pk}/{where}")
    until_held(page, 0)
    stored = response.answers.get()
    assert (stored.level, stored.note) == (3, "Ask at\nthe next board")


def test_after_closing_it_is_shown_to_be_copied(response: Response, enter: Callable[..., Page]) -> None:
    page = enter(response.person, width=375)
    hold_two_changes(page, response)
    page.unroute(SAVING)
    actions.close_round(by=lead_of(response.round), round_=response.round, count_unsubmitted=False)
    page.goto(f"/responses/{response.pk}/check/")
    kept = page.get_by_role("region", name="Kept on this device, not saved")
    expect(kept.locator("dt")).to_contain_text(["My answer", "Note to self"])
    assert kept.locator("dd").all_inner_texts() == ["3. Mostly", "Ask at\nthe next board"]
    assert_accessible(page)
    kept.get_by_role("button", name="Remove it from this device").click()
    expect(kept).to_be_hidden()
    until_held(page, 0)
    assert not response.answers.exists()


def test_a_device_that_holds_nothing_says_nothing(response: Response, enter: Callable[..., Page]) -> None:
    page = enter(response.person)
    for path in ("", "check/"):
        page.goto(f"/responses/{response.pk}/{path}")
        expect(page.locator("[data-save-bar]")).to_be_hidden()
    actions.close_round(by=lead_of(response.round), round_=response.round, count_unsubmitted=False)
    page.goto(f"/responses/{response.pk}/check/")
    expect(page.locator("[data-kept]")).to_be_hidden()
