"""On whose behalf, and in which way, rows are being written at this moment."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse

from frameworks.choices import Way


@dataclass(frozen=True, slots=True)
class Origin:
    """`source` names the file or version that the words come from; `by` None: whoever is signed in."""

    way: Way = Way.EDITED
    source: str = ""
    by: AbstractBaseUser | None = None


_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)
_origin: ContextVar[Origin] = ContextVar("origin")
HERE = Origin()


class WriterMiddleware:
    """Remembers whose request is being answered, so that whatever it writes can say so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _request.set(request)
        try:
            return self.get_response(request)
        finally:
            _request.reset(token)


def writer() -> AbstractBaseUser | None:
    """Who writes; None for a command."""
    if origin().by:
        return origin().by
    request = _request.get()
    user = request.user if request else None
    return user if isinstance(user, AbstractBaseUser) and user.is_authenticated else None


def origin() -> Origin:
    """Where what is written now comes from: from here, unless `coming_from` says otherwise."""
    return _origin.get(HERE)


@contextmanager
def coming_from(origin: Origin) -> Iterator[None]:
    """What is written inside comes from there."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)
