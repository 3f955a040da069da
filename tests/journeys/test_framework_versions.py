"""A content admin makes a new version of a framework in the browser, and a board compares its round with last year's.

The admin's own pages are looked at by axe in test_admin_pages.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from assessments import actions
from assessments.models import Round
from frameworks.models import FrameworkVersion
from organisations.models import Organisation, User
from tests.factories import lead_of, make_round, submit_all
from tests.journeys.conftest import arrive_by, assert_accessible, follow, press
from tests.journeys.test_policy_in_the_browser import complaints, let_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NEW_TEXT = "The board asks who is left out by digital care."


@dataclass(frozen=True)
class Edited:
    """By what becomes of them, the codes of three indicators of one section."""

    moved: str
    reworded: str
    retired: str
    section: str

    @classmethod
    def of(cls, version: FrameworkVersion) -> "Edited":
        section = version.sections.all()[0]
        codes = list(section.indicators.for_variant("organisation").values_list("code", flat=True)[:3])
        return cls(codes[0], codes[1], codes[2], section.title)


@pytest.fixture
def last_year(trust: Organisation, wgll: FrameworkVersion) -> Round:
    at = timezone.now() - dt.timedelta(days=300)
    return make_round(trust, wgll, members=5, state="closed", at=at, answers=lambda member, place: 2 + member % 2)


def test_a_new_version_from_its_draft_to_a_trend_that_names_what_it_rests_on(
    wgll: FrameworkVersion, last_year: Round, arrive: Callable[..., Page], live_server: LiveServer
) -> None:
    page, edited = arrive(), Edited.of(wgll)
    let_in(page.context, live_server, User.objects.create_superuser("staff@board.example", "Staff"))
    said = complaints(page)
    make_the_draft(page, wgll)
    rename_two_sections(page, wgll)
    edit_the_indicators(page, edited)
    look_at_the_changes_and_publish(page, edited)
    page.goto(f"/admin/frameworks/frameworkversion/{wgll.pk}/wording/")
    assert_accessible(page)
    page.goto(f"/admin/frameworks/frameworkversion/{wgll.pk}/retire/")
    press(page, "Retire WGLL 2021-10")
    assert said == []
    the_trend_names_what_it_rests_on(arrive(person=lead_of(last_year)), last_year, edited)


def make_the_draft(page: Page, wgll: FrameworkVersion) -> None:
    page.goto(f"/admin/frameworks/frameworkversion/{wgll.pk}/tree/")
    follow(page, "New draft from this version")
    page.get_by_label("Code of the new version").fill("2027")
    press(page, "Make the draft")
    draft = FrameworkVersion.objects.get(code="2027")
    page.goto(f"/admin/frameworks/frameworkversion/{draft.pk}/tree/")


def rename_two_sections(page: Page, wgll: FrameworkVersion) -> None:
    for section in wgll.sections.all()[:2]:
        exactly(page, f"Edit {section.title}")
        field(page, "title").fill(f"{section.title}, renamed")
        press(page, "Save")


def edit_the_indicators(page: Page, edited: Edited) -> None:
    page.get_by_role("button", name=f"Move down {edited.moved}", exact=True).click()
    expect(page.locator("[data-news]")).not_to_be_empty()  # it moves without another page
    exactly(page, f"Edit {edited.reworded}")
    text = field(page, "text")
    text.fill(f"{text.input_value()} Every year.")
    press(page, "Save")
    exactly(page, f"Remove {edited.retired}")
    press(page, "Remove it")
    exactly(page, f"Add an indicator to {edited.section}, renamed")
    field(page, "code").fill("WL-NEW-1")
    field(page, "text").fill(NEW_TEXT)
    field(page, "variant").select_option("both")
    field(page, "wording").select_option("seen")
    press(page, "Save")


def exactly(page: Page, name: str) -> None:
    """Follow the link of this very name: others begin with it."""
    arrive_by(page.get_by_role("link", name=name, exact=True))


def field(page: Page, name: str) -> Locator:
    """A field of the part that is open in the tree."""
    return page.locator(f'[name="part-{name}"]')


def look_at_the_changes_and_publish(page: Page, edited: Edited) -> None:
    follow(page, "Check and publish")
    shown = page.locator("#content").inner_text()
    for heading in ("New (1)", "No longer asked (1)", "Worded otherwise (1)", "Moved (1)", "Around the indicators (2)"):
        assert heading in shown
    assert "Every year." in page.locator("ins").first.inner_text()
    press(page, "Publish WGLL 2027")
    page.goto("/frameworks/wgll/2027/")
    follow(page, "What changed since 2021-10")
    assert_accessible(page)


def the_trend_names_what_it_rests_on(page: Page, last_year: Round, edited: Edited) -> None:
    """The lead starts a round in the browser; members answer, and it is closed."""
    page.goto(f"/organisations/{last_year.organisation.ods_code}/rounds/new/")
    page.get_by_label("What Good Looks Like").check()
    press(page, "Continue")
    page.get_by_label("digital lead").uncheck()
    press(page, "Save the draft")
    press(page, "Open the round")
    round_ = Round.objects.latest("pk")
    submit_all(round_, lambda member, place: 3)
    actions.close_round(by=lead_of(last_year), round_=round_, count_unsubmitted=False)
    page.goto(f"/rounds/{round_.pk}/results/")
    assert_accessible(page)
    assert "Left out: 1 not asked in the last round" in page.locator("#summary").inner_text()
    assert f"reworded since, with the same meaning: {edited.reworded}" in page.locator("#method").inner_text()
    left_out = page.get_by_role("table", name="What it does not rest on: not asked alike in both rounds").get_by_role(
        "row"
    )
    said = " ".join(left_out.all_inner_texts())
    assert f"WL-NEW-1 {NEW_TEXT}" in said
    assert "Asked in the last round only" in said.partition(edited.retired)[2]
