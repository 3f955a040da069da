"""allauth's pages with the portal's own manners: words for every dead end, and the way back kept."""

import datetime as dt
import json
from typing import Any

from allauth.account import views as account
from allauth.core import ratelimit
from allauth.mfa.base.views import AuthenticateView, IndexView, ReauthenticateView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator

from ground.methods import get_or_post
from organisations import sign_in_audit
from organisations.requests import SignedIn
from organisations.sign_in import second_factor, session_time
from organisations.sign_in.devices import devices_of, sign_out

CODE_RAN_OUT = "Your code has run out. Ask for a new one."
LIMITED = ("too_many_login_attempts", "rate_limited")


def locked_out(request: HttpRequest, email: str = "") -> HttpResponse:
    """The page for whoever tried too often (for `email`), with the time from which it works again at the latest."""
    sign_in_audit.locked_out(request, email or getattr(request.user, "email", ""))
    again = timezone.localtime() + dt.timedelta(minutes=settings.SIGN_IN_LOCKOUT_MINUTES + 1)
    return render(request, "429.html", {"again": again}, status=429)


def _is_limited(form: BaseForm) -> bool:
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    return not codes.isdisjoint(LIMITED)


class LimitedForm:
    """A form that says "too often" leads to the page that says until when."""

    request: HttpRequest

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        return locked_out(self.request, self.address(form)) if _is_limited(form) else super().form_invalid(form)  # type: ignore[misc]

    def address(self, form: BaseForm) -> str:
        """The address that was tried; "" for that of the person who is signed in."""
        return ""


class AskForCode(LimitedForm, account.RequestLoginCodeView):
    """GET ?email= fills the address in, and does nothing else however often it is fetched. POST sends the one mail."""

    def get_initial(self) -> dict[str, Any]:
        return {"email": self.request.GET.get("email", "")[:254]}

    def address(self, form: BaseForm) -> str:
        return str(form.data.get("email", ""))

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: object) -> HttpResponseRedirect | None:
        """Whoever comes back here with a code under way wants another, or to be somebody else."""
        return None


@method_decorator(login_not_required, name="dispatch")
class EnterCode(account.ConfirmLoginCodeView):
    """The code of the address that this browser asked for, within its time and its three tries."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        if getattr(self, "_process", self) is None:
            messages.warning(request, CODE_RAN_OUT)
            return redirect(self.passthrough_next_url(response["Location"]))
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # The three tries are counted in the session, where requests sent at once all see the same number.
        if not ratelimit.consume(request, action="confirm_login_code", key=self._process.state["email"]):
            return locked_out(request, self._process.state["email"])
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        email, person = self._process.state["email"], self._process.user
        response = super().form_invalid(form)
        last_attempt = isinstance(response, HttpResponseRedirect)
        sign_in_audit.wrong_code(self.request, email, person, last_attempt=last_attempt)
        if isinstance(response, HttpResponseRedirect):
            return redirect(self.passthrough_next_url(response.url))
        return response


@method_decorator(login_not_required, name="dispatch")
class SecondStep(LimitedForm, AuthenticateView):
    """After the code from the mail: the app, a passkey, or a recovery code."""

    def address(self, form: BaseForm) -> str:
        return str(self.stage.login.user.email)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        options = context["js_data"]["request_options"]
        has_passkey = bool(options["publicKey"].get("allowCredentials"))
        return context | {"passkey_options": json.dumps(options), "has_passkey": has_passkey}


class Confirm(LimitedForm, ReauthenticateView):
    """The same person once more, before second factors change."""


class ConfirmWithPasskey(webauthn.ReauthenticateWebAuthnView):
    """As Confirm, with a passkey."""

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        if _is_limited(form):
            return locked_out(self.request)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | kwargs
        return context | {"passkey_options": json.dumps(context["js_data"]["request_options"])}


class AccountSecurity(IndexView):
    """Second factors: what there is, what can be added, and whether one is needed before anything else."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"second_factor_missing": second_factor.is_missing(self.request)}


class SetUpApp(LimitedForm, ActivateTOTPView):
    def form_valid(self, form: BaseForm) -> HttpResponse:
        response = super().form_valid(form)
        second_factor.note_set_up(self.request, "totp")
        return response


class AddPasskey(webauthn.AddWebAuthnView):
    def form_valid(self, form: BaseForm) -> HttpResponse:
        response = super().form_valid(form)
        second_factor.note_set_up(self.request, "webauthn")
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data() | kwargs
        context["form"].offer(begin_registration(self.request.user, True))
        return context


@get_or_post
def sessions(request: SignedIn) -> HttpResponse:
    """Where I am signed in. POST `where` ("others" or "everywhere") signs out there."""
    if request.method != "POST":
        return render(request, "usersessions/usersession_list.html", {"devices": devices_of(request)})
    here_too = request.POST.get("where") == "everywhere"
    sign_in_audit.sessions_ended(request, request.user, here_too=here_too)
    sign_out(request, here_too=here_too)
    messages.success(request, "You are signed out there.")
    return redirect("usersessions_list")


@login_not_required
@get_or_post
def session_left(request: HttpRequest) -> JsonResponse:
    """GET tells how long this session lasts, without counting as activity; POST keeps it alive."""
    if request.method == "POST" and request.user.is_authenticated:
        session_time.note_activity(request.session, at_once=True)
    left = session_time.seconds_left(request.session)
    return JsonResponse({"seconds": left, "extendable": session_time.can_be_extended(request.session)})
