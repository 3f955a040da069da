"""A member answers 94 questions in every way in which things can go: what is stored is exactly what was given.

The portal runs as in earnest, in processes of its own.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Page, expect

from assessments import actions
from assessments.models import Answer, Response
from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from tests.factories import lead_of, make_round
from tests.journeys.answering import (
    answer_all,
    answer_section,
    click,
    go_on,
    plan_for,
    press,
    questions,
    radio,
    saved,
    stored_plan,
    tab_until,
    tap,
    told,
)
from tests.journeys.conftest import assert_accessible, session_cookie
from tests.journeys.portal_process import PortalProcess

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def process() -> Iterator[PortalProcess]:
    process = PortalProcess()
    yield process
    process.kill()


@pytest.fixture
def portal(db: None, process: PortalProcess) -> PortalProcess:
    """Running: a test begins with what the one before has left of it, as starting takes as long as many a test."""
    if not process.is_running:
        process.start()
    return process


@pytest.fixture
def response(trust: Organisation, wgll: FrameworkVersion) -> Response:
    found: Response = make_round(trust, wgll, members=5).responses.order_by("pk")[0]
    return found


@pytest.fixture
def sit_down(portal: PortalProcess, browser: Browser) -> Iterator[Callable[..., Page]]:
    """A browser in which the member is signed in, at the first section."""
    contexts = []

    def come(response: Response, *, width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(
            base_url=portal.url, viewport={"width": width, "height": 900}, locale="en-GB", **options
        )
        contexts.append(context)
        context.add_cookies([session_cookie(response.person, portal.url)])
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(f"/responses/{response.pk}/sections/{first_section(response)}/")
        return page

    yield come
    for context in contexts:
        context.close()


def first_section(response: Response) -> str:
    return str(response.round.sections.order_by("order")[0].code)


def test_by_keyboard_alone(response: Response, sit_down: Callable[..., Page]) -> None:
    plan = plan_for(response)
    page = sit_down(response)

    def leave(page: Page) -> None:
        tab_until(page, "document.activeElement.textContent.trim() === 'Save and continue'")
        page.keyboard.press("Enter")

    answer_all(page, plan, press, leave)
    assert stored_plan(response) == plan
    tab_until(page, "document.activeElement.textContent.trim() === 'Submit my answers'")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    response.refresh_from_db()
    assert response.is_submitted


def test_by_touch_on_a_telephone(response: Response, sit_down: Callable[..., Page]) -> None:
    plan = plan_for(response)
    page = sit_down(response, width=375, has_touch=True, is_mobile=True)
    answer_all(page, plan, tap, lambda page: page.get_by_role("button", name="Save and continue").tap())
    assert stored_plan(response) == plan


def test_without_javascript(response: Response, sit_down: Callable[..., Page]) -> None:
    plan = plan_for(response)
    page = sit_down(response, java_script_enabled=False)
    names = list(plan)
    while "/sections/" in page.url:
        on_page = [name for name in names if page.locator(f'[name="{name}"]').count()]
        for name in on_page:
            click(page, name, plan[name])
        go_on(page)
    assert stored_plan(response) == plan


def test_each_answer_is_stored_before_any_button_is_pressed(response: Response, sit_down: Callable[..., Page]) -> None:
    """And the live region says so once, not after every answer."""
    plan = plan_for(response)
    page = sit_down(response)
    page.evaluate(
        """() => {
          window.said = []
          const region = document.querySelector('[data-save-news]')
          new MutationObserver(() => window.said.push(region.textContent)).observe(region, { childList: true })
        }"""
    )
    names = questions(page)
    answer_section(page, plan)
    saved(page)
    assert stored_plan(response) == {name: plan[name] for name in names}
    assert page.evaluate("window.said") == ["Saved. Every answer is saved as you make it."]


def test_the_network_is_cut_and_comes_back(response: Response, sit_down: Callable[..., Page]) -> None:
    plan = plan_for(response)
    page = sit_down(response)
    names = questions(page)
    for name in names[:4]:
        click(page, name, plan[name])
    saved(page)
    page.context.set_offline(True)
    for name in names[4:]:
        click(page, name, plan[name])
    told(page, "There is no connection at the moment")
    assert_accessible(page)
    assert stored_plan(response) == {name: plan[name] for name in names[:4]}
    page.get_by_role("button", name="Save and continue").click()  # leads nowhere, and loses nothing
    assert all(radio(page, name, plan[name]).is_checked() for name in names)
    page.context.set_offline(False)
    saved(page)
    assert stored_plan(response) == {name: plan[name] for name in names}
    answer_all(page, plan)
    assert stored_plan(response) == plan


def test_what_a_device_could_not_send_is_there_after_it_was_switched_off(
    response: Response, sit_down: Callable[..., Page]
) -> None:
    plan = plan_for(response)
    page = sit_down(response)
    name, note = questions(page)[0], questions(page)[0].replace("answer", "note")
    page.context.set_offline(True)
    click(page, name, plan[name])
    page.get_by_text("Add a comment or note").first.click()
    page.get_by_label("Note to self").first.fill("Written on the train")
    told(page, "There is no connection at the moment")
    expect(page.locator('[data-save-bar][data-is="waiting"]')).to_be_visible()
    page.wait_for_function("Object.keys(localStorage).length === 2")
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "Written on the train" not in kept
    assert f'"{plan[name]}"' not in kept
    context, address = page.context, page.url
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(address)
    saved(page)
    assert radio(page, name, plan[name]).is_checked()
    assert stored_plan(response) == {name: plan[name]}
    assert response.answers.get().note == "Written on the train"
    assert note in page.content()
    assert page.evaluate("localStorage.length") == 0


def test_the_server_is_killed_and_started_again(
    response: Response, sit_down: Callable[..., Page], portal: PortalProcess
) -> None:
    plan = plan_for(response)
    page = sit_down(response)
    names = questions(page)
    for number, name in enumerate(names):
        click(page, name, plan[name])
        if number % 5 == 2:
            portal.kill()
        if number % 5 == 4:
            told(page, "There is no connection")
            portal.start()
    saved(page)
    assert stored_plan(response) == {name: plan[name] for name in names}
    go_on(page)
    answer_all(page, plan)
    assert stored_plan(response) == plan


def test_the_session_ends_mid_way(response: Response, sit_down: Callable[..., Page], portal: PortalProcess) -> None:
    """Signing in again leads back to the very question, with what was chosen; nobody else gets to see it."""
    plan = plan_for(response)
    page = sit_down(response)
    names = questions(page)
    for name in names[:5]:
        click(page, name, plan[name])
    saved(page)
    Session.objects.all().delete()
    click(page, names[5], plan[names[5]])
    told(page, "You have been signed out")
    click(page, names[6], plan[names[6]])
    assert_accessible(page)
    assert stored_plan(response) == {name: plan[name] for name in names[:5]}
    with page.expect_navigation():
        page.get_by_role("link", name="Sign in again").click()
    assert "sign-in" in page.url
    back = page.locator('input[name="next"]').first.get_attribute("value")
    assert back == f"/responses/{response.pk}/sections/{first_section(response)}/#question-{names[6].split('-')[1]}"

    other = response.round.responses.order_by("pk")[1]
    page.context.add_cookies([session_cookie(other.person, portal.url)])
    page.goto(f"/responses/{other.pk}/sections/{first_section(response)}/")
    page.wait_for_load_state("networkidle")
    assert stored_plan(other) == {}

    page.context.add_cookies([session_cookie(response.person, portal.url)])
    page.goto(back)
    saved(page)
    assert page.evaluate("localStorage.length") == 0
    assert stored_plan(response) == {name: plan[name] for name in names[:7]}
    answer_all(page, plan)
    assert stored_plan(response) == plan
    assert not Answer.objects.exclude(response=response).exists()


def test_two_tabs(response: Response, sit_down: Callable[..., Page]) -> None:
    """Each changes its own answers and some of the other's: the later change stands, and the other tab says so."""
    plan = plan_for(response)
    one = sit_down(response)
    two = one.context.new_page()
    two.set_default_timeout(30_000)
    two.goto(one.url)
    names = questions(one)
    for number, name in enumerate(names):
        click((one, two)[number % 2], name, "1" if number < 4 else plan[name])
    for page in (one, two):
        saved(page)
    for number, name in enumerate(names[:4]):  # the other way round
        click((two, one)[number % 2], name, plan[name])
    for page in (one, two):
        saved(page)
        for name in names:
            expect(radio(page, name, plan[name])).to_be_checked()
        page.get_by_text("This was changed in another window or on another device").first.wait_for()
    assert_accessible(two)
    assert stored_plan(response) == {name: plan[name] for name in names}
    two.close()
    answer_all(one, plan)
    assert stored_plan(response) == plan


def test_two_devices(response: Response, sit_down: Callable[..., Page]) -> None:
    """The other device learns of it with its own next change, or when it is looked at again."""
    one, two = sit_down(response), sit_down(response)
    first, second, *_ = questions(one)
    click(one, first, "2")
    saved(one)
    click(two, second, "3")
    saved(two)
    expect(radio(two, first, "2")).to_be_checked()
    assert stored_plan(response) == {first: "2", second: "3"}


def test_words_that_are_too_long_are_kept_until_they_are_shortened(
    response: Response, sit_down: Callable[..., Page]
) -> None:
    page = sit_down(response)
    page.get_by_text("Add a comment or note").first.click()
    box = page.get_by_label("Comment for the board").first
    box.fill("x" * 2001)
    told(page, "too long")
    page.get_by_text("Shorten what you wrote here to 2000 characters").wait_for()
    assert_accessible(page)
    page.reload()
    told(page, "too long")
    assert page.get_by_label("Comment for the board").first.input_value() == "x" * 2001
    box.fill("x" * 2000)
    saved(page)
    assert response.answers.get().comment == "x" * 2000
    assert page.evaluate("localStorage.length") == 0


def test_the_round_closes_meanwhile(response: Response, sit_down: Callable[..., Page]) -> None:
    page = sit_down(response)
    first, *_ = questions(page)
    actions.close_round(by=lead_of(response.round), round_=response.round, count_unsubmitted=False)
    page.get_by_text("Add a comment or note").first.click()
    page.get_by_label("Comment for the board").first.fill("A minute too late")
    click(page, first, "4")
    told(page, "This round is closed")
    assert page.get_by_label("Comment for the board").first.input_value() == "A minute too late"
    assert_accessible(page)
    assert stored_plan(response) == {}


def test_the_back_button_shows_what_is_stored(response: Response, sit_down: Callable[..., Page]) -> None:
    plan = plan_for(response)
    page = sit_down(response)
    names = questions(page)
    answer_section(page, plan)
    go_on(page)
    page.go_back(wait_until="load")
    for name in names:
        expect(radio(page, name, plan[name])).to_be_checked()
    click(page, names[0], "3")
    saved(page)
    assert stored_plan(response) == {name: plan[name] for name in names} | {names[0]: "3"}


def test_what_is_being_typed_is_not_replaced_under_the_members_hands(
    response: Response, sit_down: Callable[..., Page]
) -> None:
    """The other window's words came earlier; the ones still being typed come later, so they stand."""
    one = sit_down(response)
    two = one.context.new_page()
    two.goto(one.url)
    for page in (one, two):
        page.get_by_text("Add a comment or note").first.click()
    box = two.get_by_label("Note to self").first
    box.press_sequentially("Still at ")
    one.get_by_label("Note to self").first.fill("In the other window")
    one.get_by_label("Note to self").first.blur()
    saved(one)
    for _ in range(12):  # longer than the other window's save takes, never as long as a pause in typing
        box.press_sequentially("it ", delay=50)
    assert box.input_value().startswith("Still at it it")
    box.blur()
    saved(two)
    assert response.answers.get().note == box.input_value()
