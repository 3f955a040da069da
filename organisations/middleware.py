"""What follows from who is asking: how long they stay signed in, what they must prove first, what is kept of a page."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from organisations.sign_in import kept_form, second_factor, session_time

GetResponse = Callable[[HttpRequest], HttpResponse]

# All that a digital lead or staff can reach before their second factor: the pages to set it up or to use it.
BEFORE_SECOND_FACTOR = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "session_left",
    }
)


class SessionTimeMiddleware:
    """Signs out whoever did nothing for too long, or has been signed in for a whole working day."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not session_time.seconds_left(request.session):
            request.session.flush()  # not `logout`, which says that the person did it
            request.user = AnonymousUser()
            request.META["portal.timed_out"] = True
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        match = request.resolver_match
        if request.user.is_authenticated and match and match.view_name != "session_left":
            session_time.note_activity(request.session)


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Sends signed-out people to sign in, and from there back to the page they were on, with what they had typed."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        if request.method == "POST":
            kept_form.keep(request)
        sign_in = resolve_url(self.get_login_url(view_func))
        if "portal.timed_out" in request.META:
            sign_in += "?timed_out=1"
        return redirect_to_login(page_in_view(request), sign_in, REDIRECT_FIELD_NAME)


class SecondFactorMiddleware:
    """Digital leads and Django staff see nothing that matters before their second factor, in the admin as elsewhere."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        match = request.resolver_match
        if not request.user.is_authenticated or (match and match.view_name in BEFORE_SECOND_FACTOR):
            return None
        if not second_factor.is_missing(request):
            return None
        if not second_factor.is_set_up(request.user):
            return redirect("mfa_index")
        return redirect_to_login(page_in_view(request), reverse("mfa_reauthenticate"), REDIRECT_FIELD_NAME)


class NoStoreMiddleware:
    """Pages for a signed-in person hold personal data: no browser or proxy keeps them."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return response


def page_in_view(request: HttpRequest) -> str:
    """The path of the page in front of the person: for a form that was sent, the one it stood on (home if unknown)."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host():
        return resolve_url("assessments:home")
    return came_from._replace(scheme="", netloc="", fragment="").geturl() or "/"
