"""Lines of the audit trail about getting in and out: signing in, refusals, second factors.

A stranger's address is never stored, nor is a code, right or wrong.
"""

from contextlib import suppress
from ipaddress import ip_address
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.signals import login_code_rejected
from django.apps import apps
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from organisations.audit import record, record_for_boards_of
from organisations.choices import AuditedEvent
from organisations.models import User
from organisations.models.user import UserManager

NOBODY = "an address that belongs to nobody here"
SWITCHED_OFF = "access is switched off"
METHODS = {"code": "e-mailed code", "socialaccount": "single sign-on"}
FACTORS = {"totp": "authenticator app", "webauthn": "passkey", "recovery_codes": "recovery code"}


def connect() -> None:
    """Listen to Django's and allauth's signals; called once, when the app is ready."""
    user_logged_in.connect(signed_in)
    user_logged_out.connect(signed_out)
    login_code_rejected.connect(wrong_code)
    if apps.is_installed("allauth.mfa"):
        from allauth.mfa import signals

        signals.authentication_failed.connect(second_factor_failed)
        signals.authenticator_added.connect(second_factor_added)
        signals.authenticator_removed.connect(second_factor_removed)
        signals.authenticator_reset.connect(second_factor_renewed)


def code_asked_for(request: HttpRequest | None, email: str) -> None:
    """Somebody typed `email` to be sent a code. One line whatever the address is, so that the timing says nothing."""
    person = User.objects.filter(email=UserManager.normalise(email)).first()
    if person is None:
        address = network_address(request)
        record(
            AuditedEvent.SIGN_IN_REFUSED, organisation=None, by=None, subject=NOBODY, network_address=address
        )  # fmt: skip
    elif not person.is_active:
        _record(AuditedEvent.SIGN_IN_REFUSED, request, person, SWITCHED_OFF)
    else:
        _record(AuditedEvent.SIGN_IN_CODE_SENT, request, person)


def single_sign_on_refused(request: HttpRequest | None, reason: str) -> None:
    """Somebody came back from the provider and was not let in; `reason` is the name of a Refusal, never an address."""
    subject = f"single sign-on, {reason.lower().replace('_', ' ')}"
    address = network_address(request)
    record(AuditedEvent.SIGN_IN_REFUSED, organisation=None, by=None, subject=subject, network_address=address)


def single_sign_on_linked(person: User) -> None:
    """A person's account at the provider signs them in from now on."""
    record_for_boards_of(person, AuditedEvent.SIGN_IN_LINKED, by=person, subject="")


def signed_in(request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    """Receiver: a session has begun."""
    match = getattr(request, "resolver_match", None)
    if match and match.url_name == "sign_in_as":
        _record(AuditedEvent.SIGNED_IN_DEMO, request, user)
    else:
        _record(AuditedEvent.SIGNED_IN, request, user, _ways_in(request))


def signed_out(request: HttpRequest | None, user: User | None, **kwargs: Any) -> None:
    """Receiver: a session was ended by its owner. One that merely runs out leaves no line."""
    if user is not None:
        _record(AuditedEvent.SIGNED_OUT, request, user)


def wrong_code(request: HttpRequest, user: User, last_attempt: bool, **kwargs: Any) -> None:
    """Receiver: a code that was not the one sent."""
    _record(AuditedEvent.SIGN_IN_WRONG_CODE, request, user, "the last attempt allowed" if last_attempt else "")


def second_factor_failed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Receiver: a wrong authenticator or recovery code, or a passkey that does not fit."""
    _record(AuditedEvent.SIGN_IN_WRONG_FACTOR, request, user)


def second_factor_added(request: HttpRequest, user: User, authenticator: Any, **kwargs: Any) -> None:
    """Receiver: an app, a passkey or a set of recovery codes."""
    _record(AuditedEvent.SECOND_FACTOR_ADDED, request, user, _factor(authenticator))


def second_factor_removed(request: HttpRequest, user: User, authenticator: Any, **kwargs: Any) -> None:
    """Receiver."""
    _record(AuditedEvent.SECOND_FACTOR_REMOVED, request, user, _factor(authenticator))


def second_factor_renewed(request: HttpRequest, user: User, authenticator: Any, **kwargs: Any) -> None:
    """Receiver: new recovery codes in place of the old."""
    _record(AuditedEvent.SECOND_FACTOR_RENEWED, request, user, _factor(authenticator))


def network_address(request: HttpRequest | None) -> str | None:
    """Where the request came from, as allauth's adapter finds it; None when that cannot be told."""
    with suppress(PermissionDenied, ValueError):
        if request is not None:
            return str(ip_address(str(get_adapter().get_client_ip(request)).partition("%")[0]))
    return None


def _record(event: AuditedEvent, request: HttpRequest | None, person: User, subject: str = "") -> None:
    record_for_boards_of(person, event, by=person, subject=subject, network_address=network_address(request))


def _ways_in(request: HttpRequest | None) -> str:
    """ "e-mailed code, authenticator app": the methods that allauth noted in the session."""
    session = getattr(request, "session", {})
    noted = session.get("account_authentication_methods", [])
    words = [METHODS.get(entry.get("method")) or FACTORS.get(entry.get("type")) for entry in noted]
    return ", ".join(dict.fromkeys(word for word in words if word))


def _factor(authenticator: Any) -> str:
    return FACTORS.get(str(authenticator.type), "")
