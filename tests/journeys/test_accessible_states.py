"""A member's pages in every state: axe, and what the accessibility tree says, wide and at 400% zoom."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from assessments.models import Response
from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from tests.journeys.accessibility import cut_off, faults_of_tree, read_with, small_targets, stops
from tests.journeys.answering import tab_until
from tests.journeys.conftest import assert_accessible
from tests.journeys.member_states import STATES, Scene, State

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WIDE = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=375, height=667)
ZOOMED = ViewportSize(width=320, height=256)  # 1280 by 1024 at 400% (WCAG 2.2, 1.4.10)
# What a reader may set without losing anything (WCAG 2.2, 1.4.12), and text at twice its size (1.4.4).
TEXT_SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
    "p { margin-bottom: 2em !important; }"
)
TWICE_THE_SIZE = "html { font-size: 200% !important; }"


@pytest.fixture
def scene(trust: Organisation, digital_boards: FrameworkVersion, leadership: FrameworkVersion) -> Scene:
    return Scene(trust, digital_boards, leadership)


@pytest.fixture
def visit(scene: Scene, arrive: Callable[..., Page]) -> Callable[[State], Page]:
    """The page in that state, in front of the member or of whom it is for."""

    def go(state: State) -> Page:
        response: Response = state.arrange(scene)
        page = arrive(state.address(response), person=state.visitor(response))
        state.then(page, response)
        return page

    return go


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_nothing_stands_in_anybodys_way(state: State, visit: Callable[[State], Page]) -> None:
    page = visit(state)
    for size in (WIDE, ZOOMED):
        page.set_viewport_size(size)
        assert_accessible(page)
        assert faults_of_tree(page) == []
        assert small_targets(page) == []


SORTS = [
    "my assessments: one to do, one closed",
    "task list: half",
    "section: everything opened",
    "section: offline",
    "section: too long",
    "leadership section: half",
    "check: unanswered",
    "check: submitted",
    "receipt: open",
    "share: shared",
    "shared with the chair",
]


@pytest.mark.parametrize("size", [WIDE, PHONE, ZOOMED], ids=["wide", "phone", "zoomed"])
@pytest.mark.parametrize("name", SORTS)
def test_the_focus_follows_the_page_and_is_always_in_sight(
    name: str, size: ViewportSize, visit: Callable[[State], Page]
) -> None:
    """Forwards and backwards, past the bar that stays at the foot of the window (WCAG 2.2, 2.4.3 and 2.4.11)."""
    page = visit(STATES[name])
    page.set_viewport_size(size)
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0); getSelection().removeAllRanges()")
    page.locator("body").evaluate("body => { body.tabIndex = -1; body.focus(); body.removeAttribute('tabindex') }")
    for key, direction in (("Tab", 1), ("Shift+Tab", -1)):
        way = stops(page, key)
        assert len(way) > 5
        assert [stop.order for stop in way] == sorted((stop.order for stop in way), reverse=direction < 0)
        assert [stop for stop in way if not stop.is_in_sight] == []


@pytest.mark.parametrize("css", [TEXT_SPACING, TWICE_THE_SIZE], ids=["text spacing", "twice the size"])
@pytest.mark.parametrize("name", SORTS)
def test_text_can_be_spaced_and_enlarged(name: str, css: str, visit: Callable[[State], Page]) -> None:
    page = visit(STATES[name])
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        read_with(page, css)
        assert cut_off(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_state_of_saving_is_announced(visit: Callable[[State], Page]) -> None:
    """The region is there, and empty, before anything is said in it (WCAG 2.2, 4.1.3)."""
    page = visit(STATES["section: empty"])
    region = page.get_by_role("status")
    expect(region).to_have_text("")
    page.get_by_role("radio").first.check()
    expect(region).to_have_text("Saved. Every answer is saved as you make it.")


def test_the_first_stop_leads_past_the_header(visit: Callable[[State], Page]) -> None:
    page = visit(STATES["section: empty"])
    tab_until(page, "document.activeElement.classList.contains('nhsuk-skip-link')")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
