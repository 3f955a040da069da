"""The organisation that a signed-in person acts for.

Whoever holds one seat acts for that board. Whoever holds several chooses; the choice is kept in the session and looked
at again at every request, so that it ends with the seat. It decides what the first page and the header show, never
what may be reached: every page asks for permission in the organisation that it is about.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from organisations.models import Organisation, Seat, User
from organisations.permissions import Permission, permissions_of

SESSION_KEY = "acting_for"


@dataclass(frozen=True)
class Acting:
    """The seats that a person holds today, and the organisation they chose (its key; None until they choose).

    The organisations themselves are read (one query) only for a page that names them.
    """

    seats: tuple[Seat, ...] = ()
    chosen: int | None = None

    @cached_property
    def organisations(self) -> tuple[Organisation, ...]:
        """All organisations that they can act for, each once, in order of name."""
        return tuple(Organisation.objects.filter(pk__in=self.organisation_ids).order_by("name", "pk"))

    @property
    def organisation_ids(self) -> frozenset[int]:
        return frozenset(seat.organisation_id for seat in self.seats)

    @cached_property
    def organisation(self) -> Organisation | None:
        """The one they act for; the first of them until they choose, None without a seat."""
        chosen = [organisation for organisation in self.organisations if organisation.pk == self.chosen]
        return next(iter([*chosen, *self.organisations]), None)

    @property
    def others(self) -> tuple[Organisation, ...]:
        """The organisations that they could switch to; nobody's are looked up who has one board or none."""
        if len(self.organisation_ids) < 2:
            return ()
        return tuple(other for other in self.organisations if other != self.organisation)

    @property
    def seats_here(self) -> tuple[Seat, ...]:
        """The seats in the organisation acted for."""
        here = self.organisation
        return tuple(seat for seat in self.seats if here and seat.organisation_id == here.pk)

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the seats in the organisation acted for allow."""
        return frozenset[Permission]().union(*(permissions_of(seat) for seat in self.seats_here))

    @property
    def must_choose(self) -> bool:
        return self.chosen is None and len(self.organisation_ids) > 1


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
    today = timezone.localdate()
    # Every request asks this: a person's few seats are told apart here more cheaply than in the query.
    seats = tuple(seat for seat in request.user.seats.order_by() if seat.is_held_on(today))
    chosen = request.session.get(SESSION_KEY)
    return Acting(seats, chosen if any(seat.organisation_id == chosen for seat in seats) else None)


def act_for(request: HttpRequest, organisation: Organisation) -> None:
    """Keep the choice for the rest of the session."""
    request.session[SESSION_KEY] = organisation.pk
