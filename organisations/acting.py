"""The organisation that a signed-in person acts for.

Whoever holds one seat acts for that board. Whoever holds several chooses; the choice is kept in the session and looked
at again at every request, so that it ends with the seat. It decides what the first page and the header show, never
what may be reached: every page asks for permission in the organisation that it is about.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from organisations.models import Organisation, Seat, User
from organisations.permissions import Permission, current_seats, permissions_of

SESSION_KEY = "acting_for"


@dataclass(frozen=True, slots=True)
class Acting:
    """The seats that a person holds today, in order of the organisation's name, and the organisation they chose."""

    seats: tuple[Seat, ...] = ()
    chosen: Organisation | None = None

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        """All organisations that they can act for, each once."""
        return tuple({seat.organisation_id: seat.organisation for seat in self.seats}.values())

    @property
    def organisation_ids(self) -> frozenset[int]:
        return frozenset(seat.organisation_id for seat in self.seats)

    @property
    def organisation(self) -> Organisation | None:
        """The one they act for; the first of them until they choose, None without a seat."""
        return self.chosen or next(iter(self.organisations), None)

    @property
    def others(self) -> tuple[Organisation, ...]:
        """The organisations that they could switch to."""
        return tuple(other for other in self.organisations if other != self.organisation)

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the seats in the organisation acted for allow."""
        here = [permissions_of(seat) for seat in self.seats if seat.organisation == self.organisation]
        return frozenset[Permission]().union(*here)

    @property
    def must_choose(self) -> bool:
        return self.chosen is None and len(self.organisations) > 1


class ActingMiddleware:
    """Gives every request `acting`, worked out (one query) only when something asks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.acting = SimpleLazyObject(lambda: acting_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def acting_of(request: HttpRequest) -> Acting:
    """Who the person of `request` acts for today; nothing for somebody who is signed out or holds no seat."""
    if not isinstance(request.user, User):
        return Acting()
    seats = tuple(current_seats(request.user).order_by("organisation__name", "pk"))
    chosen = request.session.get(SESSION_KEY)
    return Acting(seats, next((seat.organisation for seat in seats if seat.organisation_id == chosen), None))


def act_for(request: HttpRequest, organisation: Organisation) -> None:
    """Keep the choice for the rest of the session."""
    request.session[SESSION_KEY] = organisation.pk
