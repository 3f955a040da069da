"""Who is reminded and when: by the lead and by the clock, never twice a day, only who is still due."""

import datetime as dt

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from pytest_django import Settings

from assessments import actions
from assessments.choices import NoticeKind, NoticeState, RoundState
from assessments.lifecycle import NotNow
from assessments.models import Notice, NoticeSubject, Round
from assessments.schedule import keep_time
from assessments.sending import send_waiting
from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from tests.factories import answer, lead_of, make_organisation, make_round, make_seat
from tests.integration.notices.mailbox import LONDON, at, handed_over, shown

OPENED = at(2027, 3, 1)
CLOSING = dt.date(2027, 3, 29)


@pytest.fixture
def round_(trust: Organisation, digital_boards: FrameworkVersion) -> Round:
    round_ = make_round(trust, digital_boards, members=3, at=OPENED)
    send_waiting(OPENED)
    mail.outbox.clear()
    return round_


def run(now: dt.datetime) -> None:
    """What the worker does in a minute."""
    keep_time(now)
    send_waiting(now)


def run_through(first: dt.datetime, days: int, hours: int = 1) -> list[tuple[dt.date, int]]:
    """The worker every `hours` from `first` on; gives the days with a reminder, and how many there were."""
    found = []
    for hour in range(0, days * 24, hours):
        now = (first.astimezone(dt.UTC) + dt.timedelta(hours=hour)).astimezone(LONDON)
        before = handed_over("Reminder")
        run(now)
        if handed_over("Reminder") > before:
            found.append((now.date(), handed_over("Reminder") - before))
    return found


# --- by the clock -------------------------------------------------------------------------------------------------


def test_a_week_and_a_day_before_closing_at_a_decent_hour(round_: Round) -> None:
    assert run_through(at(2027, 3, 2, 0), 29) == [(dt.date(2027, 3, 22), 3), (dt.date(2027, 3, 28), 3)]
    hours = set(Notice.objects.filter(kind=NoticeKind.REMINDER).values_list("made_at__hour", flat=True))
    assert hours == {8}  # before and after the clocks go forward, as it is read in London


def test_the_days_that_the_lead_chose(round_: Round) -> None:
    Round.objects.update(reminder_days=[14, 3, 0])
    days = [day.day for day, _ in run_through(at(2027, 3, 2, 0), 29, hours=4)]
    assert days == [15, 26, 29]


@pytest.mark.parametrize("days", [[], ["x", None, -1, 10**9, 7.5]])
def test_days_that_are_none_remind_nobody(round_: Round, days: list[object]) -> None:
    Round.objects.update(reminder_days=days)
    assert run_through(at(2027, 3, 2, 0), 29, hours=4) == []


def test_a_day_that_was_missed_is_made_up_for_once(round_: Round) -> None:
    """The worker stood still from before the first day of reminding until three days after it."""
    assert run_through(at(2027, 3, 25, 7), 2) == [(dt.date(2027, 3, 25), 3)]


def test_members_added_and_rounds_opened_after_the_day_are_not_reminded_of_it(
    round_: Round, wgll: FrameworkVersion, trust: Organisation
) -> None:
    run(at(2027, 3, 22, 8))
    mail.outbox.clear()
    actions.add_members(by=lead_of(round_), round_=round_, seats=[make_seat(trust)], at=at(2027, 3, 23))
    late = make_round(make_organisation(), wgll, members=2, state="draft", at=OPENED)
    Round.objects.filter(pk=late.pk).update(closing_on=CLOSING)
    actions.open_round(by=lead_of(late), round_=late, at=at(2027, 3, 22))
    assert run_through(at(2027, 3, 23, 10), 4, hours=2) == []
    assert run_through(at(2027, 3, 28, 7), 1) == [(dt.date(2027, 3, 28), 6)]


def test_a_closing_date_that_moves_brings_its_own_days(round_: Round) -> None:
    run(at(2027, 3, 22, 8))
    mail.outbox.clear()
    actions.move_closing_date(by=lead_of(round_), round_=round_, closing_on=dt.date(2027, 4, 10))
    days = [day for day, _ in run_through(at(2027, 3, 22, 9), 20, hours=4)]
    assert days == [dt.date(2027, 4, 3), dt.date(2027, 4, 9)]


def test_only_those_still_due(round_: Round) -> None:
    submitted, left, gone = round_.responses.all()
    answer(submitted, lambda indicator: 3, at=OPENED)
    actions.submit_response(response=submitted, at=OPENED)
    left.person.seats.update(ends_on=dt.date(2027, 3, 10))
    type(gone.person).objects.filter(pk=gone.person.pk).update(is_active=False)
    run(at(2027, 3, 22, 8))
    assert handed_over("Reminder") == 0


def test_whoever_reopens_after_the_day_is_left_in_peace(round_: Round) -> None:
    response = round_.responses.all()[0]
    answer(response, lambda indicator: 3, at=OPENED)
    actions.submit_response(response=response, at=OPENED)
    run(at(2027, 3, 22, 8))
    actions.reopen_response(response=response, at=at(2027, 3, 22, 10))
    run(at(2027, 3, 22, 11))
    run(at(2027, 3, 23, 11))
    assert handed_over("Reminder") == 2


def test_rounds_with_the_same_day_make_one_mail(round_: Round, trust: Organisation, wgll: FrameworkVersion) -> None:
    second = make_round(trust, wgll, members=0, state="draft", at=OPENED)
    members = [response.seat for response in round_.responses.all()]
    actions.add_members(by=lead_of(round_), round_=second, seats=members, at=OPENED)
    actions.open_round(by=lead_of(round_), round_=second, at=OPENED)
    run(at(2027, 3, 22, 8))
    assert set(shown("Reminder: 2 assessments").values()) == {1}
    assert len(shown("Reminder")) == handed_over("Reminder") == 3


def test_the_portal_says_in_the_trail_that_it_reminded(round_: Round) -> None:
    run(at(2027, 3, 22, 8))
    line = round_.organisation.audit_events.get(event="notices.reminders")
    assert (line.by, line.subject) == (None, f"{round_}: 3 members")


# --- by the lead --------------------------------------------------------------------------------------------------


def test_never_two_a_day_whoever_asks(round_: Round) -> None:
    lead, now = lead_of(round_), at(2027, 3, 22, 7)
    first = round_.responses.all()[0]
    assert actions.remind(by=lead, round_=round_, response=first, at=now) == 1
    with pytest.raises(NotNow, match="today already"):
        actions.remind(by=lead, round_=round_, response=first, at=now)
    assert actions.remind(by=lead, round_=round_, at=now) == 2
    with pytest.raises(NotNow, match="today already"):
        actions.remind(by=lead, round_=round_, at=now)
    for hour in range(7, 24):
        run(at(2027, 3, 22, hour))
    assert set(shown("Reminder").values()) == {1}
    assert handed_over("Reminder") == 3
    assert actions.remind(by=lead, round_=round_, at=at(2027, 3, 23, 0)) == 3


def test_nor_when_the_one_of_yesterday_comes_late(round_: Round) -> None:
    """Written in the evening, the worker standing still until the next day, on which there is another."""
    lead = lead_of(round_)
    actions.remind(by=lead, round_=round_, at=at(2027, 3, 10, 23, 59))
    actions.remind(by=lead, round_=round_, at=at(2027, 3, 11, 0, 1))
    run(at(2027, 3, 11, 0, 2))
    assert set(shown("Reminder").values()) == {1}
    run(at(2027, 3, 11, 9))
    assert handed_over("Reminder") == 3


def test_one_that_comes_late_is_the_only_one_of_its_day(round_: Round) -> None:
    lead = lead_of(round_)
    actions.remind(by=lead, round_=round_, at=at(2027, 3, 10, 23, 59))
    run(at(2027, 3, 11, 0, 2))
    with pytest.raises(NotNow, match="today already"):
        actions.remind(by=lead, round_=round_, at=at(2027, 3, 11, 12))


@pytest.mark.parametrize("state", [RoundState.DRAFT, RoundState.CLOSED, RoundState.CANCELLED])
def test_only_in_an_open_round(trust: Organisation, digital_boards: FrameworkVersion, state: RoundState) -> None:
    round_ = make_round(trust, digital_boards, state="draft" if state == RoundState.DRAFT else "open")
    if state == RoundState.CLOSED:
        actions.close_round(by=lead_of(round_), round_=round_, count_unsubmitted=False)
    if state == RoundState.CANCELLED:
        actions.cancel_round(by=lead_of(round_), round_=round_)
    with pytest.raises(NotNow, match="You cannot remind the members of this round"):
        actions.remind(by=lead_of(round_), round_=round_)


def test_nobody_left_to_remind_is_said(round_: Round) -> None:
    first = round_.responses.all()[0]
    for response in round_.responses.all():
        answer(response, lambda indicator: 3, at=OPENED)
        actions.submit_response(response=response, at=OPENED)
    with pytest.raises(NotNow, match="nobody to remind"):
        actions.remind(by=lead_of(round_), round_=round_, at=OPENED)
    with pytest.raises(NotNow, match="nothing to remind them of"):
        actions.remind(by=lead_of(round_), round_=round_, response=first, at=OPENED)


# --- what the database itself holds to ----------------------------------------------------------------------------


def test_a_second_reminder_on_a_day_does_not_get_into_the_database(round_: Round) -> None:
    person = round_.responses.all()[0].person

    def reminder(state: NoticeState = NoticeState.WAITING) -> None:
        Notice.objects.create(
            kind=NoticeKind.REMINDER, person=person, day=CLOSING, made_at=OPENED, try_at=OPENED, state=state
        )

    reminder()
    with pytest.raises(IntegrityError, match="person"), transaction.atomic():
        reminder()
    reminder(NoticeState.NOT_DUE)


def test_a_second_invitation_does_not_get_into_the_database(round_: Round) -> None:
    subject = NoticeSubject.objects.all()[0]
    again = Notice.objects.create(
        kind=NoticeKind.INVITATION, person=subject.notice.person, day=CLOSING, made_at=OPENED, try_at=OPENED
    )
    with pytest.raises(IntegrityError, match="response"), transaction.atomic():
        NoticeSubject.objects.create(notice=again, response=subject.response, kind=NoticeKind.INVITATION)


def test_message_ids_are_the_portals_own(settings: Settings, round_: Round) -> None:
    ids = set(Notice.objects.values_list("message_id", flat=True))
    assert len(ids) == 3
    assert all(one.endswith("@example.org>") for one in ids)
