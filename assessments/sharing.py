"""Who reads a self-assessment that its member has shared with the chair (product rule §5, individual frameworks).

Sharing names a person, not the chair's seat: whoever follows inherits nothing. It lasts while that person holds the
seat without a break, until the member takes it back or is anonymised (`leavers`).
"""

from collections.abc import Iterable

from django.utils import timezone

from assessments.models import Response
from assessments.models.response import ResponseQuerySet
from frameworks.choices import Subject
from organisations.models import Seat, User
from organisations.models.seat import held_throughout

NAMES = ("person", "seat", "round__organisation", "round__version__framework")


def chairs_for(response: Response) -> tuple[User, ...]:
    """With whom the member can share: who holds the chair's seat there today, other than the member; one query."""
    seats = Seat.objects.held_on(timezone.localdate()).chairs().filter(organisation=response.round.organisation_id)
    others = User.objects.filter(seats__in=seats, is_active=True).exclude(pk=response.person_id)
    return tuple(others.distinct().order_by("name", "pk"))


def readable_by(chair: User, among: ResponseQuerySet | None = None) -> list[Response]:
    """The self-assessments (`among` these) that `chair` may read at this moment, in order of the members' names.

    Two queries; one if nothing is shared with them.
    """
    among = Response.objects.all() if among is None else among
    about_oneself = among.in_sight().filter(round__version__framework__subject=Subject.INDIVIDUAL)
    named = about_oneself.filter(shared_with=chair)
    rows = list(named.select_related(*NAMES).order_by("person__name", "-round__opened_at"))
    chaired = list(chair.seats.chairs()) if rows else []
    return [response for response in rows if _is_chair_since(response, chaired)]


def _is_chair_since(response: Response, chaired: Iterable[Seat]) -> bool:
    """Whether seats of the chair's cover that board from the day of sharing to today."""
    here = [seat for seat in chaired if seat.organisation_id == response.round.organisation_id]
    assert response.shared_at is not None  # noqa: S101 - the table says so too; this tells the type checker
    return held_throughout(here, timezone.localdate(response.shared_at), timezone.localdate())
