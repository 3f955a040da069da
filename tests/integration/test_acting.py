"""One person on several boards: whom they act for, and that a permission never travels from one board to the other."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from frameworks.models import FrameworkVersion
from organisations.actions import give_seat
from organisations.choices import SeatRole
from organisations.models import Organisation, User
from tests.factories import LONG_AGO, make_lead, make_organisation, make_round, make_seat

HOME = "/"
SWITCH = "/acting-for/"
BY_NAME = 'ORDER BY "organisations_organisation"."name" ASC, "organisations_seat"."id" ASC'  # the seats one acts from


@pytest.fixture
def other(db: None) -> Organisation:
    return make_organisation("Zennor Integrated Care Board")


@pytest.fixture
def person(trust: Organisation, other: Organisation) -> User:
    """Digital lead of the trust, member of the other board, which has a lead of its own."""
    lead = make_lead(trust)
    make_lead(other)
    give_seat(
        by=None, organisation=other, email=lead.email, name="", role=SeatRole.PARTNER, starts_on=LONG_AGO
    )  # fmt: skip
    return lead


def page(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def header(client: Client, address: str) -> str:
    return page(client, address).split("</header>")[0]


def test_one_seat_shows_its_name_and_asks_nothing(client: Client, trust: Organisation) -> None:
    client.force_login(make_seat(trust).person)
    for address in (HOME, reverse("frameworks:list"), "/no-such-page/"):
        html = header(client, address) if address != "/no-such-page/" else page(client, address)
        assert "Fenwick Hospitals NHS Trust" in html
        assert "Change organisation" not in html


def test_several_seats_are_asked_once_and_can_switch(
    client: Client, person: User, trust: Organisation, other: Organisation
) -> None:
    client.force_login(person)
    assert client.get(HOME)["Location"] == SWITCH
    html = page(client, SWITCH)
    assert html.count('type="radio"') == 2
    for chosen in (other, trust, other):
        assert client.post(SWITCH, {"organisation": chosen.ods_code})["Location"] == HOME
        for address in (HOME, reverse("frameworks:list")):
            assert f"{chosen.name}</span>" in header(client, address)
            assert "Change organisation" in header(client, address)


def test_only_a_board_of_today_can_be_chosen(client: Client, person: User, other: Organisation) -> None:
    stranger = make_organisation("Elsewhere NHS Trust")
    person.seats.filter(organisation=other).update(ends_on=timezone.localdate() - dt.timedelta(days=1))
    client.force_login(person)
    for code in (stranger.ods_code, other.ods_code, "", "\0"):
        answered = client.post(SWITCH, {"organisation": code})
        assert answered.status_code == 422
        assert stranger.name not in answered.content.decode()
    assert "Zennor" not in page(client, HOME)


def test_a_choice_ends_with_the_seat(client: Client, person: User, trust: Organisation, other: Organisation) -> None:
    client.force_login(person)
    client.post(SWITCH, {"organisation": other.ods_code})
    person.seats.filter(organisation=other).update(ends_on=timezone.localdate() - dt.timedelta(days=1))
    assert f"{trust.name}</span>" in header(client, HOME)
    assert "Change organisation" not in header(client, HOME)


def test_looking_changes_nothing(client: Client, person: User, other: Organisation) -> None:
    client.force_login(person)
    client.post(SWITCH, {"organisation": other.ods_code})
    before = dict(client.session)
    page(client, SWITCH)
    client.get(HOME, {"organisation": "X"})
    assert dict(client.session) == before


def test_the_first_page_is_about_one_board_and_counts_the_other(
    client: Client, person: User, trust: Organisation, other: Organisation, wgll: FrameworkVersion
) -> None:
    for board in (trust, other):
        round_ = make_round(board, wgll, members=1)
        round_.responses.update(person=person, seat=person.seats.get(organisation=board))
    client.force_login(person)
    client.post(SWITCH, {"organisation": other.ods_code})
    main = page(client, HOME).split("<main")[1]
    assert main.count("Start answering") == 1
    assert f"You also have 1 assessment to answer for {trust.name}." in main
    assert "Rounds and what they need today" not in main
    client.post(SWITCH, {"organisation": trust.ods_code})
    main = page(client, HOME).split("<main")[1]
    assert f"You also have 1 assessment to answer for {other.name}." in main
    assert "Rounds and what they need today" in main


def test_a_page_about_another_of_my_boards_says_so(
    client: Client, person: User, trust: Organisation, other: Organisation, wgll: FrameworkVersion
) -> None:
    round_ = make_round(trust, wgll)
    client.force_login(person)
    client.post(SWITCH, {"organisation": other.ods_code})
    assert f"{trust.name}</span>" in header(client, reverse("assessments:round", args=[round_.pk]))
    assert f"{other.name}</span>" in header(client, HOME)


@pytest.mark.parametrize("acting_for_the_trust", [True, False])
def test_lead_here_is_no_key_there(
    client: Client,
    person: User,
    trust: Organisation,
    other: Organisation,
    wgll: FrameworkVersion,
    acting_for_the_trust: bool,
) -> None:
    mine, theirs = make_round(trust, wgll), make_round(other, wgll)
    closed = make_round(make_organisation(), wgll, state="closed")
    client.force_login(person)
    client.post(SWITCH, {"organisation": (trust if acting_for_the_trust else other).ods_code})
    for name in ("round", "members", "new_member", "change_round", "closing_date", "close", "cancel"):
        assert client.get(reverse(f"assessments:{name}", args=[mine.pk])).status_code == 200, name
        refused = client.get(reverse(f"assessments:{name}", args=[theirs.pk]))
        assert refused.status_code == 403, name
        assert "Only a digital lead of Zennor Integrated Care Board can" in refused.content.decode()
        assert client.get(reverse(f"assessments:{name}", args=[closed.pk])).status_code == 404, name
    seat = other.seats.exclude(person=person)[0]
    for name, more in (("people", ()), ("add_person", ()), ("add_people", ()), ("change_seat", (seat.pk,))):
        assert client.get(reverse(name, args=[trust.ods_code, *more])).status_code == (404 if more else 200)
        refused = client.get(reverse(name, args=[other.ods_code, *more]))
        assert refused.status_code == 403
        assert seat.person.email not in refused.content.decode()
    assert client.get(reverse("assessments:choose_framework", args=[other.ods_code])).status_code == 403


def test_nobody_acts_for_a_board_without_a_seat(client: Client, db: None) -> None:
    client.force_login(User.objects.create_user("nobody@board.example", "No Seat"))
    assert "You do not hold a seat" in page(client, HOME)
    assert client.get(SWITCH).status_code == 200
    assert client.post(SWITCH, {"organisation": "X0001"}).status_code == 422


def test_it_costs_one_query_however_many_boards(client: Client, trust: Organisation) -> None:
    seat = make_seat(trust)
    client.force_login(seat.person)
    counts = []
    for boards in (1, 6):
        for _ in range(boards - 1):
            give_seat(
                by=None, organisation=make_organisation(), email=seat.person.email, name="", role=SeatRole.CHAIR
            )  # fmt: skip
        client.post(SWITCH, {"organisation": trust.ods_code})
        found = []
        for address in (HOME, reverse("frameworks:list")):
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            assert sum(BY_NAME in query["sql"] for query in captured) == 1
            found.append(len(captured))
        counts.append(found)
    assert counts[0] == counts[1]
