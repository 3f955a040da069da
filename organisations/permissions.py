"""What a seat allows. Roles hold permissions; nobody is asked for a role, only for a permission."""

import datetime as dt
from enum import Enum

from django.db.models import Q, QuerySet
from django.utils import timezone

from organisations.models import Organisation, Seat, User
from organisations.models.seat import SeatQuerySet


class Permission(Enum):
    """What can be allowed, in the words of "Only a digital lead of … can …"."""

    RUN_ROUNDS = "run its rounds"
    READ_COMMENTS = "read its members' comments"
    READ_ALL_RESULTS = "read the results of rounds without taking part in them"
    MANAGE_PEOPLE = "manage the people on its board"
    READ_AUDIT_TRAIL = "read its audit trail"
    PLAN_ACTIONS = "plan its actions"


DIGITAL_LEAD = frozenset(Permission)
BOARD_MEMBER: frozenset[Permission] = frozenset()  # answers, and reads the results of rounds taken part in


def permissions_of(seat: Seat) -> frozenset[Permission]:
    """The permissions that a seat holds for its organisation."""
    return DIGITAL_LEAD if seat.is_digital_lead else BOARD_MEMBER


def current_seats(user: User) -> SeatQuerySet:
    """The seats that `user` holds today."""
    return user.seats.held_on(timezone.localdate())


def organisations_of(user: User) -> QuerySet[Organisation]:
    """Organisations in which `user` holds a seat today: all that they can reach anything of."""
    today = timezone.localdate()
    held = Q(seats__ends_on=None) | Q(seats__ends_on__gte=today)
    return Organisation.objects.filter(held, seats__person=user, seats__starts_on__lte=today).distinct()


def holds_seat(person_id: int, organisation_id: int, day: dt.date) -> bool:
    """Whether the person holds a seat on that organisation's board on `day`."""
    return Seat.objects.held_on(day).filter(person=person_id, organisation=organisation_id).exists()


def has_permission(user: User, organisation: Organisation, permission: Permission) -> bool:
    """Whether one of the seats that `user` holds there today allows it."""
    return any(permission in permissions_of(seat) for seat in current_seats(user).filter(organisation=organisation))
