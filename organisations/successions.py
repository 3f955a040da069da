"""Which organisation took over from which: named in the admin, one line in the trail of each. Nothing else moves.

Seats, rounds and reports stay with the organisation that they belong to: a seat on the successor's board gives no right
to read what the predecessor's board answered.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from organisations.actions import ONE_DAY, Refused
from organisations.audit import record
from organisations.choices import AuditedEvent
from organisations.models import IcbMembership, Organisation, Succession, User


class CannotSucceed(Refused):
    """The succession would contradict what is known of the two; the text says why, for a person to read."""


@dataclass(frozen=True, slots=True)
class Relations:
    """An organisation among others: where it came from, what took over from it, and its dated ICB relations."""

    predecessors: tuple[Succession, ...]
    successors: tuple[Succession, ...]
    icbs: tuple[IcbMembership, ...]  # of a trust
    trusts: tuple[IcbMembership, ...]  # of an ICB, today
    seats_now: int


def relations_of(organisation: Organisation) -> Relations:
    """Five queries."""
    today = timezone.localdate()
    trusts = organisation.trust_memberships.on(today)
    return Relations(
        predecessors=tuple(organisation.inheritances.select_related("predecessor")),
        successors=tuple(organisation.successions.select_related("successor")),
        icbs=tuple(organisation.icb_memberships.select_related("icb")),
        trusts=tuple(trusts.select_related("trust").order_by("trust__name")),
        seats_now=organisation.seats.held_on(today).count(),
    )


def why_not_succeed(organisation: Organisation, successor: Organisation, took_effect_on: dt.date) -> str | None:
    """The reason, in words, for which `successor` cannot take over from `organisation` on that day; None if it can."""
    if organisation == successor:
        return "An organisation cannot take over from itself."
    if organisation.kind != successor.kind:
        return f"{successor} is not of the same kind: only a trust takes over from a trust, and an ICB from an ICB."
    if organisation.successions.filter(successor=successor).exists():
        return f"{successor} is named already. Take that back first to give another day."
    if organisation.pk in _after([successor.pk]):
        return f"{organisation} itself took over from {successor}, directly or through others."
    return _why_not_that_day(organisation, successor, took_effect_on)


def _why_not_that_day(organisation: Organisation, successor: Organisation, day: dt.date) -> str | None:
    last_day = day - ONE_DAY
    if organisation.closed_on and organisation.closed_on != last_day:
        closed, following = organisation.closed_on, organisation.closed_on + ONE_DAY
        return f"{organisation} closed on {closed:%-d %B %Y}, so it is taken over on {following:%-d %B %Y}."
    if organisation.opened_on and last_day < organisation.opened_on:
        return f"{organisation} opened on {organisation.opened_on:%-d %B %Y}. It cannot close before that."
    if successor.opened_on and day < successor.opened_on:
        return f"{successor} opened on {successor.opened_on:%-d %B %Y}. It cannot take over before that."
    if successor.closed_on and day > successor.closed_on:
        return f"{successor} had closed by then, on {successor.closed_on:%-d %B %Y}."
    return None


@transaction.atomic
def name_successor(
    *, by: User, organisation: Organisation, successor: Organisation, took_effect_on: dt.date
) -> Succession:
    """Note that `successor` took over, wholly or in part; `organisation` closes on the day before, if it has not yet.

    Raises CannotSucceed, and then changes nothing.
    """
    organisation, successor = _held(organisation, successor)
    if reason := why_not_succeed(organisation, successor, took_effect_on):
        raise CannotSucceed(reason)
    if organisation.closed_on is None:
        organisation.closed_on = took_effect_on - ONE_DAY
        organisation.save(update_fields=["closed_on"])
    succession = Succession.objects.create(predecessor=organisation, successor=successor, took_effect_on=took_effect_on)
    _tell(AuditedEvent.SUCCESSOR_NAMED, succession, by)
    return succession


@transaction.atomic
def take_back_successor(*, by: User, succession: Succession) -> None:
    """Delete a succession that was named by mistake. The day on which the organisation closed stays as it is.

    Nothing happens where somebody else has just done so.
    """
    if Succession.objects.select_for_update().filter(pk=succession.pk).exists():
        _tell(AuditedEvent.SUCCESSOR_TAKEN_BACK, succession, by)
        succession.delete()


def _held(organisation: Organisation, successor: Organisation) -> tuple[Organisation, Organisation]:
    """Both as they stand now. All organisations are held, so that no two people close a loop at the same time."""
    rows = {row.pk: row for row in Organisation.objects.select_for_update(no_key=True).order_by("pk")}
    return rows[organisation.pk], rows[successor.pk]


def _after(keys: Iterable[int]) -> set[int]:
    """Whatever took over from these, directly or through others."""
    followed: dict[int, set[int]] = {}
    for before, after in Succession.objects.values_list("predecessor_id", "successor_id"):
        followed.setdefault(before, set()).add(after)
    found, waiting = set[int](), list(keys)
    while waiting:
        following = followed.get(waiting.pop(), set()) - found
        found |= following
        waiting += following
    return found


def _tell(event: AuditedEvent, succession: Succession, by: User) -> None:
    subject = f"{succession.successor.ods_code} after {succession.predecessor.ods_code}"
    subject += f", on {succession.took_effect_on:%-d %B %Y}"
    for organisation in (succession.predecessor, succession.successor):
        record(event, organisation=organisation, by=by, subject=subject)
