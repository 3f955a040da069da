"""How long a session lasts: a working day at most, and less when nothing is done in it. Times are in seconds."""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

BEGAN, SEEN = "session_began", "session_seen"
NOTED_EVERY = 60  # so that reading pages does not write the session each time


def begin(sender: object, request: HttpRequest, **signal: Any) -> None:
    """Start both clocks; hears Django's signal that somebody signed in."""
    request.session[BEGAN] = request.session[SEEN] = time.time()


def seconds_left(session: SessionBase) -> int:
    """Until the session ends by itself; 0 when nobody is signed in or it is over."""
    if SESSION_KEY not in session:
        return 0
    return max(0, int(min(_until_idle(session), _until_the_end(session))))


def can_be_extended(session: SessionBase) -> bool:
    """False when it is the end of the working day that comes first."""
    return _until_idle(session) < _until_the_end(session)


def note_activity(session: SessionBase, *, at_once: bool = False) -> None:
    """Start the idle clock again. `at_once` is for somebody who asks to stay signed in."""
    if at_once or time.time() - session[SEEN] >= NOTED_EVERY:
        session[SEEN] = time.time()


def _until_idle(session: SessionBase) -> float:
    return float(session.get(SEEN, 0) + settings.SESSION_IDLE_MINUTES * 60 - time.time())


def _until_the_end(session: SessionBase) -> float:
    return float(session.get(BEGAN, 0) + settings.SESSION_COOKIE_AGE - time.time())
