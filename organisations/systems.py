"""Who belongs together in an integrated care system on a day: an ICB, which answers for it, and its trusts."""

import datetime as dt

from django.db.models import Q, QuerySet

from organisations.models import IcbMembership, Organisation


def others_in_system(organisation: Organisation, day: dt.date) -> QuerySet[Organisation]:
    """Of a trust its ICB, of an ICB its trusts, by name, as recorded for `day`; none where nothing is.

    The register ends no membership when a trust closes, so whoever had closed before `day` is left out here.
    """
    held = IcbMembership.objects.on(day)
    not_closed = Organisation.objects.filter(Q(closed_on=None) | Q(closed_on__gte=day))
    if organisation.is_icb:
        return not_closed.filter(icb_memberships__in=held.filter(icb=organisation))
    return not_closed.filter(trust_memberships__in=held.filter(trust=organisation))
