"""What a view here can rely on."""

from django.http import HttpRequest, QueryDict

from organisations.models import User


class SignedIn(HttpRequest):
    """A request behind LoginRequiredMiddleware. Only for the type checker: views never make one."""

    user: User


def posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, even when it is empty; None for any other method, so that a form stays unbound."""
    return request.POST if request.method == "POST" else None
