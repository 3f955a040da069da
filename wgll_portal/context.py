"""What every template may show."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from organisations.sign_in.session_time import seconds_left


def portal(request: HttpRequest) -> dict[str, Any]:
    """The portal's own name, whether invented people can be signed in as, and the seconds until the session ends."""
    return {
        "portal_name": settings.PORTAL_NAME,
        "demo": settings.DEMO,
        "session_seconds": seconds_left(request.session) if hasattr(request, "session") else 0,
    }
