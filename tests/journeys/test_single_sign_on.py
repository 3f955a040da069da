"""Single sign-on in a real browser, which holds the content security policy against every step to the provider."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page
from pytest_django import Settings

from organisations.models import Organisation
from tests import single_sign_on_urls
from tests.factories import make_seat
from tests.journeys.conftest import assert_accessible
from tests.openid_provider import Provider, openid_provider

pytestmark = [pytest.mark.journey, pytest.mark.urls(single_sign_on_urls.__name__)]


@pytest.fixture
def provider(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    monkeypatch.setenv("NO_PROXY", "localhost")
    with openid_provider() as running:
        settings.OIDC_NAME, settings.OIDC_ISSUER = "NHSmail", running.issuer
        settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = "portal", "a-secret"
        yield running


def sign_in_as(page: Page, subject: str, provider: Provider) -> None:
    """Press the portal's button, then the provider's, whose page would fetch its looks from the internet."""
    page.route(lambda url: not url.startswith(("http://localhost:", "http://127.0.0.1:")), lambda route: route.abort())
    page.get_by_role("button", name="Sign in with NHSmail").click()
    page.wait_for_url(f"{provider.issuer}/**")
    page.get_by_placeholder("sub").fill(subject)
    page.get_by_role("button", name="Authorize").click()


@pytest.mark.parametrize("options", [{"width": 1280}, {"width": 375, "java_script_enabled": False}])
def test_a_member_signs_in_with_two_presses(
    transactional_db: None, trust: Organisation, provider: Provider, arrive: Callable[..., Page], options: dict
) -> None:
    provider.know("m-1", email=make_seat(trust).person.email, email_verified=True)
    page = arrive(**options)
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    sign_in_as(page, "m-1", provider)
    page.get_by_role("heading", name="My assessments", level=1).wait_for()
    assert refused == []


def test_a_stranger_reads_whom_to_ask(
    transactional_db: None, trust: Organisation, provider: Provider, arrive: Callable[..., Page]
) -> None:
    provider.know("x-1", email="a.stranger.with.a.long.name@another-organisation.example", email_verified=True)
    page = arrive(width=375)
    assert_accessible(page)
    sign_in_as(page, "x-1", provider)
    page.get_by_role("heading", name="You do not have access", level=1).wait_for()
    assert_accessible(page)


def test_the_page_in_between_serves_a_browser_that_does_not_move_on(
    transactional_db: None, provider: Provider, arrive: Callable[..., Page]
) -> None:
    page = arrive(width=375)
    page.route(f"{provider.issuer}/**", lambda route: route.fulfill(status=204))  # "stay where you are"
    page.get_by_role("button", name="Sign in with NHSmail").click()
    link = page.get_by_role("link", name="Continue to NHSmail")
    assert (link.get_attribute("href") or "").startswith(f"{provider.issuer}/oauth2/authorize?")
    assert_accessible(page)
