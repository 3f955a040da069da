"""Who needs a second factor, and whether this session has given one."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from organisations.models import User
from organisations.permissions import current_seats

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes only stand in for one of these
DEMO_PERSONA = "demo_persona"  # key in the session of somebody who was picked from the demonstration's list


def is_required(user: User | AnonymousUser) -> bool:
    """Django staff and digital leads see nothing that matters without one."""
    return isinstance(user, User) and (user.is_staff or current_seats(user).digital_leads().exists())


def is_set_up(user: User | AnonymousUser) -> bool:
    """Whether `user` has an authenticator app or a passkey."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists()


def records(request: HttpRequest) -> list[dict[str, Any]]:
    """The uses of a second factor by whoever is signed in, in this session: dicts with their time `at`, in seconds."""
    return [record for record in get_authentication_records(request, request.user) if record["method"] == "mfa"]


def is_missing(request: HttpRequest) -> bool:
    """Whether the signed-in person must set up or use a second factor before going on."""
    seats = request.acting.seats  # type: ignore[attr-defined]  # read already, for the header
    if is_demo_persona(request) or not (request.user.is_staff or any(seat.is_digital_lead for seat in seats)):
        return False
    return not records(request) or not is_set_up(request.user)


def note_set_up(request: HttpRequest, kind: str) -> None:
    """Setting up a factor proves that one has it: it counts as used."""
    record_authentication(request, request.user, "mfa", type=kind)


def is_demo_persona(request: HttpRequest) -> bool:
    """Invented people in the demonstration have no telephone to prove. Outside it the mark means nothing."""
    return bool(settings.DEMO and request.session.get(DEMO_PERSONA))
