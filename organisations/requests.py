"""What a view can rely on."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict

from organisations.acting import Acting
from organisations.models import User


class SignedIn(HttpRequest):
    """A request behind LoginRequiredMiddleware. Only for the type checker: views never make one."""

    user: User
    acting: Acting


def person_of(request: HttpRequest) -> User:
    """The person who is signed in, where a page is not typed as theirs. Raises PermissionDenied if nobody is."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, even when it is empty; None for any other method, so that a form stays unbound."""
    return request.POST if request.method == "POST" else None
