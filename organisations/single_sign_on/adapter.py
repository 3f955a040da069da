"""What allauth asks us on the way in from the provider."""

import logging
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from organisations import sign_in_audit

from .entry import let_in
from .provider import OpenIdProvider, provider_from_settings
from .refusals import Refusal, Refused

log = logging.getLogger(__name__)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> OpenIdProvider:
        """Only the provider in the settings: a row that somebody puts into allauth's table opens no door."""
        return provider_from_settings(request)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody is created by signing in; `pre_social_login` has refused them before this is asked."""
        return False

    def authenticate_by_email(self, sociallogin: SocialLogin) -> None:
        """Left to `let_in`, which knows who may be found by their address."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let the person in, or end here with a page that says why not."""
        expected = sociallogin.state.get("nonce")
        if not expected or sociallogin.nonce != expected:
            raise ImmediateHttpResponse(refuse(request, Refused(Refusal.FAILED), "nonce"))
        try:
            sociallogin.user, sociallogin.account = let_in(sociallogin.identity)
        except Refused as refused:
            raise ImmediateHttpResponse(refuse(request, refused)) from None

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: OpenIdProvider,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """One plain page instead of allauth's; the log names the kind of error and nothing that was sent."""
        refusal = Refusal.FAILED
        if error == AuthError.CANCELLED:
            refusal = Refusal.CANCELLED
        elif exception is None and "state" not in (extra_context or {}):
            refusal = Refusal.LOST
        raise ImmediateHttpResponse(refuse(request, Refused(refusal), type(exception).__name__))


def refuse(request: HttpRequest, refused: Refused, detail: str = "") -> HttpResponse:
    """The page for somebody who is not let in. The log gets the reason and `detail`, never who it was."""
    sign_in_audit.single_sign_on_refused(request, refused.refusal.name)
    log.warning("Single sign-on refused: %s %s", refused.refusal.name, detail)
    words = refused.refusal.value
    filled = {
        name: getattr(words, name).format(provider=settings.OIDC_NAME, email=refused.email)
        for name in ("heading", "text", "advice")
    }
    return render(request, "single_sign_on/refused.html", filled, status=words.status)
