"""Checked lines of the register → rows. Safe to run twice; an organisation that is not in the file stays as it is."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from django.db import transaction

from organisations.models import IcbMembership, Organisation, Succession
from organisations.register import OrganisationLine

ONE_DAY = dt.timedelta(days=1)
Stored = dict[str, Organisation]


@transaction.atomic
def store(lines: Iterable[OrganisationLine]) -> Counter[str]:
    """Write `lines` and the relations they name; how many organisations were "created", "changed", "unchanged".

    What the file says of an organisation wins over what is stored, relations included. Nothing is deleted but
    relations of organisations in the file that the file no longer names.
    """
    lines = list(lines)
    rows = Organisation.objects.prefetch_related("icb_memberships", "successions")
    stored = {organisation.ods_code: organisation for organisation in rows}
    done = {line.ods_code: _store_organisation(line, stored) for line in lines}
    closed = {line.ods_code: line.closed for line in lines}
    for line in lines:
        if _store_relations(line, stored, closed) and done[line.ods_code] == "unchanged":
            done[line.ods_code] = "changed"
    return Counter(done.values())


def _store_organisation(line: OrganisationLine, stored: Stored) -> str:
    said = {
        "name": line.name,
        "kind": line.kind,
        "region": line.region,
        "care_settings": list(line.care_settings),
        "opened_on": line.opened,
        "closed_on": line.closed,
        "code_source": line.code_source,
    }
    organisation = stored.get(line.ods_code)
    if organisation is None:
        stored[line.ods_code] = Organisation.objects.create(ods_code=line.ods_code, **said)
        return "created"
    if all(getattr(organisation, name) == value for name, value in said.items()):
        return "unchanged"
    for name, value in said.items():
        setattr(organisation, name, value)
    organisation.save()
    return "changed"


def _store_relations(line: OrganisationLine, stored: Stored, closed: dict[str, dt.date | None]) -> bool:
    """Make the relations of one organisation what the file says; True if they were not."""
    organisation = stored[line.ods_code]
    memberships = {(stored[code].pk, start, end) for code, start, end in membership_spans(line, closed)}
    successions = {(stored[code].pk, line.closed + ONE_DAY) for code in line.successors if line.closed}
    held = {(row.icb_id, row.starts_on, row.ends_on) for row in organisation.icb_memberships.all()}
    followed = {(row.successor_id, row.took_effect_on) for row in organisation.successions.all()}
    if (held, followed) == (memberships, successions):
        return False
    organisation.icb_memberships.all().delete()
    organisation.successions.all().delete()
    IcbMembership.objects.bulk_create(
        IcbMembership(trust=organisation, icb_id=icb, starts_on=start, ends_on=end) for icb, start, end in memberships
    )
    Succession.objects.bulk_create(
        Succession(predecessor=organisation, successor_id=successor, took_effect_on=day)
        for successor, day in successions
    )
    return True


def membership_spans(
    line: OrganisationLine, closed: dict[str, dt.date | None]
) -> Iterator[tuple[str, dt.date, dt.date | None]]:
    """ODS code, first and last day (None: goes on) of each ICB of a trust.

    A membership ends on the day before the next one starts or on the day on which that ICB closed (`closed`, by ODS
    code), whichever comes first.
    """
    for (code, start), following in zip_longest(line.icbs, line.icbs[1:]):
        ends = [day for day in (closed[code], following and following[1] - ONE_DAY) if day]
        yield code, start, min(ends) if ends else None
