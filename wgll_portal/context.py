"""What every template may show."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, Any]:
    """The portal's own name, whether invented people can be signed in as, and the name of single sign-on ("": off)."""
    return {"portal_name": "Board self-assessment", "demo": settings.DEMO, "single_sign_on": settings.OIDC_NAME}
