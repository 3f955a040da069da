"""The server's clock as pages read it, so that changes made on several devices can be put in order."""

from django.utils import timezone


def now_in_milliseconds() -> int:
    """Since 1970, as browsers count."""
    return int(timezone.now().timestamp() * 1000)
