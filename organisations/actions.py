"""Writes about people and their seats.

Each locks the organisation first (not its key, which audit lines point to), so that two people who change the seats of
one board at the same time do so one after the other: the last digital lead cannot be lost between them.
"""

import datetime as dt
from collections.abc import Sequence

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from organisations.audit import record
from organisations.choices import AuditedEvent, SeatRole
from organisations.models import Organisation, Seat, User
from organisations.models.user import ANONYMISED_DOMAIN, UserManager
from organisations.people.listed import Listed
from organisations.people.plan import LAST_LEAD, Outcome, Planned, plan_for

ONE_DAY = dt.timedelta(days=1)


class Refused(ValueError):
    """What was asked for cannot be done; the text says why, for a person to read."""


class AlreadySeated(Refused):
    """The person holds a seat on this board then."""


class LastLead(Refused):
    """The board would be left without a digital lead."""


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
    Raises AlreadySeated when the person holds a seat there then or later, Refused for the address of a leaver.
    """
    if email.strip().lower().endswith(f"@{ANONYMISED_DOMAIN}"):
        raise Refused("This address stands for somebody who has left. Nobody can sign in with it.")
    starts_on = starts_on or timezone.localdate()
    _lock(organisation)
    new = {"name": name, "password": make_password(None)}
    known, _ = User.objects.get_or_create(email=UserManager.normalise(email), defaults=new)
    person = known.merged_into or known
    seat = Seat(
        person=person, organisation=organisation, role=role, is_digital_lead=is_digital_lead, starts_on=starts_on
    )
    _check_free(seat)
    seat.save()
    record(AuditedEvent.SEAT_TAKEN, organisation=organisation, by=by, subject=f"{person.name}, {seat.part}")
    return seat


@transaction.atomic
def change_seat(*, by: User, seat: Seat, role: SeatRole, is_digital_lead: bool) -> Seat:
    """Give the holder another role, or make them a digital lead or no longer one. Returns the seat that says so.

    The old seat ends yesterday and a new one begins today, so that the history stays; a seat that began today, or
    begins later, is corrected. Raises LastLead, and Refused when the seat has ended.
    """
    seat = _locked(seat)
    before = seat.part
    if (seat.role, seat.is_digital_lead) == (role, is_digital_lead):
        return seat
    today = timezone.localdate()
    if seat.is_digital_lead and not is_digital_lead:
        _check_a_lead_remains(seat, today)
    if seat.starts_on < today:
        seat = _successor(seat, today)
    seat.role, seat.is_digital_lead = role, is_digital_lead
    seat.save()
    subject = f"{seat.person.name}, {before}: now {seat.part}"
    record(AuditedEvent.SEAT_CHANGED, organisation=seat.organisation, by=by, subject=subject)
    return seat


def _successor(seat: Seat, day: dt.date) -> Seat:
    """A seat of the same person from `day`, not yet stored; the old one ends the day before."""
    following = Seat(person=seat.person, organisation=seat.organisation, starts_on=day, ends_on=seat.ends_on)
    seat.ends_on = day - ONE_DAY
    seat.save(update_fields=["ends_on"])
    return following


@transaction.atomic
def end_seat(*, by: User, seat: Seat, ends_on: dt.date) -> None:
    """Make `ends_on` the last day in the seat.

    Raises LastLead, and Refused for a day before the seat began, within a later seat, or when the seat has ended.
    """
    seat = _locked(seat)
    if ends_on < seat.starts_on:
        raise Refused(f"The seat began on {seat.starts_on:%-d %B %Y}. It cannot end before that.")
    if seat.is_digital_lead:
        _check_a_lead_remains(seat, ends_on + ONE_DAY)
    seat.ends_on = ends_on
    _check_free(seat)
    seat.save(update_fields=["ends_on"])
    subject = f"{seat.person.name}, {seat.part}: last day {ends_on:%-d %B %Y}"
    record(AuditedEvent.SEAT_ENDED, organisation=seat.organisation, by=by, subject=subject)


@transaction.atomic
def seat_people(*, by: User, organisation: Organisation, people: Sequence[Listed]) -> list[Planned]:
    """Carry out what `plan_for` makes of a list now: every line that can be done, in one transaction.

    Returns the plan as it was carried out. Nothing is e-mailed.
    """
    _lock(organisation)
    plan = plan_for(organisation, people)
    # Whoever stops being a digital lead comes last, when those who take over are there.
    plan.sort(key=lambda planned: planned.loses_lead)
    return sorted((_carry_out(by, organisation, planned) for planned in plan), key=lambda planned: planned.person.line)


def _carry_out(by: User, organisation: Organisation, planned: Planned) -> Planned:
    person = planned.person
    try:
        if planned.outcome == Outcome.ADD and person.role:
            is_lead = bool(person.is_digital_lead)
            give_seat(
                by=by, organisation=organisation, email=person.email, name=person.name, role=person.role,
                is_digital_lead=is_lead,
            )  # fmt: skip
        elif planned.outcome == Outcome.CHANGE and person.role and planned.seat:
            change_seat(by=by, seat=planned.seat, role=person.role, is_digital_lead=planned.is_digital_lead)
    except Refused as reason:
        return Planned(person, Outcome.ERROR, str(reason))
    return planned


def _lock(organisation: Organisation) -> None:
    """Make whoever else changes seats of this board wait until the transaction ends."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


def _locked(seat: Seat) -> Seat:
    """The seat as it stands now, its board locked. Raises Refused when it has ended."""
    _lock(seat.organisation)
    seat = Seat.objects.select_related("person", "organisation").get(pk=seat.pk)
    if seat.ends_on and seat.ends_on < timezone.localdate():
        raise Refused(f"This seat ended on {seat.ends_on:%-d %B %Y}. It can no longer be changed.")
    return seat


def _check_free(seat: Seat) -> None:
    """Raise AlreadySeated when the person holds another seat on the board during this one."""
    others = seat.person.seats.filter(organisation=seat.organisation).exclude(pk=seat.pk)
    others = others.filter(Q(ends_on=None) | Q(ends_on__gte=seat.starts_on))
    if seat.ends_on:
        others = others.filter(starts_on__lte=seat.ends_on)
    other = others.first()
    if other:
        since = f", from {other.starts_on:%-d %B %Y}" if other.starts_on > timezone.localdate() else ""
        raise AlreadySeated(f"{seat.person.name} already has a seat on this board{since}.")


def _check_a_lead_remains(seat: Seat, day: dt.date) -> None:
    """Raise LastLead unless somebody else who can sign in is a digital lead by `day`, with no end in sight."""
    leads = seat.organisation.seats.digital_leads().exclude(pk=seat.pk).filter(person__is_active=True, ends_on=None)
    if not leads.filter(starts_on__lte=max(day, timezone.localdate())).exists():
        raise LastLead(LAST_LEAD.format(name=seat.person.name, organisation=seat.organisation))
