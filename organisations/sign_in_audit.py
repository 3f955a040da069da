"""Lines of the audit trail about getting in and out: signing in, refusals, second factors.

A stranger's address is never stored, nor is a code, right or wrong.

Anybody can try with anybody's address, so a try must cost the same whoever it belongs to: one line, without
organisation, for a stranger as for somebody on three boards. Boards see the tries of their members all the same: the
trail of a board takes in such lines of whoever sat on it that day (`organisations.audit_trail.queries.trail_of`). What
comes after signing in is known to be the person's doing, and leaves a line on each of their boards.
"""

from contextlib import suppress
from ipaddress import ip_address
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from allauth.mfa import signals
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
    signals.authentication_failed.connect(second_factor_failed)
    signals.authenticator_added.connect(second_factor_added)
    signals.authenticator_removed.connect(second_factor_removed)
    signals.authenticator_reset.connect(second_factor_renewed)


def code_asked_for(request: HttpRequest | None, email: str) -> None:
    """Somebody typed `email` to be sent a code."""
    person = _person(email)
    if person is None:
        _record_try(AuditedEvent.SIGN_IN_REFUSED, request, None)
    elif not person.is_active:
        _record_try(AuditedEvent.SIGN_IN_REFUSED, request, person, SWITCHED_OFF)
    else:
        _record_try(AuditedEvent.SIGN_IN_CODE_SENT, request, person)


def wrong_code(request: HttpRequest, email: str, person: User | None, *, last_attempt: bool) -> None:
    """Somebody who asked for a code for `email` typed one that was not it.

    allauth has looked a known `person` up by now, and nobody else: the look-up here makes up for it.
    """
    said = "the last attempt allowed" if last_attempt else ""
    _record_try(AuditedEvent.SIGN_IN_WRONG_CODE, request, person or _person(email), said)


def locked_out(request: HttpRequest, email: str) -> None:
    """Somebody tried too often for `email` ("" where no address is known).

    One line an address while the lock-out lasts, and a few a network address, or the trail could be flooded.
    """
    if ratelimit.consume(request, action="audit_lock_out", key=UserManager.normalise(email)):
        _record_try(AuditedEvent.SIGN_IN_LOCKED_OUT, request, _person(email))


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


def sessions_ended(request: HttpRequest, person: User, *, here_too: bool) -> None:
    """The person signed out of their other sessions, and of this one as well if `here_too`."""
    _record(AuditedEvent.SESSIONS_ENDED, request, person, "everywhere" if here_too else "everywhere but here")


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


def _person(email: str) -> User | None:
    return User.objects.filter(email=UserManager.normalise(email)).first()


def _record_try(event: AuditedEvent, request: HttpRequest | None, person: User | None, subject: str = "") -> None:
    said = subject if person else NOBODY
    record(event, organisation=None, by=person, subject=said, network_address=network_address(request))


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
