"""Seats are dated: what is held when, how one ends or changes, and that a board keeps a digital lead."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organisations import actions
from organisations.choices import AuditedEvent, SeatRole
from organisations.models import AuditEvent, Organisation, Seat, User
from organisations.people.listed import read_list
from organisations.people.plan import Outcome, plan_for
from organisations.people.queries import left_on, people_of
from organisations.permissions import Permission, current_seats, has_permission, holds_seat, organisations_of
from tests.factories import LONG_AGO, make_lead, make_organisation, make_seat

DAY = dt.timedelta(days=1)


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


@pytest.fixture
def lead(trust: Organisation) -> User:
    return make_lead(trust)


# (days from today that a seat starts, ends) → held today, listed as current
DATED = [
    ((-10, None), True, True),
    ((-10, 10), True, True),
    ((0, None), True, True),
    ((0, 0), True, True),
    ((-10, 0), True, True),
    ((-10, -1), False, False),
    ((1, None), False, True),
    ((1, 5), False, True),
]


@pytest.mark.parametrize(("days", "is_held", "is_listed"), DATED)
def test_a_seat_counts_from_its_first_day_to_its_last(
    trust: Organisation, today: dt.date, days: tuple[int, int | None], is_held: bool, is_listed: bool
) -> None:
    seat = make_seat(trust, lead=True)
    seat.starts_on, seat.ends_on = today + days[0] * DAY, None if days[1] is None else today + days[1] * DAY
    seat.save()
    person = seat.person
    assert list(current_seats(person)) == ([seat] if is_held else [])
    assert list(organisations_of(person)) == ([trust] if is_held else [])
    assert has_permission(person, trust, Permission.MANAGE_PEOPLE) is is_held
    assert holds_seat(person.pk, trust.pk, today) is is_held
    assert [line.seat_id for line in people_of(trust).current] == ([seat.pk] if is_listed else [])
    assert bool(people_of(trust).past) is not is_listed
    assert (person.pk in left_on(trust)) is not is_listed


def test_a_seat_today_and_one_before_is_one_board(trust: Organisation, lead: User, today: dt.date) -> None:
    seat = make_seat(trust, "Ada Quince")
    actions.change_seat(by=lead, seat=seat, role=SeatRole.CHAIR, is_digital_lead=False)
    assert [held.role for held in current_seats(seat.person)] == [SeatRole.CHAIR]
    assert list(organisations_of(seat.person)) == [trust]
    assert seat.person_id not in left_on(trust)


# --- changing -----------------------------------------------------------------------------------------------------


def test_a_change_ends_the_old_seat_and_opens_a_new_one_today(trust: Organisation, lead: User, today: dt.date) -> None:
    old = make_seat(trust, "Ada Quince")
    old.ends_on = today + 30 * DAY
    old.save()
    new = actions.change_seat(by=lead, seat=old, role=SeatRole.CHAIR, is_digital_lead=True)
    old.refresh_from_db()
    assert (old.role, old.starts_on, old.ends_on) == (SeatRole.NON_EXECUTIVE, LONG_AGO, today - DAY)
    assert (new.role, new.is_digital_lead, new.starts_on, new.ends_on) == (
        SeatRole.CHAIR,
        True,
        today,
        today + 30 * DAY,
    )
    line = AuditEvent.objects.get(event=AuditedEvent.SEAT_CHANGED)
    assert line.subject == "Ada Quince, Non-executive director: now Chair, digital lead"
    assert (line.by, line.organisation) == (lead, trust)


@pytest.mark.parametrize("days", [0, 3])
def test_a_seat_that_began_today_or_begins_later_is_corrected(
    trust: Organisation, lead: User, today: dt.date, days: int
) -> None:
    seat = make_seat(trust)
    Seat.objects.filter(pk=seat.pk).update(starts_on=today + days * DAY)
    actions.change_seat(by=lead, seat=seat, role=SeatRole.PARTNER, is_digital_lead=False)
    assert [(kept.pk, kept.role) for kept in seat.person.seats.all()] == [(seat.pk, SeatRole.PARTNER)]


def test_changing_nothing_changes_nothing(trust: Organisation, lead: User) -> None:
    seat = make_seat(trust)
    actions.change_seat(by=lead, seat=seat, role=SeatRole.NON_EXECUTIVE, is_digital_lead=False)
    assert seat.person.seats.count() == 1
    assert not AuditEvent.objects.filter(event=AuditedEvent.SEAT_CHANGED).exists()


# --- ending -------------------------------------------------------------------------------------------------------


def test_ending_keeps_the_seat_and_says_so(trust: Organisation, lead: User, today: dt.date) -> None:
    seat = make_seat(trust, "Ada Quince")
    actions.end_seat(by=lead, seat=seat, ends_on=today - DAY)
    seat.refresh_from_db()
    assert seat.ends_on == today - DAY
    line = AuditEvent.objects.get(event=AuditedEvent.SEAT_ENDED)
    assert line.subject == f"Ada Quince, Non-executive director: last day {today - DAY:%-d %B %Y}"


def test_what_cannot_be_ended_is_refused_in_words(trust: Organisation, lead: User, today: dt.date) -> None:
    seat = make_seat(trust)
    with pytest.raises(actions.Refused, match="cannot end before that"):
        actions.end_seat(by=lead, seat=seat, ends_on=LONG_AGO - DAY)
    actions.end_seat(by=lead, seat=seat, ends_on=today - DAY)
    for again in (
        lambda: actions.end_seat(by=lead, seat=seat, ends_on=today),
        lambda: actions.change_seat(by=lead, seat=seat, role=SeatRole.CHAIR, is_digital_lead=False),
    ):
        with pytest.raises(actions.Refused, match="This seat ended on"):
            again()


def test_seats_of_one_person_on_one_board_never_overlap(trust: Organisation, lead: User, today: dt.date) -> None:
    seat = make_seat(trust, "Ada Quince")
    person = seat.person

    def seat_again(starts_on: dt.date) -> Seat:
        return actions.give_seat(
            by=lead, organisation=trust, email=person.email, name="", role=SeatRole.CHAIR, starts_on=starts_on
        )

    actions.end_seat(by=lead, seat=seat, ends_on=today + 9 * DAY)
    with pytest.raises(actions.AlreadySeated, match=r"^Ada Quince already has a seat on this board\.$"):
        seat_again(today + 9 * DAY)
    later = seat_again(today + 10 * DAY)
    with pytest.raises(actions.AlreadySeated, match="from "):
        actions.end_seat(by=lead, seat=seat, ends_on=later.starts_on)
    actions.end_seat(by=lead, seat=seat, ends_on=today)
    with pytest.raises(actions.AlreadySeated):  # it would run into the one that begins later
        seat_again(today + DAY)


# --- the last digital lead ----------------------------------------------------------------------------------------


def end(seat: Seat, days: int = 0) -> None:
    actions.end_seat(by=seat.person, seat=seat, ends_on=timezone.localdate() + days * DAY)


def demote(seat: Seat) -> None:
    actions.change_seat(by=seat.person, seat=seat, role=SeatRole(seat.role), is_digital_lead=False)


@pytest.mark.parametrize("leave", [end, demote])
def test_the_last_lead_stays(trust: Organisation, leave: object) -> None:
    first, second = make_seat(trust, lead=True), make_seat(trust, lead=True)
    leave(first)  # type: ignore[operator]
    with pytest.raises(actions.LastLead, match="is the last digital lead of Fenwick Hospitals NHS Trust"):
        leave(second)  # type: ignore[operator]
    second.refresh_from_db()
    assert (second.ends_on, second.is_digital_lead) == (None, True)


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({}, True),
        ({"is_digital_lead": False}, False),
        ({"ends_on": 20}, False),  # leaves later, but then nobody would be left
        ({"ends_on": -1}, False),
        ({"starts_on": 1}, True),  # takes over the day after
        ({"starts_on": 2}, False),  # a day too late
    ],
)
def test_who_counts_as_another_lead(trust: Organisation, today: dt.date, changes: dict[str, int], counts: bool) -> None:
    leaving, other = make_seat(trust, lead=True), make_seat(trust, lead=True)
    for field, value in changes.items():
        setattr(other, field, value if field == "is_digital_lead" else today + value * DAY)
    other.save()
    if counts:
        end(leaving)
    else:
        with pytest.raises(actions.LastLead):
            end(leaving)


def test_a_lead_who_cannot_sign_in_or_leads_elsewhere_does_not_count(trust: Organisation) -> None:
    make_lead(make_organisation())
    leaving, other = make_seat(trust, lead=True), make_seat(trust, lead=True)
    User.objects.filter(pk=other.person_id).update(is_active=False)
    with pytest.raises(actions.LastLead):
        end(leaving)


def test_changes_to_one_board_queue(trust: Organisation, lead: User) -> None:
    """PostgreSQL locks the organisation's row; SQLite lets one writer in at a time (docs/adr/0002)."""
    seat, make_sure = make_seat(trust), connection.features.has_select_for_update
    for act in (lambda: demote(make_seat(trust, lead=True)), lambda: end(seat)):
        with CaptureQueriesContext(connection) as captured:
            act()
        assert any("FOR NO KEY UPDATE" in query["sql"] for query in captured) == make_sure


# --- a list -------------------------------------------------------------------------------------------------------


def outcomes(trust: Organisation, text: str) -> list[Outcome]:
    return [planned.outcome for planned in plan_for(trust, read_list(text))]


def line(seat: Seat, role: str, lead: str = "") -> str:
    return f"{seat.person.name},{seat.person.email},{role},{lead}\n"


def test_a_list_is_planned_and_carried_out_alike(trust: Organisation, lead: User) -> None:
    same, other = make_seat(trust, "Sam"), make_seat(trust, "Olive")
    known = make_seat(make_organisation(), "Known Elsewhere")
    text = (
        "New,new@board.example,CEO,yes\n"
        + f"Called Otherwise,{known.person.email},NED,\n"
        + line(same, "NED")
        + line(other, "partner")
        + "Bad,nowhere,NED,\n"
    )
    expected = [Outcome.ADD, Outcome.ADD, Outcome.SAME, Outcome.CHANGE, Outcome.ERROR]
    before = Seat.objects.count(), User.objects.count(), AuditEvent.objects.count()
    with CaptureQueriesContext(connection) as captured:
        assert outcomes(trust, text) == expected
    assert len(captured) == 1
    assert (Seat.objects.count(), User.objects.count(), AuditEvent.objects.count()) == before
    done = actions.seat_people(by=lead, organisation=trust, people=read_list(text))
    assert [planned.outcome for planned in done] == expected
    assert outcomes(trust, text) == [Outcome.SAME] * 4 + [Outcome.ERROR]
    assert trust.seats.get(person__email="new@board.example").is_digital_lead
    assert trust.seats.get(person=known.person).person.name == "Known Elsewhere"


def test_the_plan_says_the_same_of_new_people_and_people_known_elsewhere(trust: Organisation) -> None:
    known = make_seat(make_organisation(), "Known Elsewhere", role=SeatRole.CHAIR, lead=True)
    plan = plan_for(trust, read_list(f"Ada,{known.person.email},NED\nAda,new@board.example,NED"))
    assert [(planned.person.name, planned.outcome, planned.words, planned.seat) for planned in plan] == [
        ("Ada", Outcome.ADD, "Non-executive director", None)
    ] * 2


def test_saying_nothing_about_the_lead_leaves_it(trust: Organisation) -> None:
    lead = make_seat(trust, lead=True)
    assert outcomes(trust, line(lead, "NED")) == [Outcome.SAME]
    assert outcomes(trust, line(lead, "chair")) == [Outcome.CHANGE]


def test_a_list_can_hand_the_lead_over_but_not_take_it_from_everybody(trust: Organisation) -> None:
    old, heir = make_seat(trust, lead=True), make_seat(trust)
    assert outcomes(trust, line(old, "NED", "no") + line(heir, "chair")) == [Outcome.ERROR, Outcome.CHANGE]
    text = line(old, "NED", "no") + line(heir, "NED", "yes")
    done = actions.seat_people(by=old.person, organisation=trust, people=read_list(text))
    assert [planned.outcome for planned in done] == [Outcome.CHANGE] * 2
    assert [seat.person for seat in trust.seats.digital_leads().held_on(timezone.localdate())] == [heir.person]


def test_what_only_shows_when_it_is_done_leaves_out_that_line(trust: Organisation) -> None:
    """Whether somebody known elsewhere can sign in is not told by the plan, but they cannot take over as lead."""
    old = make_seat(trust, lead=True)
    gone = make_seat(make_organisation()).person
    User.objects.filter(pk=gone.pk).update(is_active=False)
    text = f"Gone,{gone.email},NED,yes\n" + line(old, "NED", "no")
    done = actions.seat_people(by=old.person, organisation=trust, people=read_list(text))
    assert [planned.outcome for planned in done] == [Outcome.ADD, Outcome.ERROR]
    assert "last digital lead" in done[1].words
