"""What the sign-in page shows of single sign-on."""

from django.conf import settings
from django.http import HttpRequest


def single_sign_on(request: HttpRequest) -> dict[str, str]:
    """The provider's name for the button; "" where single sign-on is switched off."""
    return {"single_sign_on": settings.OIDC_NAME}
