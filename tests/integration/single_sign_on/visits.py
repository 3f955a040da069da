"""What a browser does between the portal and the provider."""

import base64
import json
from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from organisations.models import User
from tests import single_sign_on_urls
from tests.openid_provider import Provider

URLS = single_sign_on_urls.__name__  # read now, while the settings still have it switched off
on = pytest.mark.urls(URLS)


def leave(client: Client, **form: str) -> str:
    """Press the portal's button; gives the address at the provider that the browser goes to."""
    page = client.post(reverse("single_sign_on"), form)
    assert page.status_code == 200
    return page["Refresh"].removeprefix("0; url=")


def sign_in(client: Client, provider: Provider, subject: str, **claims: object) -> HttpResponse:
    """Go to the provider as `subject` and come back; gives the portal's answer."""
    provider.know(subject, **claims)
    return come_back(client, provider.sign_in(leave(client), subject))


def come_back(client: Client, url: str) -> HttpResponse:
    return client.get(url)  # type: ignore[return-value]


def as_member(member: User) -> dict[str, object]:
    return {"email": member.email, "email_verified": True}


def is_in(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def changed(url: str, **parameters: str) -> str:
    """`url` with query parameters changed."""
    parts = urlsplit(url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()} | parameters
    return urlunsplit(parts._replace(query=urlencode(query)))


def with_claim(claim: str, value: object) -> Callable[[dict[str, str]], dict[str, str]]:
    """Spoils a token endpoint's answer: its ID token then makes that claim."""

    def spoil(found: dict[str, str]) -> dict[str, str]:
        head, body, signature = found["id_token"].split(".")
        claims = json.loads(base64.urlsafe_b64decode(body + "===")) | {claim: value}
        spoilt = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
        return {**found, "id_token": f"{head}.{spoilt}.{signature}"}

    return spoil


def words(page: HttpResponse) -> str:
    return page.content.decode()
