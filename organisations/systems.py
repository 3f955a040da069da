"""Who belongs together in an integrated care system on a day: an ICB, which answers for it, and its trusts."""

import datetime as dt

from django.db.models import QuerySet

from organisations.models import IcbMembership, Organisation


def others_in_system(organisation: Organisation, day: dt.date) -> QuerySet[Organisation]:
    """Of a trust its ICB, of an ICB its trusts, by name, as recorded for `day`; none where nothing is."""
    held = IcbMembership.objects.on(day)
    if organisation.is_icb:
        return Organisation.objects.filter(icb_memberships__in=held.filter(icb=organisation))
    return Organisation.objects.filter(trust_memberships__in=held.filter(trust=organisation))
