"""Naming what took over from an organisation: what is refused, what is noted, and that nothing else moves."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisations.choices import AuditedEvent, OrganisationKind
from organisations.models import AuditEvent, IcbMembership, Organisation, Seat, Succession, User
from organisations.successions import CannotSucceed, name_successor, relations_of, take_back_successor
from tests.factories import make_organisation, make_seat

pytestmark = pytest.mark.django_db
DAY = dt.date(2027, 4, 1)


@pytest.fixture
def staff() -> User:
    return User.objects.create_superuser("staff@portal.example", "Content Admin")


@pytest.fixture
def old() -> Organisation:
    return make_organisation("Fenwick NHS Trust")


@pytest.fixture
def new() -> Organisation:
    return make_organisation("Merrow NHS Trust")


def test_the_old_one_closes_the_day_before_and_both_trails_say_so(
    staff: User, old: Organisation, new: Organisation
) -> None:
    make_seat(old)
    name_successor(by=staff, organisation=old, successor=new, took_effect_on=DAY)
    old.refresh_from_db()
    assert old.closed_on == dt.date(2027, 3, 31)
    assert [row.successor for row in relations_of(old).successors] == [new]
    assert [row.predecessor for row in relations_of(new).predecessors] == [old]
    lines = AuditEvent.objects.filter(event=AuditedEvent.SUCCESSOR_NAMED)
    assert {(line.organisation, line.by, line.subject) for line in lines} == {
        (organisation, staff, f"{new.ods_code} after {old.ods_code}, on 1 April 2027") for organisation in (old, new)
    }
    assert Seat.objects.get().organisation == old
    assert not new.seats.exists()


def test_one_can_go_into_several(staff: User, old: Organisation, new: Organisation) -> None:
    for successor in (new, make_organisation()):
        name_successor(by=staff, organisation=old, successor=successor, took_effect_on=DAY)
    assert len(relations_of(old).successors) == 2


def saved(organisation: Organisation, **said: Any) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(**said)


@pytest.mark.parametrize(
    ("of_old", "of_new", "why"),
    [
        ({}, {"kind": OrganisationKind.ICB}, "not of the same kind"),
        ({"closed_on": dt.date(2026, 3, 31)}, {}, "closed on 31 March 2026, so it is taken over on 1 April 2026"),
        ({"opened_on": dt.date(2027, 4, 1)}, {}, "cannot close before that"),
        ({}, {"opened_on": dt.date(2027, 4, 2)}, "cannot take over before that"),
        ({}, {"closed_on": dt.date(2027, 3, 31)}, "had closed by then"),
    ],
)
def test_what_contradicts_the_two_is_refused(
    of_old: dict[str, Any], of_new: dict[str, Any], why: str, staff: User, old: Organisation, new: Organisation
) -> None:
    saved(old, **of_old)
    saved(new, **of_new)
    before = list(Organisation.objects.order_by("pk").values())
    with pytest.raises(CannotSucceed, match=why):
        name_successor(by=staff, organisation=old, successor=new, took_effect_on=DAY)
    assert list(Organisation.objects.order_by("pk").values()) == before
    assert not Succession.objects.exists()


def test_loops_are_refused(staff: User, old: Organisation, new: Organisation) -> None:
    last = make_organisation()
    Succession.objects.create(predecessor=new, successor=last, took_effect_on=DAY)
    Succession.objects.create(predecessor=last, successor=old, took_effect_on=DAY)
    for organisation, why in ((old, "itself"), (new, "directly or through others"), (last, "directly or through")):
        with pytest.raises(CannotSucceed, match=why):
            name_successor(by=staff, organisation=old, successor=organisation, took_effect_on=DAY)


def test_nothing_is_named_twice_and_a_mistake_can_be_taken_back(
    staff: User, old: Organisation, new: Organisation
) -> None:
    row = name_successor(by=staff, organisation=old, successor=new, took_effect_on=DAY)
    with pytest.raises(CannotSucceed, match="named already"):
        name_successor(by=staff, organisation=old, successor=new, took_effect_on=DAY)
    take_back_successor(by=staff, succession=row)
    assert not Succession.objects.exists()
    assert AuditEvent.objects.filter(event=AuditedEvent.SUCCESSOR_TAKEN_BACK).count() == 2
    old.refresh_from_db()
    assert old.closed_on
    name_successor(by=staff, organisation=old, successor=new, took_effect_on=DAY)


def test_relations_take_as_many_queries_however_many_there_are(
    staff: User, old: Organisation, new: Organisation
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            found = relations_of(new)
            assert [str(row.predecessor) for row in found.predecessors]
        return len(captured)

    name_successor(by=staff, organisation=old, successor=new, took_effect_on=DAY)
    few = cost()
    for _ in range(3):
        name_successor(by=staff, organisation=make_organisation(), successor=new, took_effect_on=DAY)
    assert cost() == few == 5


@pytest.mark.parametrize(
    ("starts", "ends", "why"),
    [
        ("2026-04-01", None, None),
        ("2020-01-01", "2022-06-30", None),
        ("2026-03-31", None, "one ICB at a time"),
        ("2020-01-01", None, "one ICB at a time"),
        ("2020-01-01", "2022-07-01", "one ICB at a time"),
    ],
)
def test_a_trust_is_in_one_icb_at_a_time(starts: str, ends: str | None, why: str | None, old: Organisation) -> None:
    icb = make_organisation(kind=OrganisationKind.ICB)
    first, last = dt.date(2022, 7, 1), dt.date(2026, 3, 31)
    IcbMembership.objects.create(trust=old, icb=icb, starts_on=first, ends_on=last)
    row = IcbMembership(
        trust=old, icb=icb, starts_on=dt.date.fromisoformat(starts), ends_on=ends and dt.date.fromisoformat(ends)
    )
    if why is None:
        row.full_clean()
        return
    with pytest.raises(ValidationError, match=why):
        row.full_clean()


def test_only_trusts_are_in_icbs(old: Organisation, new: Organisation) -> None:
    icb = make_organisation(kind=OrganisationKind.ICB)
    for trust, of in ((old, new), (icb, icb)):
        with pytest.raises(ValidationError, match="Only a trust belongs to an ICB"):
            IcbMembership(trust=trust, icb=of, starts_on=DAY).full_clean()
