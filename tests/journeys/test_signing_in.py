"""Second factors and sessions in a browser: an app and a passkey set up, a passkey used, a session kept alive."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from playwright.sync_api import Page
from pytest_django import Settings

from frameworks.models import FrameworkVersion
from organisations.models import Organisation, User
from tests.factories import code_of, make_lead, make_round, make_seat
from tests.journeys.conftest import assert_accessible, follow, mailed_code, press

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def give_device(page: Page) -> list[str]:
    """A telephone with a fingerprint sensor, as Chromium can play one. Gives the list of what the page was refused."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    telephone = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": telephone})
    refusals: list[str] = []
    page.on("console", lambda message: refusals.append(message.text) if message.type == "error" else None)
    return refusals


def enter_mailed_code(page: Page, person: User) -> None:
    page.get_by_label("Your work e-mail address").fill(person.email)
    press(page, "Send me a code")
    page.get_by_label("Six-character code").fill(mailed_code(person))
    press(page, "Sign in")


@pytest.mark.parametrize("width", [1280, 375])
def test_a_lead_adds_a_passkey_and_signs_in_with_it(
    trust: Organisation, arrive: Callable[..., Page], width: int
) -> None:
    lead = make_lead(trust)
    page = arrive(width=width)
    refusals = give_device(page)
    enter_mailed_code(page, lead)
    page.get_by_role("heading", name="Set up a second step first").wait_for()
    assert_accessible(page)
    press(page, "Add a passkey")
    page.get_by_label("Name of the passkey").fill("My tablet")
    assert_accessible(page)
    press(page, "Add a passkey")
    page.get_by_role("heading", name="Recovery codes").wait_for()
    assert_accessible(page)
    press(page, "I have kept them")
    page.get_by_role("heading", name="My assessments").wait_for()
    page.goto("/account/security/")
    page.get_by_text("My tablet").first.wait_for()
    assert_accessible(page)

    press(page, "Sign out")
    press(page, "Sign in with a passkey")  # device and finger: two factors at once
    page.get_by_role("heading", name="My assessments").wait_for()

    press(page, "Sign out")
    enter_mailed_code(page, lead)
    page.get_by_role("heading", name="Second step").wait_for()
    assert_accessible(page)
    press(page, "Use a passkey")
    page.get_by_role("heading", name="My assessments").wait_for()
    page.goto("/account/security/")
    follow(page, "Remove My tablet")
    assert_accessible(page)
    press(page, "Remove the passkey")
    page.get_by_role("heading", name="Set up a second step first").wait_for()
    assert not Authenticator.objects.exists()
    assert refusals == []


@pytest.mark.parametrize("width", [1280, 375])
def test_a_lead_sets_up_an_app_without_javascript(trust: Organisation, arrive: Callable[..., Page], width: int) -> None:
    lead = make_lead(trust)
    page = arrive(width=width, java_script_enabled=False)
    enter_mailed_code(page, lead)
    press(page, "Add a passkey")
    follow(page, "Use an authenticator app instead")
    page.get_by_label("Six digits that the app shows").fill("000000")
    press(page, "Save")
    page.get_by_text("That code is not right").first.wait_for()
    secret = page.locator(".app-secret").inner_text()
    page.get_by_label("Six digits that the app shows").fill(code_of(secret))
    press(page, "Save")
    page.get_by_role("heading", name="Recovery codes").wait_for()
    assert page.locator(".app-codes li").count() == 10
    press(page, "I have kept them")
    page.get_by_role("heading", name="My assessments").wait_for()


@pytest.mark.parametrize("width", [1280, 375])
def test_security_pages_are_accessible(trust: Organisation, sign_in: Callable[..., Page], width: int) -> None:
    person = make_seat(trust).person
    page = sign_in(person, width=width)
    assert_accessible(page)
    for path in ("", "app/", "passkeys/add/", "recovery-codes/new/"):
        page.goto(f"/account/security/{path}")
        assert_accessible(page)
    page.goto("/account/sessions/")
    assert_accessible(page)
    page.goto("/sign-out/")
    assert_accessible(page)


def test_the_lock_out_page_is_accessible(arrive: Callable[..., Page]) -> None:
    page = arrive(width=375)
    for _ in range(6):
        page.goto("/sign-in/?email=nobody@board.example")
        press(page, "Send me a code")
    page.get_by_role("heading", name="Too many tries").wait_for()
    assert_accessible(page)
    cache.clear()


def test_a_session_is_kept_alive_without_losing_what_was_typed(
    trust: Organisation, digital_boards: FrameworkVersion, enter: Callable[..., Page], settings: Settings
) -> None:
    response = make_round(trust, digital_boards).responses.all()[0]
    page = enter(response.person, width=375)
    section = digital_boards.sections.all()[0].code
    page.clock.install()
    page.goto(f"/responses/{response.pk}/sections/{section}/")
    page.locator("summary", has_text="Add a comment").first.click()
    comment = page.get_by_label("Comment for the board").first
    comment.fill("Half a thought")
    warning = page.get_by_role("alertdialog")
    settings.SESSION_IDLE_MINUTES = 1  # as if 29 minutes had passed on the server
    page.clock.fast_forward("28:02")
    warning.wait_for()
    assert "You will be signed out at" in warning.inner_text()
    assert_accessible(page)
    settings.SESSION_IDLE_MINUTES = 30
    page.keyboard.press("Enter")  # the button has the focus
    warning.wait_for(state="hidden")
    assert comment.input_value() == "Half a thought"

    settings.SESSION_IDLE_MINUTES = 0  # now it is over
    page.clock.fast_forward("28:02")
    page.get_by_text("You have been signed out.").wait_for()
    page.keyboard.press("Escape")
    assert comment.input_value() == "Half a thought"
