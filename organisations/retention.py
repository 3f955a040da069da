"""How long personal data stays: docs/PERSONAL-DATA.md. Whoever runs the portal runs `manage.py apply_retention`."""

import datetime as dt
import logging
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from organisations.anonymising import anonymise
from organisations.audit import record
from organisations.choices import AuditedEvent
from organisations.models import AuditEvent, User
from organisations.models.user import ANONYMISED_DOMAIN
from organisations.redaction import forget_addresses

logger = logging.getLogger(__name__)

NETWORK_ADDRESS_DAYS = 365  # long enough to look into an incident that was found late


@dataclass(frozen=True, slots=True)
class Due:
    """A former member whose time is over."""

    person: User
    left_on: dt.date
    kept_until: dt.date


@dataclass(frozen=True, slots=True)
class Applied:
    """What one run did."""

    anonymised: tuple[Due, ...]
    failed: tuple[Due, ...]
    addresses_cleared: int


def due_on(day: dt.date) -> list[Due]:
    """Former members whose last seat anywhere ended longer ago than the longest retention of their organisations.

    Content admins, people who never held a seat, and those who hold one on `day` or later are not among them.
    """
    people = User.objects.filter(is_staff=False, is_superuser=False).exclude(email__endswith=f"@{ANONYMISED_DOMAIN}")
    people = people.exclude(seats__ends_on=None).annotate(
        left_on=Max("seats__ends_on"), years=Max("seats__organisation__retention_years")
    )
    found = [Due(person, person.left_on, _years_later(person.left_on, person.years)) for person in people]
    return [due for due in found if due.kept_until < day]


def old_addresses(now: dt.datetime) -> Q:
    """Lines of the audit trail whose network address is no longer kept."""
    return Q(at__lt=now - dt.timedelta(days=NETWORK_ADDRESS_DAYS), network_address__isnull=False)


def count_old_addresses(now: dt.datetime) -> int:
    """How many network addresses `clear_old_addresses` would clear."""
    return AuditEvent.objects.filter(old_addresses(now)).count()


@transaction.atomic
def clear_old_addresses(*, now: dt.datetime) -> int:
    """Clear network addresses older than a year from the audit trail; returns how many."""
    cleared = forget_addresses(old_addresses(now))
    if cleared:
        subject = f"{cleared} from before {timezone.localdate(now) - dt.timedelta(days=NETWORK_ADDRESS_DAYS):%-d %B %Y}"
        record(AuditedEvent.ADDRESSES_CLEARED, organisation=None, by=None, subject=subject, at=now)
    return cleared


def apply_retention(*, now: dt.datetime) -> Applied:
    """Anonymise everybody who is due, each in a transaction of their own, and clear old network addresses.

    One person's failure, whatever it is, must not keep everybody else's data here for longer. The log gets its kind
    alone, for its words may hold the name: `manage.py anonymise_person` shows them.
    """
    anonymised, failed = [], []
    for former in due_on(timezone.localdate(now)):
        try:
            anonymise(person=former.person)
        except Exception as failure:
            logger.error("Person %s could not be anonymised: %s", former.person.pk, type(failure).__name__)
            failed.append(former)
        else:
            anonymised.append(former)
    return Applied(tuple(anonymised), tuple(failed), clear_old_addresses(now=now))


def _years_later(day: dt.date, years: int) -> dt.date:
    """The same day `years` later; 28 February for a 29 February without one."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
