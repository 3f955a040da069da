"""What is refused before any page is asked, and the headers that every answer carries."""

import re
from collections.abc import Callable
from itertools import chain

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import add_never_cache_headers

from wgll_portal.errors import bad_request

METHODS = ("GET", "HEAD", "OPTIONS", "POST")
DIGITS = re.compile(r"[0-9]+")
LARGEST_BODY = 5 * 1024 * 1024  # bytes; the pages that take a file have tighter limits of their own

# Nothing here needs a device or a payment. Passkeys are asked for on our own pages only.
PERMISSIONS_POLICY = ", ".join(
    [f"{feature}=()" for feature in ("camera", "microphone", "geolocation", "payment", "usb", "serial", "hid", "midi")]
    + [f"{feature}=()" for feature in ("accelerometer", "gyroscope", "magnetometer", "display-capture")]
    + ["publickey-credentials-get=(self)", "publickey-credentials-create=(self)"]
)

Handler = Callable[[HttpRequest], HttpResponse]


class HeadersMiddleware:
    """What Django's SecurityMiddleware leaves out; and whatever does not say how long it may be kept is not kept."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if "Cache-Control" not in response:
            add_never_cache_headers(response)
        return response


class LimitsMiddleware:
    """Refuse what no form of ours sends, before anything is read or looked up.

    A null character in an address, a query or a cookie would reach the database, and PostgreSQL refuses it. Forms see
    to those in their fields themselves. A body without a length is never read, so the length is all there is to check.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not DIGITS.fullmatch(length) or any("\0" in text for text in _texts(request)):
            return bad_request(request, BadRequest())
        if int(length[:20]) > LARGEST_BODY:  # cut, because a number may have thousands of digits
            return bad_request(request, RequestDataTooBig())
        return self.get_response(request)


def _texts(request: HttpRequest) -> chain[str]:
    values = chain.from_iterable(request.GET.lists())
    return chain([request.path], (text for value in values for text in value), request.COOKIES.values())
