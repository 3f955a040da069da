"""The support desk's page of predecessors, successors and ICBs."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisations.choices import OrganisationKind
from organisations.models import IcbMembership, Organisation, Succession, User
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> User:
    person = User.objects.create_user("staff@portal.example", "Content Admin", is_staff=True)
    person.user_permissions.set(Permission.objects.filter(content_type__app_label="organisations"))
    return person


@pytest.fixture
def desk(signed_in: Callable[[User], Client], staff: User) -> Client:
    return signed_in(staff)


@pytest.fixture
def other() -> Organisation:
    return make_organisation("Merrow NHS Trust")


def address(organisation: Organisation) -> str:
    return reverse("admin:organisations_organisation_relations", args=[organisation.pk])


def text(client: Client, organisation: Organisation) -> str:
    response = client.get(address(organisation))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_successor_is_shown_first_and_then_named(desk: Client, trust: Organisation, other: Organisation) -> None:
    assert (
        address(trust) in desk.get(reverse("admin:organisations_organisation_change", args=[trust.pk])).content.decode()
    )
    said = {"successor": other.ods_code.lower(), "took_effect_on": "1 April 2027"}
    page = " ".join(desk.post(address(trust), said).content.decode().split())
    assert f"takes over from {trust} on 1 April 2027." in page
    assert "does not get to see them" in page
    assert not Succession.objects.exists()
    sent = {"successor": other.ods_code, "took_effect_on": "2027-04-01", "confirmed": "Name the successor"}
    assert desk.post(address(trust), sent).status_code == 302
    assert f"{other} ({other.ods_code})</a>, on 1 April 2027" in text(desk, trust)
    assert f"{trust} ({trust.ods_code})</a>, on 1 April 2027" in text(desk, other)
    back = reverse("admin:organisations_organisation_take_back", args=[trust.pk, Succession.objects.get().pk])
    assert desk.get(back).status_code == 405
    told = f"no longer named as a successor of {trust}. Its last day is still 31 March 2027."
    assert told in desk.post(back, follow=True).content.decode()
    assert not Succession.objects.exists()


@pytest.mark.parametrize(
    ("code", "day", "why"),
    [
        ("ZZZZZ", "2027-04-01", "There is no organisation with the ODS code ZZZZZ"),
        ("", "2027-04-01", "This field is required"),
        ("own", "2027-04-01", "cannot take over from itself"),
        ("other", "soon", "Give a day, such as 1 April 2027."),
    ],
)
def test_what_will_not_do_comes_back_with_the_reason(
    code: str, day: str, why: str, desk: Client, trust: Organisation, other: Organisation
) -> None:
    typed = {"own": trust.ods_code, "other": other.ods_code}.get(code, code)
    response = desk.post(address(trust), {"successor": typed, "took_effect_on": day, "confirmed": "yes"})
    assert response.status_code == 422
    assert why in response.content.decode()
    assert f'value="{day}"' in response.content.decode()
    assert not Succession.objects.exists()


def test_dated_icbs_are_shown_on_both_sides(desk: Client, trust: Organisation) -> None:
    old, new = (make_organisation(name, kind=OrganisationKind.ICB) for name in ("NHS Old ICB", "NHS New ICB"))
    day = dt.date(2026, 4, 1)
    IcbMembership.objects.create(trust=trust, icb=old, starts_on="2022-07-01", ends_on=day - dt.timedelta(days=1))
    IcbMembership.objects.create(trust=trust, icb=new, starts_on=day)
    page = text(desk, trust)
    assert f"NHS Old ICB ({old.ods_code})</a>, 1 July 2022 to 31 March 2026" in page
    assert f"NHS New ICB ({new.ods_code})</a>, since 1 April 2026" in page
    assert str(trust) in text(desk, new)
    assert f"{trust} ({trust.ods_code})" not in text(desk, old)


def test_the_page_takes_few_queries(desk: Client, trust: Organisation) -> None:
    for _ in range(5):
        Succession.objects.create(predecessor=make_organisation(), successor=trust, took_effect_on="2027-04-01")
    with CaptureQueriesContext(connection) as captured:
        text(desk, trust)
    assert len(captured) <= 13


def test_whoever_may_only_look_changes_nothing(
    signed_in: Callable[[User], Client], staff: User, trust: Organisation, other: Organisation
) -> None:
    staff.user_permissions.set(Permission.objects.filter(codename="view_organisation"))
    client = signed_in(staff)
    assert "Name a successor" not in text(client, trust)
    row = Succession.objects.create(predecessor=trust, successor=other, took_effect_on="2027-04-01")
    back = reverse("admin:organisations_organisation_take_back", args=[trust.pk, row.pk])
    assert {client.post(page).status_code for page in (address(trust), back)} == {403}
    assert Succession.objects.exists()
    staff.user_permissions.clear()
    assert client.get(address(trust)).status_code == 403
