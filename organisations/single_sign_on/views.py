"""Going to the provider and coming back."""

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from .adapter import refuse
from .provider import OpenIdAdapter
from .refusals import Refusal, Refused


@login_not_required
@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Send the browser to the provider. POST `next`, the page here to come back to (may be left out).

    The answer is a page that moves on by itself, not a redirect: the content security policy lets forms go to this
    portal only, and browsers hold every redirect that follows a form to that, the provider's own redirects included.
    """
    provider = get_adapter().get_provider(request, settings.OIDC_ISSUER)
    nonce = get_random_string(32)
    try:
        answer: HttpResponse = provider.redirect(
            request,
            process=AuthProcess.LOGIN,
            next_url=get_next_redirect_url(request),
            auth_params={"nonce": nonce},
            nonce=nonce,
        )
    except OAuth2Error as error:
        return refuse(request, Refused(Refusal.FAILED), type(error).__name__)
    if not 300 <= answer.status_code < 400:
        return answer
    url = answer["Location"]
    context = {"url": url, "provider": settings.OIDC_NAME}
    page = render(request, "single_sign_on/leave.html", context)
    page["Refresh"] = f"0; url={url}"
    return page


@login_not_required
@never_cache
@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """Where the provider sends the browser. The state in the session guards it: a GET, but not one that can be forged.

    allauth does the rest and asks SocialAccountAdapter on the way.
    """
    view = OAuth2CallbackView.adapter_view(OpenIdAdapter(request, settings.OIDC_ISSUER))
    try:
        answer: HttpResponse = view(request)
    except OAuth2Error as error:  # allauth catches those of later steps only
        return refuse(request, Refused(Refusal.FAILED), type(error).__name__)
    return answer
