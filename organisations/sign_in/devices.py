"""Where a person is signed in, and signing out there."""

import datetime as dt
from dataclasses import dataclass

from allauth.usersessions.internal.flows.sessions import end_other_sessions, end_sessions
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest

from organisations.sign_in.session_time import seconds_left

# Looked for in the User-Agent header in this order: later names stand in the headers of earlier ones too.
BROWSERS = {
    "Edg": "Edge",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPad": "iPad",
    "iPhone": "iPhone",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


@dataclass(frozen=True, slots=True)
class Device:
    name: str  # "Chrome on Windows"
    network_address: str
    signed_in_at: dt.datetime
    is_this_one: bool


def devices_of(request: HttpRequest) -> list[Device]:
    """The sessions of the signed-in person that still last, the newest first."""
    rows = UserSession.objects.filter(user_id=request.user.pk).order_by("-created_at")
    return [_device(row, request) for row in rows if seconds_left(SessionStore(row.session_key))]


def sign_out(request: HttpRequest, *, here_too: bool) -> None:
    """End the person's other sessions, and this one as well if `here_too`."""
    end_other_sessions(request, request.user)
    if here_too:
        end_sessions(request, UserSession.objects.filter(session_key=request.session.session_key))


def _device(row: UserSession, request: HttpRequest) -> Device:
    name = f"{_first(BROWSERS, row.user_agent)} on {_first(SYSTEMS, row.user_agent)}"
    return Device(name, row.ip, row.created_at, row.session_key == request.session.session_key)


def _first(names: dict[str, str], user_agent: str) -> str:
    return next((name for mark, name in names.items() if mark in user_agent), "something else")
