"""Awkward moments in which an answer could be lost, put back or misreported: news while typing, a late reply."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from playwright.sync_api import APIResponse, Locator, Page, Route, expect

from assessments import actions
from assessments.models import Answer, Response
from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from tests.factories import make_round
from tests.journeys.answering import click, questions, radio, saved, told
from tests.journeys.conftest import mailed_code, press

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SAVING = "**/answers/**"
QUIET = 1200  # milliseconds: longer than a pause in typing and a save


@pytest.fixture
def response(trust: Organisation, digital_boards: FrameworkVersion) -> Response:
    found: Response = make_round(trust, digital_boards).responses.order_by("pk")[0]
    return found


@pytest.fixture
def sit_down(response: Response, enter: Callable[..., Page]) -> Callable[..., Page]:
    """The member signs in and opens a section; `before` is done to the page first."""

    def come(before: Callable[[Page], object] | None = None) -> Page:
        page = enter(response.person)
        if before:
            before(page)
        page.goto(address(response))
        return page

    return come


def address(response: Response) -> str:
    return f"/responses/{response.pk}/sections/shared-purpose/"


def first(page: Page) -> tuple[str, int]:
    """The first question: the name of its field, and its indicator."""
    name = questions(page)[0]
    return name, int(name.split("-")[1])


def note(page: Page) -> Locator:
    """The box for a note on the first question, unfolded."""
    box = page.get_by_label("Note to self").first
    if not box.is_visible():
        page.locator("summary", has_text="Add a comment").first.click()
    return box


def on_the_phone(response: Response, indicator: int, **said: Any) -> Answer:
    """The same member, elsewhere, now."""
    given = actions.GivenAnswer(indicator, **said)
    actions.save_answers(response=response, answers=[given])
    return response.answers.get(indicator=indicator)


def look_again(page: Page) -> None:
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def sign_in_again(page: Page, response: Response) -> None:
    cache.clear()
    page.get_by_label("Your work e-mail address").fill(response.person.email)
    press(page, "Send me a code")
    page.get_by_label("Six-character code").fill(mailed_code(response.person))
    press(page, "Sign in")


def test_what_was_kept_from_before_signing_in_never_undoes_what_came_after(
    response: Response, sit_down: Callable[..., Page]
) -> None:
    page = sit_down()
    name, indicator = first(page)
    click(page, name, "2")
    saved(page)
    on_the_phone(response, indicator, level=4)
    Session.objects.all().delete()
    press(page, "Save and continue")
    sign_in_again(page, response)
    expect(radio(page, name, "4")).to_be_checked()
    click(page, name, "3")
    saved(page)
    page.goto(address(response))
    page.wait_for_timeout(QUIET)
    expect(radio(page, name, "3")).to_be_checked()
    assert response.answers.get().level == 3


def test_what_was_typed_before_signing_in_is_saved_without_another_press(
    response: Response, sit_down: Callable[..., Page]
) -> None:
    """The page is sent by its button while the script cannot be had, then opened with it."""
    page = sit_down(lambda page: page.route("**/sitting*.mjs", lambda route: route.abort()))
    note(page).fill("Typed before")
    Session.objects.all().delete()
    press(page, "Save and continue")
    page.unroute("**/sitting*.mjs")
    sign_in_again(page, response)
    saved(page)
    assert response.answers.get().note == "Typed before"
    page.reload()
    page.wait_for_timeout(QUIET)
    assert page.get_by_text("You were signed out before this page was saved").count() == 0


def test_news_does_not_replace_what_is_being_typed(response: Response, sit_down: Callable[..., Page]) -> None:
    page = sit_down()
    _, indicator = first(page)
    note(page).fill("first")
    saved(page)
    on_the_phone(response, indicator, level=3)
    note(page).press_sequentially(" and more")
    look_again(page)
    page.wait_for_timeout(QUIET)
    assert page.get_by_label("Note to self").first.input_value() == "first and more"
    assert response.answers.get().note == "first and more"


def test_a_reply_that_was_overtaken_puts_nothing_back(response: Response, sit_down: Callable[..., Page]) -> None:
    page = sit_down()
    name, indicator = first(page)
    on_the_phone(response, indicator, comment="Words")
    held: list[tuple[Route, APIResponse]] = []

    def hold(route: Route) -> None:
        if route.request.method == "GET":
            held.append((route, route.fetch()))
        else:
            route.continue_()

    page.route(SAVING, hold)
    look_again(page)
    page.wait_for_timeout(QUIET)
    click(page, name, "3")
    saved(page)
    [(route, answer)] = held
    route.fulfill(response=answer)
    page.wait_for_timeout(QUIET)
    expect(radio(page, name, "3")).to_be_checked()
    assert response.answers.get().level == 3


def test_the_warning_stays_while_a_signed_out_member_types_on(
    response: Response, sit_down: Callable[..., Page]
) -> None:
    page = sit_down()
    name, _ = first(page)
    Session.objects.all().delete()
    click(page, name, "2")
    told(page, "You have been signed out")
    note(page).press_sequentially("words")
    page.wait_for_timeout(QUIET)
    told(page, "You have been signed out")
    page.get_by_role("button", name="Save and continue").click()
    told(page, "You have been signed out")
    assert page.get_by_role("link", name="Sign in again").is_visible()


def test_tablets_of_some_years_ago_save_as_well(response: Response, sit_down: Callable[..., Page]) -> None:
    page = sit_down(lambda page: page.add_init_script("delete AbortSignal.timeout; delete crypto.randomUUID"))
    click(page, first(page)[0], "2")
    saved(page)
    assert response.answers.get().level == 2


def test_what_is_chosen_before_the_script_has_come_is_saved(response: Response, sit_down: Callable[..., Page]) -> None:
    page = sit_down()

    def slowly(route: Route) -> None:
        time.sleep(1.5)
        route.continue_()

    page.route("**/sitting*.mjs", slowly)
    page.goto(address(response), wait_until="commit")
    page.locator("fieldset input").nth(2).check()
    saved(page)
    assert response.answers.get().level == 3


def test_words_that_were_beaten_are_still_there_to_copy(response: Response, sit_down: Callable[..., Page]) -> None:
    page = sit_down()
    _, indicator = first(page)
    page.route(SAVING, lambda route: route.abort())
    note(page).fill("Written on the train")
    told(page, "There is no connection")
    on_the_phone(response, indicator, note="From home")
    page.unroute(SAVING)
    saved(page)
    place = page.locator(f"#question-{indicator}")
    expect(place).to_contain_text("You had typed here: “Written on the train”")
    on_the_phone(response, indicator, level=3)
    look_again(page)
    expect(radio(page, f"answer-{indicator}", "3")).to_be_checked()
    expect(place).to_contain_text("Written on the train")
    assert page.get_by_label("Note to self").first.input_value() == "From home"


def test_saved_is_not_said_while_something_is_too_long(response: Response, sit_down: Callable[..., Page]) -> None:
    page = sit_down()
    note(page).fill("x" * 2001)
    told(page, "too long")
    click(page, first(page)[0], "2")
    page.wait_for_timeout(QUIET)
    told(page, "too long")
    assert response.answers.get().level == 2


@pytest.mark.parametrize(
    "text", ["\nAn empty line first", "one\n  two\n\n\nthree ", '<b>&amp;</b> "quoted"', "مرحبا 🙂"]
)
def test_words_come_back_as_they_were_typed(response: Response, sit_down: Callable[..., Page], text: str) -> None:
    page = sit_down()
    _, indicator = first(page)
    note(page).fill(text)
    saved(page)
    page.reload()
    assert page.get_by_label("Note to self").first.input_value() == text
    press(page, "Save and continue")
    assert response.answers.get(indicator=indicator).note == text
    assert response.answers.get(indicator=indicator).revision == 1
