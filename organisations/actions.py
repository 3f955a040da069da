"""Writes about people and their seats."""

import datetime as dt

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from organisations.audit import record
from organisations.choices import AuditedEvent, SeatRole
from organisations.models import Organisation, Seat, User
from organisations.models.user import UserManager


class AlreadySeated(ValueError):
    """The person holds a seat on this board, or will."""


@transaction.atomic
def give_seat(
    *,
    by: User | None,
    organisation: Organisation,
    email: str,
    name: str,
    role: SeatRole,
    is_digital_lead: bool = False,
    starts_on: dt.date | None = None,
) -> Seat:
    """Seat a person on a board from `starts_on` (today if not given), creating the person when the address is new.

    A person the portal knows keeps their own name: `name` is used for new people only.
    Raises AlreadySeated when the person holds a seat there then or will hold one later.
    """
    starts_on = starts_on or timezone.localdate()
    Organisation.objects.select_for_update().get(pk=organisation.pk)  # one new seat at a time
    new = {"name": name, "password": make_password(None)}  # no password: an e-mailed code signs them in
    person, _ = User.objects.get_or_create(email=UserManager.normalise(email), defaults=new)
    if person.seats.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on), organisation=organisation).exists():
        raise AlreadySeated("The person with this address already has a seat on this board.")
    seat = Seat.objects.create(
        person=person, organisation=organisation, role=role, is_digital_lead=is_digital_lead, starts_on=starts_on
    )
    subject = f"{person.name}, {seat.get_role_display()}"
    record(AuditedEvent.SEAT_TAKEN, organisation=organisation, by=by, subject=subject)
    return seat
