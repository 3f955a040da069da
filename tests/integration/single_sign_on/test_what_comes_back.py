"""What is sent to an OpenID Connect provider, and what comes back changed, broken or not at all."""

import base64
import hashlib
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from organisations.models import User
from tests.integration.single_sign_on.visits import (
    as_member,
    changed,
    come_back,
    is_in,
    leave,
    on,
    sign_in,
    with_claim,
    words,
)
from tests.openid_provider import Provider

CONFIGURATION = "/.well-known/openid-configuration"

# --- what is sent, and what comes back changed --------------------------------------------------------------------


@on
def test_state_nonce_and_pkce_go_along_and_little_is_asked_for(
    provider: Provider, client: Client, member: User
) -> None:
    provider.know("m-1", **as_member(member))
    url = leave(client)
    sent = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    assert len(sent["state"]) >= 16
    assert len(sent["nonce"]) >= 32
    assert sent["code_challenge_method"] == "S256"
    assert set(sent["scope"].split()) == {"openid", "email"}
    assert sent["redirect_uri"] == "http://testserver/sign-in/single/callback/"
    come_back(client, provider.sign_in(url, "m-1"))
    verifier = provider.token_requests[0]["code_verifier"]
    digest = hashlib.sha256(verifier.encode()).digest()
    assert base64.urlsafe_b64encode(digest).decode().rstrip("=") == sent["code_challenge"]


@on
def test_nothing_starts_without_a_press_of_the_button(provider: Provider, client: Client, db: None) -> None:
    assert client.get(reverse("single_sign_on")).status_code == 405
    assert "sessionid" not in client.cookies
    careful = Client(enforce_csrf_checks=True)
    assert careful.post(reverse("single_sign_on")).status_code == 403


@on
def test_no_form_field_turns_signing_in_into_linking(provider: Provider, client: Client, member: User) -> None:
    client.force_login(member)
    provider.know("x-1", email="stranger@board.example", email_verified=True)
    url = leave(client, process="connect", scope="admin", auth_params="prompt=none")
    assert "admin" not in url
    assert "prompt" not in url
    assert come_back(client, provider.sign_in(url, "x-1")).status_code == 403
    assert not SocialAccount.objects.exists()


@on
@pytest.mark.parametrize("state", ["", "forged"])
def test_a_forged_state_is_refused(provider: Provider, client: Client, member: User, state: str) -> None:
    provider.know("m-1", **as_member(member))
    page = come_back(client, changed(provider.sign_in(leave(client), "m-1"), state=state))
    assert page.status_code == 400
    assert "We could not finish signing you in" in words(page)
    assert is_in(client) is None


@on
def test_a_state_works_once_and_in_one_browser(provider: Provider, client: Client, member: User) -> None:
    provider.know("m-1", **as_member(member))
    url = provider.sign_in(leave(client), "m-1")
    assert come_back(Client(), url).status_code == 400
    assert come_back(client, url).status_code == 302
    client.logout()
    assert come_back(client, url).status_code == 400


@on
@pytest.mark.parametrize("nonce", ["another", "é", ""])
def test_an_answer_to_another_question_is_refused(provider: Provider, client: Client, member: User, nonce: str) -> None:
    provider.know("m-1", **as_member(member))
    page = come_back(client, provider.sign_in(changed(leave(client), nonce=nonce), "m-1"))
    assert page.status_code == 502
    assert is_in(client) is None


@on
def test_a_code_that_the_provider_never_gave_is_refused(provider: Provider, client: Client, member: User) -> None:
    provider.know("m-1", **as_member(member))
    page = come_back(client, changed(provider.sign_in(leave(client), "m-1"), code="forged"))
    assert page.status_code == 502
    assert is_in(client) is None


@on
def test_somebody_who_stops_at_the_provider_can_go_on_here(provider: Provider, client: Client, member: User) -> None:
    url = leave(client)
    denied = provider.sign_in(url, "m-1", action="deny")
    state = parse_qs(urlsplit(url).query)["state"][0]  # which this provider forgets when it denies
    page = come_back(client, changed(denied, state=state))
    assert page.status_code == 200
    assert "You stopped before NHSmail had signed you in" in words(page)
    assert reverse("sign_in") in words(page)
    assert is_in(client) is None


@on
def test_an_error_of_the_provider_is_a_plain_page(provider: Provider, client: Client, db: None) -> None:
    state = parse_qs(urlsplit(leave(client)).query)["state"][0]
    url = f"/sign-in/single/callback/?error=server_error&error_description=<b>x</b>&state={state}"
    page = come_back(client, url)
    assert page.status_code == 502
    assert "NHSmail could not sign you in" in words(page)
    assert "<b>x" not in words(page)


# --- a provider that is down or talks nonsense --------------------------------------------------------------------


@on
def test_a_provider_that_does_not_listen_is_a_plain_page(
    client: Client, provider: Provider, settings: Settings, db: None
) -> None:
    settings.OIDC_ISSUER = "http://localhost:1"
    page = client.post(reverse("single_sign_on"))
    assert page.status_code == 502
    assert "NHSmail did not answer" in words(page)  # type: ignore[arg-type]


@on
@pytest.mark.parametrize(
    "answer",
    [
        lambda found: {**found, "issuer": "https://elsewhere.example"},
        lambda found: {**found, "authorization_endpoint": "javascript:alert(1)"},
        lambda found: {**found, "authorization_endpoint": "ftp://x/"},
        lambda found: {**found, "token_endpoint": "https://x/\r\nSet-Cookie: a=b"},
        lambda found: {name: value for name, value in found.items() if name != "jwks_uri"},
        lambda found: [],
        lambda found: "hello",
    ],
)
def test_a_configuration_that_cannot_be_right_is_refused(
    client: Client, provider: Provider, db: None, answer: Callable[[dict[str, object]], object]
) -> None:
    provider.wrong[CONFIGURATION] = answer
    assert client.post(reverse("single_sign_on")).status_code == 502


@on
@pytest.mark.parametrize("path", [CONFIGURATION, "/oauth2/token", "/userinfo"])
def test_a_provider_that_breaks_half_way_is_a_plain_page(
    client: Client, provider: Provider, member: User, path: str
) -> None:
    provider.know("m-1", **as_member(member))
    url = provider.sign_in(leave(client), "m-1")
    provider.broken[path] = 503
    page = come_back(client, url)
    assert page.status_code == 502
    assert "NHSmail could not sign you in" in words(page)
    assert is_in(client) is None


@on
@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/oauth2/token", lambda found: {**found, "id_token": None}),
        ("/oauth2/token", lambda found: {name: found[name] for name in found if name != "id_token"}),
        ("/oauth2/token", lambda found: {**found, "id_token": "not.a.token"}),
        ("/oauth2/token", lambda found: {**found, "access_token": 5}),
        ("/oauth2/token", lambda found: ["access_token"]),
        ("/userinfo", lambda found: {**found, "sub": "somebody-else"}),
        ("/userinfo", lambda found: [found]),
    ],
)
def test_tokens_and_claims_that_do_not_fit_are_refused(
    client: Client, provider: Provider, member: User, path: str, answer: Callable[[dict[str, object]], object]
) -> None:
    provider.know("m-1", **as_member(member))
    url = provider.sign_in(leave(client), "m-1")
    provider.wrong[path] = answer
    assert come_back(client, url).status_code == 502
    assert is_in(client) is None


@on
@pytest.mark.parametrize("claim", ["iss", "aud", "sub", "exp"])
def test_an_id_token_for_somebody_or_something_else_is_refused(
    client: Client, provider: Provider, member: User, claim: str
) -> None:
    provider.know("m-1", **as_member(member))
    url = provider.sign_in(leave(client), "m-1")
    provider.wrong["/oauth2/token"] = with_claim(claim, 1 if claim == "exp" else "another")
    assert come_back(client, url).status_code == 502
    assert is_in(client) is None


@on
@pytest.mark.parametrize("subject", ["", "nul\x00", "x" * 192, 7, None])
def test_a_subject_that_cannot_be_kept_is_refused(
    client: Client, provider: Provider, member: User, subject: object
) -> None:
    provider.know("m-1", **as_member(member))
    url = provider.sign_in(leave(client), "m-1")
    provider.wrong["/oauth2/token"] = with_claim("sub", subject)
    provider.wrong["/userinfo"] = lambda found: {**found, "sub": subject}
    assert come_back(client, url).status_code == 502
    assert is_in(client) is None


@on
def test_the_log_says_why_and_not_who(
    client: Client, provider: Provider, db: None, caplog: pytest.LogCaptureFixture
) -> None:
    sign_in(client, provider, "x-1", email="stranger@board.example", email_verified=True)
    assert "Single sign-on refused: UNKNOWN" in caplog.text
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("organisations")]
    assert ours
    assert "stranger@board.example" not in "".join(ours)
