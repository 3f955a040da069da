"""Who a person is to an organisation."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils import timezone

from organisations.models import Organisation, User
from organisations.models.seat import SeatQuerySet


def current_seats(user: User, day: dt.date | None = None) -> SeatQuerySet:
    """The seats that `user` holds on `day` (today if not given), with their organisations."""
    return user.seats.held_on(day or timezone.localdate()).select_related("organisation")


def organisations_of(user: User) -> QuerySet[Organisation]:
    """Organisations in which `user` holds a seat today: all that they can reach anything of."""
    today = timezone.localdate()
    held = Q(seats__ends_on=None) | Q(seats__ends_on__gte=today)
    return Organisation.objects.filter(held, seats__person=user, seats__starts_on__lte=today).distinct()


def is_digital_lead(user: User, organisation: Organisation) -> bool:
    """Whether `user` runs rounds for `organisation` today."""
    return current_seats(user).digital_leads().filter(organisation=organisation).exists()
