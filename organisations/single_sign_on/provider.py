"""Speaking OpenID Connect: allauth's client, with what it leaves open closed.

On top of allauth: PKCE and nonce always, the issuer compared with the one configured, an ID token always wanted, the
two sources of claims about one subject, nothing kept of the claims, and no odd answer ends in an exception of ours.
"""

from typing import Any, cast

from allauth.account.internal.emailkit import valid_email_or_none
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from requests import RequestException

from .entry import Identity

ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
LONGEST_SUBJECT = 191  # what allauth's table holds

Claims = dict[str, Any]


class OpenIdAdapter(OpenIDConnectOAuth2Adapter):
    """One sign-in's conversation with the provider. Raises OAuth2Error for whatever it cannot accept."""

    @property
    def openid_config(self) -> Claims:
        if not hasattr(self, "_openid_config"):
            try:
                with get_adapter().get_requests_session() as session:
                    answer = session.get(self.get_provider().server_url)
                answer.raise_for_status()
                self._openid_config = _checked_configuration(answer.json())
            except RequestException as error:
                raise OAuth2Error("The provider's configuration cannot be read.") from error
        return self._openid_config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return cast(str, build_absolute_uri(request, reverse("single_sign_on_callback")))

    def parse_token(self, data: object) -> SocialToken:
        """Only what this sign-in needs: no token is kept."""
        if not isinstance(data, dict) or not all(isinstance(data.get(k), str) for k in ("access_token", "id_token")):
            raise OAuth2Error("The provider gave no access token or no ID token.")
        return SocialToken(token=data["access_token"])

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        """The sign-in, with `identity` and `nonce` on it for the adapter that decides."""
        # Not signed over again: it came straight from the token endpoint, over TLS (OpenID Connect Core 3.1.3.7).
        id_claims = self._decode_id_token(app, kwargs["response"]["id_token"])
        subject = _subject(id_claims)
        user_info = self._fetch_user_info(token.token)
        if not isinstance(user_info, dict) or user_info.get("sub") != subject:
            raise OAuth2Error("User information of somebody else than the ID token's subject.")
        email = confirmed_email(id_claims) or confirmed_email(user_info)
        link = SocialAccount(provider=self.provider_id, uid=subject)
        login = SocialLogin(account=link, provider=self.get_provider())
        login.identity = Identity(self.provider_id, subject, email)
        login.nonce = id_claims.get("nonce")
        return login


class OpenIdProvider(OpenIDConnectProvider):
    oauth2_adapter_class = OpenIdAdapter


def provider_from_settings(request: HttpRequest) -> OpenIdProvider:
    """The one provider there can be. Its issuer is its identifier, so links do not outlive a change of provider."""
    app = SocialApp(
        provider=OpenIdProvider.id,
        provider_id=settings.OIDC_ISSUER,
        name=settings.OIDC_NAME,
        client_id=settings.OIDC_CLIENT_ID,
        secret=settings.OIDC_CLIENT_SECRET,
        settings={"server_url": settings.OIDC_ISSUER, "oauth_pkce_enabled": True, "scope": ["openid", "email"]},
    )
    return OpenIdProvider(request, app=app)


def confirmed_email(claims: Claims) -> str:
    """The e-mail address in `claims` when they confirm it, else "".

    `email_verified` must be true. Where it is missing (never where it is false), settings.OIDC_TRUST_EMAIL decides.
    """
    confirmed = claims.get("email_verified", settings.OIDC_TRUST_EMAIL)
    email = claims.get("email")
    # Some letters outside ASCII become ASCII letters in lower case (the Kelvin sign a k): another person's address.
    if confirmed is not True or not isinstance(email, str) or not email.isascii():
        return ""
    return cast(str, valid_email_or_none(email) or "")


def _checked_configuration(found: object) -> Claims:
    if not isinstance(found, dict) or str(found.get("issuer")).rstrip("/") != settings.OIDC_ISSUER:
        raise OAuth2Error("The provider's configuration is not that of OIDC_ISSUER.")
    scheme = settings.OIDC_ISSUER.partition("//")[0] + "//"
    for name in ENDPOINTS:
        url = found.get(name)
        if not isinstance(url, str) or not url.startswith(scheme) or not url.isprintable():
            raise OAuth2Error(f"The provider's configuration has no usable {name}.")
    return found


def _subject(id_claims: Claims) -> str:
    subject = id_claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise OAuth2Error("The ID token has no usable subject.")
    return subject
