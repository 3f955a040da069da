"""Pages that say in words why a request was refused."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string

from organisations.middleware import page_in_view

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 when more was sent than any form here needs.

    Drawn without the request: what made it bad may have stopped it before it was known who asks.
    """
    if isinstance(exception, TOO_MUCH):
        return HttpResponse(render_to_string("413.html"), status=413)
    return HttpResponse(render_to_string("400.html"), status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is not this session's: mostly somebody who has signed in again in another tab.

    What they typed comes back with a button that sends it again (product rule §7: nothing typed is lost); but only if
    the browser says that one of our own pages sent it. Anyone else's page could otherwise put words on ours.
    A file cannot come back, because no page may choose one for its reader: the page asks for it again.
    """
    ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    context = {"typed": _typed(request), "files": _files(request)} if ours else {}
    return render(request, "403_csrf.html", {"sign_in": _sign_in(request), **context}, status=403)


def _sign_in(request: HttpRequest) -> str:
    """The way to sign in and from there back to the page in front of the person; "" for whoever is signed in."""
    if request.user.is_authenticated:
        return ""
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({REDIRECT_FIELD_NAME: page_in_view(request)})}"


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values]


def _files(request: HttpRequest) -> list[tuple[str, str]]:
    """Field and name of each file that was chosen."""
    return [(name, str(file.name)) for name, files in request.FILES.lists() for file in files]
