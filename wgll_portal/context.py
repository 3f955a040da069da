"""What every template may show."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, Any]:
    """The portal's own name and whether invented people can be signed in as."""
    return {"portal_name": "Board self-assessment", "demo": settings.DEMO}
