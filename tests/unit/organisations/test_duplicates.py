"""Two accounts of one person become one: what moves, what stays, and what is refused without a trace."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Answer
from frameworks.models import FrameworkVersion
from organisations.actions import give_seat
from organisations.anonymising import anonymise
from organisations.choices import AuditedEvent, SeatRole
from organisations.duplicates import CannotMerge, merge_people
from organisations.models import AuditEvent, Organisation, User
from tests.factories import answer, make_organisation, make_round, make_seat
from tests.unit.organisations.test_anonymising import words_left

Change = Callable[[User, User], object]


@pytest.fixture
def staff(db: None) -> User:
    return User.objects.create_superuser("staff@portal.example", "Content Admin")


@pytest.fixture
def keep(trust: Organisation) -> User:
    return make_seat(trust, "Jo Merrow").person


@pytest.fixture
def other(keep: User) -> User:
    return make_seat(make_organisation("Fenwick Partnership NHS Trust"), "Joanna Merrow").person


def test_seats_and_answers_move_and_the_other_account_is_closed(
    staff: User, keep: User, other: User, digital_boards: FrameworkVersion
) -> None:
    round_ = make_round(other.seats.get().organisation, digital_boards)
    response = round_.responses.all()[0]
    answer(response, lambda indicator: 3)
    given = list(Answer.objects.filter(response=response).values())
    member, seat = response.person, response.seat
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)

    merge_people(by=staff, keep=keep, other=member)

    response.refresh_from_db()
    seat.refresh_from_db()
    member.refresh_from_db()
    assert (response.person, seat.person, member.merged_into) == (keep, keep, keep)
    assert list(Answer.objects.filter(response=response).values()) == given
    assert not member.is_active
    assert not EmailAddress.objects.filter(user=member).exists()
    line = AuditEvent.objects.get(event=AuditedEvent.PEOPLE_MERGED)
    assert (line.organisation, line.by) == (seat.organisation, staff)


def test_whoever_is_seated_under_the_old_address_is_the_person_kept(staff: User, keep: User, other: User) -> None:
    merge_people(by=staff, keep=keep, other=other)
    seat = give_seat(
        by=staff, organisation=make_organisation(), email=other.email, name="Anything", role=SeatRole.EXECUTIVE
    )
    assert seat.person == keep


def seat_on_the_same_board(keep: User, other: User) -> None:
    make = keep.seats.get()
    give_seat(by=None, organisation=make.organisation, email=other.email, name="", role=SeatRole.EXECUTIVE)


def make_staff(keep: User, other: User) -> None:
    User.objects.filter(pk=other.pk).update(is_staff=True)


def merged_before(keep: User, other: User) -> None:
    User.objects.filter(pk=other.pk).update(merged_into=keep)


def leave_and_be_forgotten(keep: User, other: User) -> None:
    other.seats.update(ends_on=timezone.localdate() - dt.timedelta(days=1))
    anonymise(person=other)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (seat_on_the_same_board, "Both hold a seat on the board of Fenwick Hospitals NHS Trust"),
        (make_staff, "is a content admin"),
        (merged_before, "merged or made anonymous before"),
        (leave_and_be_forgotten, "merged or made anonymous before"),
    ],
)
def test_what_is_refused(staff: User, keep: User, other: User, change: Change, words: str) -> None:
    change(keep, other)
    seats = list(other.seats.values())
    with pytest.raises(CannotMerge, match=words):
        merge_people(by=staff, keep=keep, other=other)
    assert list(other.seats.values()) == seats
    assert not AuditEvent.objects.filter(event=AuditedEvent.PEOPLE_MERGED).exists()


def test_an_account_is_not_merged_with_itself(staff: User, keep: User) -> None:
    with pytest.raises(CannotMerge, match="two different"):
        merge_people(by=staff, keep=keep, other=keep)


def test_two_members_of_one_round_stay_two(staff: User, trust: Organisation, digital_boards: FrameworkVersion) -> None:
    """Even when one seat has ended: both have a response, and one of them would be lost."""
    first, second = (response.person for response in make_round(trust, digital_boards).responses.all()[:2])
    second.seats.update(ends_on=timezone.localdate() - dt.timedelta(days=1))
    with pytest.raises(CannotMerge, match="members of one round"):
        merge_people(by=staff, keep=first, other=second)
    second.refresh_from_db()
    assert (second.is_active, second.merged_into, second.responses.count()) == (True, None, 1)


def test_who_is_forgotten_is_forgotten_under_both_names(staff: User, keep: User, other: User) -> None:
    merge_people(by=staff, keep=keep, other=other)
    keep.seats.update(ends_on=timezone.localdate() - dt.timedelta(days=1))
    anonymise(person=keep)
    assert words_left(keep.email, other.email, "Joanna Merrow", "Jo Merrow") == []


# --- the admin's page ------------------------------------------------------------------------------------------------


def merge_address(keep: User, other: User) -> str:
    return reverse("admin:organisations_user_merge", args=[keep.pk, other.pk])


@pytest.fixture
def desk(client: Client, staff: User) -> Client:
    client.force_login(staff)
    return client


@pytest.mark.parametrize(("how_many", "leads_to"), [(1, "changelist"), (2, "merge"), (3, "changelist")])
def test_two_are_chosen_in_the_list(desk: Client, keep: User, other: User, how_many: int, leads_to: str) -> None:
    third = make_seat(make_organisation()).person
    chosen = [person.pk for person in (keep, other, third)][:how_many]
    data: dict[str, Any] = {"action": "merge_two", "_selected_action": chosen}
    response = desk.post(reverse("admin:organisations_user_changelist"), data)
    pair = sorted(chosen)[:2] if leads_to == "merge" else []
    assert response["Location"].split("?")[0] == reverse(f"admin:organisations_user_{leads_to}", args=pair)


def test_the_page_shows_seats_and_merges(desk: Client, keep: User, other: User) -> None:
    page = desk.get(merge_address(keep, other)).content.decode()
    assert "Fenwick Hospitals NHS Trust" in page
    assert "Fenwick Partnership NHS Trust" in page
    assert desk.post(merge_address(keep, other), {}).status_code == 422
    desk.post(merge_address(keep, other), {"keep": keep.pk})
    assert keep.seats.count() == 2


def test_the_page_says_why_not(desk: Client, keep: User, other: User) -> None:
    seat_on_the_same_board(keep, other)
    response = desk.post(merge_address(keep, other), {"keep": keep.pk})
    assert response.status_code == 422
    assert "End one of the two seats first." in response.content.decode()


def test_people_without_the_permission_get_no_page(client: Client, keep: User, other: User) -> None:
    User.objects.filter(pk=keep.pk).update(is_staff=True)
    keep.refresh_from_db()
    client.force_login(keep)
    assert client.get(merge_address(keep, other)).status_code == 403


@pytest.mark.parametrize("asked", ["X", "Fenwick Partnership", "member"])
def test_people_are_found_by_their_board(desk: Client, other: User, asked: str) -> None:
    code = other.seats.get().organisation.ods_code if asked == "X" else asked
    assert other.email in desk.get(reverse("admin:organisations_user_changelist"), {"q": code}).content.decode()
