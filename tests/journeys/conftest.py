"""Real Chromium against the running portal: coming in, and an accessibility check as a step."""

import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, Locator, Page
from pytest_django.live_server_helper import LiveServer

from organisations.models import User
from organisations.sign_in import second_factor
from tests.factories import app_code, give_second_factor, set_up_app

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium where there is one, else playwright's own. Root can only run it without the sandbox.

    The shell is Chromium without toolbars and tabs, which take as long to draw as the pages. One process draws all
    pages: else each has another one made ready that is then thrown away.
    """
    chromium = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "google-chrome"))), None)
    arguments = ["--no-sandbox", "--renderer-process-limit=1"]
    return {**browser_type_launch_args, "executable_path": chromium, "args": arguments}


@pytest.fixture
def arrive(live_server: LiveServer, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open an address of the portal in a browser of its own, as `person` if one is given; gives the page."""
    contexts = []
    cache.clear()  # its table outlives a test, and all of them sign in from one network address

    def come(path: str = "/", *, person: User | None = None, width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 900}, locale="en-GB", **options
        )
        contexts.append(context)
        if person:
            context.add_cookies([session_cookie(person, live_server.url)])
        page = context.new_page()
        page.set_default_timeout(45_000)  # a busy machine is no bug
        page.goto(path)
        return page

    yield come
    for context in contexts:
        context.close()


@pytest.fixture
def enter(arrive: Callable[..., Page]) -> Callable[..., Page]:
    """Somebody who has signed in, in a browser of their own; gives their first page."""
    return lambda person, **options: arrive(person=person, **options)


@pytest.fixture
def sign_in(arrive: Callable[..., Page]) -> Callable[..., Page]:
    """The same by way of the sign-in page."""

    def come(person: User, **options: Any) -> Page:
        if second_factor.is_required(person):
            set_up_app(person)
        page = arrive(**options)
        page.get_by_label("Your work e-mail address").fill(person.email)
        press(page, "Send me a code")
        page.get_by_label("Six-character code").fill(mailed_code(person))
        press(page, "Sign in")
        if second_factor.is_required(person):
            page.get_by_label("Code from your authenticator app").fill(app_code(person))
            press(page, "Continue")
        page.get_by_role("heading", name="My assessments", level=1).wait_for()
        return page

    return come


def session_cookie(person: User, url: str) -> Any:
    """For `BrowserContext.add_cookies`: somebody signed in at `url`, without the way through the sign-in page."""
    client = Client()
    client.force_login(person)
    if second_factor.is_required(person):
        give_second_factor(client, person)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


def press(page: Page, name: str) -> None:
    """Press the button called `name`, and be on the page that it leads to."""
    arrive_by(page.get_by_role("button", name=name))


def follow(page: Page, name: str) -> None:
    """Follow the link called `name`, and be on the page that it leads to."""
    arrive_by(page.get_by_role("link", name=name))


def arrive_by(control: Locator) -> None:
    """Click what leads to another page, and return when the whole of that page is there, however slow the server.

    A click alone returns while the next page is on its way or half there: a loop over its questions would miss some, a
    button of the same name might be the old one, the code might not be in the mailbox yet.
    """
    with control.page.expect_navigation():
        control.click()


def mailed_code(person: User) -> str:
    """The code in the newest mail to that person."""
    message = next(message for message in reversed(mail.outbox) if message.to == [person.email])
    found = re.search(r"^([A-Z0-9]{6})$", str(message.body), re.MULTILINE)
    assert found
    return found[1]


def assert_accessible(page: Page) -> None:
    """No finding of axe (WCAG 2.2 A and AA and its best practices), no sideways scrolling, one main heading."""
    # All that is wrong is told in full. What is not costs more to tell than to find out: it is cut short.
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    assert_not_too_wide(page)
    assert page.locator("h1").count() == 1, page.url


def assert_not_too_wide(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{page.url} scrolls sideways"
