"""The content security policy in a real browser: no page of ours breaks it, Django admin included."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from frameworks.models import FrameworkVersion
from organisations.models import Organisation, User
from tests.factories import make_round, make_seat
from tests.journeys.conftest import assert_accessible, follow, press
from tests.security.scene import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def let_in(context: BrowserContext, live_server: LiveServer, person: User) -> None:
    """Give the browser a session of its own, without the way through the sign-in page."""
    cookie = {"name": django_settings.SESSION_COOKIE_NAME, "value": sign_in(Client(), person), "url": live_server.url}
    context.add_cookies([cookie])  # type: ignore[list-item]  # playwright's own type of dictionary


def complaints(page: Page) -> list[str]:
    """From now on, what the browser says against a page. Django admin has no icon, which the browser asks for."""
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.location["url"].endswith("/favicon.ico"):
            said.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_django_admin_keeps_to_the_policy(
    trust: Organisation, wgll: FrameworkVersion, arrive: Callable[..., Page], live_server: LiveServer
) -> None:
    staff = User.objects.create_superuser("staff@board.example", "Staff")
    page = arrive()
    let_in(page.context, live_server, staff)
    said = complaints(page)
    person = make_seat(trust).person
    for path in (
        "/admin/",
        "/admin/organisations/user/?q=member",
        f"/admin/organisations/user/{person.pk}/change/",
        "/admin/organisations/organisation/add/",
        f"/admin/frameworks/frameworkversion/{wgll.pk}/change/",
        "/admin/frameworks/indicator/",
        f"/admin/organisations/user/{person.pk}/history/",
    ):
        page.goto(path)
        page.locator("#content h1").wait_for()
        assert said == [], path
    page.goto(f"/admin/organisations/user/{person.pk}/change/")
    page.get_by_role("button", name="Add another Seat").click()
    page.locator(".select2-selection").last.click()
    page.locator(".select2-search__field").fill("Fenwick")
    page.locator(".select2-results__option", has_text=trust.name).click()
    assert trust.name in page.locator(".select2-selection__rendered").last.inner_text()
    assert said == []


def test_a_stale_form_comes_back_and_can_be_sent_again(
    trust: Organisation, digital_boards: FrameworkVersion, arrive: Callable[..., Page], live_server: LiveServer
) -> None:
    response = make_round(trust, digital_boards).responses.all()[0]
    page = arrive(width=375)
    let_in(page.context, live_server, response.person)
    page.goto(f"/responses/{response.pk}/sections/{digital_boards.sections.all()[0].code}/")
    page.locator("fieldset").first.locator('input[value="3"]').check()
    page.context.clear_cookies()
    let_in(page.context, live_server, response.person)
    press(page, "Save and stop for now")
    page.get_by_role("heading", name="This has not been saved yet").wait_for()
    assert_accessible(page)
    press(page, "Send it again")
    page.get_by_text("Your answers are saved").wait_for()
    assert response.answers.get(level__isnull=False).level == 3


@pytest.mark.parametrize("width", [1280, 375])
def test_refusals_are_accessible(arrive: Callable[..., Page], width: int) -> None:
    page = arrive(width=width)
    page.goto("/%00")
    page.get_by_role("heading", name="The portal did not understand").wait_for()
    assert_accessible(page)
    field = page.evaluate_handle(
        """() => { const form = document.createElement("form"); form.method = "post"; form.action = "/sign-in/";
        const input = document.createElement("input"); input.name = "email"; input.value = "x".repeat(6000000);
        form.append(input); document.body.append(form); return form }"""
    )
    with page.expect_navigation():
        field.evaluate("form => form.submit()")
    page.get_by_role("heading", name="That is too much at once").wait_for()
    assert_accessible(page)


@pytest.mark.urls("tests.demo_urls")
@pytest.mark.parametrize("width", [1280, 375])
def test_the_mailbox_is_accessible(arrive: Callable[..., Page], settings: Settings, tmp_path: Path, width: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    settings.DEMO = True
    message = EmailMultiAlternatives("Your sign-in code", "Your code is\n\nABC123", "p@example.org", ["ann@b.example"])
    message.attach_alternative("<p style='color: rgb(0, 94, 184)'>Your code</p>", "text/html")
    message.send()
    page = arrive(width=width)
    follow(page, "Read the mail it sends")
    assert_accessible(page)
    follow(page, "Your sign-in code")
    page.get_by_text("ABC123").wait_for()
    assert_accessible(page)
    follow(page, "as a mail program")
    assert page.url.endswith("/html/")
    assert page.locator("p").evaluate("element => getComputedStyle(element).color") == "rgb(0, 94, 184)"
