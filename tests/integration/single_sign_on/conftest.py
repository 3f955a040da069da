"""An OpenID Connect provider that runs here, and somebody who may come in through it."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from organisations.models import Organisation, User
from tests.factories import make_seat
from tests.openid_provider import Provider, openid_provider


@pytest.fixture(scope="session")
def running() -> Iterator[Provider]:
    with openid_provider() as provider:
        yield provider


@pytest.fixture
def provider(running: Provider, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Provider:
    """The provider, named in the settings and doing nothing wrong."""
    monkeypatch.setenv("NO_PROXY", "localhost")
    running.behave()
    settings.OIDC_NAME, settings.OIDC_ISSUER = "NHSmail", running.issuer
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = "portal", "a-secret"
    return running


@pytest.fixture
def member(trust: Organisation) -> User:
    return make_seat(trust).person
