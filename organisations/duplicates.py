"""Two accounts of one person become one: somebody was seated under two addresses.

Lines of the audit trail stay with the account that left them; it is kept for that, and can no longer sign in.
"""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from organisations.actions import Refused
from organisations.anonymising import delete_ways_in, is_anonymised
from organisations.audit import record
from organisations.choices import AuditedEvent
from organisations.models import Organisation, User
from organisations.signals import people_merging


class CannotMerge(Refused):
    """Merging would lose something, or let somebody in; the text says what, for a person to read."""


@transaction.atomic
def merge_people(*, by: User, keep: User, other: User) -> None:
    """Give `keep` all seats of `other`, and what other apps hold for `other`; nobody signs in as `other` any more.

    Whoever is seated or invited under the address of `other` later on is `keep`. Raises CannotMerge, and then changes
    nothing.
    """
    keep, other = _locked(keep, other)
    if reason := why_not_merge(keep, other):
        raise CannotMerge(reason)
    people_merging.send(User, keep=keep, other=other)
    boards: list[Organisation | None] = list(Organisation.objects.filter(seats__person=other).distinct())
    other.seats.update(person=keep)
    delete_ways_in(other)
    other.merged.update(merged_into=keep)
    other.is_active, other.merged_into = False, keep
    other.save(update_fields=["is_active", "merged_into"])
    for organisation in boards or [None]:
        subject = f"{keep.name}: {other.email} is now {keep.email}"
        record(AuditedEvent.PEOPLE_MERGED, organisation=organisation, by=by, subject=subject[:200])


def why_not_merge(keep: User, other: User) -> str | None:
    """The reason, in words, for which the two cannot be merged as far as people and seats go; None if they can."""
    if keep == other:
        return "Choose two different accounts."
    for person in (keep, other):
        if person.merged_into_id or is_anonymised(person):
            return f"{person.email} is no account that anybody uses: it was merged or made anonymous before."
    if other.is_staff or other.is_superuser:
        return f"{other.email} is a content admin. Take that away first, so that nobody becomes one by a merger."
    return _seated_twice(keep, other)


def _seated_twice(keep: User, other: User) -> str | None:
    """A person holds at most one seat on a board at a time."""
    today = timezone.localdate()
    lasting = Q(seats__ends_on=None) | Q(seats__ends_on__gte=today)
    boards = [set(Organisation.objects.filter(lasting, seats__person=person)) for person in (keep, other)]
    both = sorted(organisation.name for organisation in boards[0] & boards[1])
    return f"Both hold a seat on the board of {both[0]}. End one of the two seats first." if both else None


def _locked(keep: User, other: User) -> tuple[User, User]:
    """Both as they stand now; whoever else changes either waits."""
    rows = {row.pk: row for row in User.objects.select_for_update().filter(pk__in=(keep.pk, other.pk)).order_by("pk")}
    return rows[keep.pk], rows[other.pk]
