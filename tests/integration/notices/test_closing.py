"""Rounds close by the clock: at the end of the closing date in London, once, whatever the clock does."""

import datetime as dt
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError

from assessments import actions, schedule
from assessments.choices import RoundState
from assessments.lifecycle import NotNow
from assessments.models import Round
from assessments.schedule import keep_time
from assessments.sending import send_next, send_waiting
from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from reports.management.commands import run_schedule
from tests.factories import answer, lead_of, make_organisation, make_round
from tests.integration.notices.mailbox import at, handed_over

UTC = dt.UTC


def closing_on(day: dt.date, organisation: Organisation, version: FrameworkVersion, *, members: int = 2) -> Round:
    """An open round that closes at the end of `day`, opened four weeks before."""
    opened = at(day.year, day.month, day.day) - dt.timedelta(days=28)
    round_ = make_round(organisation, version, members=members, at=opened)
    assert round_.closing_on == day
    return round_


# The last moment of the closing date and the first of the next day, in UTC: winter, summer, and the nights before,
# of and after both clock changes.
@pytest.mark.parametrize(
    ("day", "over"),
    [
        (dt.date(2026, 1, 15), dt.datetime(2026, 1, 16, 0, 0, tzinfo=UTC)),
        (dt.date(2026, 7, 15), dt.datetime(2026, 7, 15, 23, 0, tzinfo=UTC)),
        (dt.date(2026, 3, 28), dt.datetime(2026, 3, 29, 0, 0, tzinfo=UTC)),
        (dt.date(2026, 3, 29), dt.datetime(2026, 3, 29, 23, 0, tzinfo=UTC)),
        (dt.date(2026, 10, 24), dt.datetime(2026, 10, 24, 23, 0, tzinfo=UTC)),
        (dt.date(2026, 10, 25), dt.datetime(2026, 10, 26, 0, 0, tzinfo=UTC)),
    ],
)
def test_at_the_end_of_the_closing_date_in_london(
    trust: Organisation, digital_boards: FrameworkVersion, day: dt.date, over: dt.datetime
) -> None:
    round_ = closing_on(day, trust, digital_boards)
    keep_time(over - dt.timedelta(seconds=1))
    round_.refresh_from_db()
    assert round_.is_open
    keep_time(over)
    round_.refresh_from_db()
    assert round_.is_closed
    assert round_.closed_at == over


def test_the_trail_says_once_that_the_portal_did_it(trust: Organisation, digital_boards: FrameworkVersion) -> None:
    """What was not submitted does not count: nobody has said that it does."""
    round_ = closing_on(dt.date(2027, 3, 29), trust, digital_boards)
    answer(round_.responses.all()[0], lambda indicator: 3, at=at(2027, 3, 2))
    for minute in range(3):
        keep_time(at(2027, 3, 30, 0, minute))
    line = trust.audit_events.get(event="round.closed")
    assert (line.by, line.subject) == (None, f"{round_}: unsubmitted answers not counted")
    round_.refresh_from_db()
    assert round_.unsubmitted_counted is False


def test_the_clock_jumps_over_a_month(trust: Organisation, digital_boards: FrameworkVersion) -> None:
    """What was missed and is over is closed; nobody is reminded of it; invitations that waited are no longer sent."""
    round_ = closing_on(dt.date(2026, 3, 29), trust, digital_boards)
    keep_time(at(2026, 4, 29))
    send_waiting(at(2026, 4, 29))
    round_.refresh_from_db()
    assert round_.is_closed
    assert not mail.outbox


@pytest.mark.parametrize(("year", "month", "day"), [(2026, 3, 31), (2026, 10, 27)])
def test_every_minute_over_a_clock_change_closes_once_and_reminds_once_a_day(
    trust: Organisation, digital_boards: FrameworkVersion, year: int, month: int, day: int
) -> None:
    """Daily reminders over a week with the change in it, the worker looking every ten minutes."""
    round_ = closing_on(dt.date(year, month, day), trust, digital_boards, members=1)
    Round.objects.update(reminder_days=[0, 1, 2, 3, 4, 5])
    send_waiting(at(year, month, day - 6))
    now = at(year, month, day - 6, 12).astimezone(UTC)
    while now < at(year, month, day, 23, 59) + dt.timedelta(hours=3):
        keep_time(now)
        send_waiting(now)
        now += dt.timedelta(minutes=10)
    assert handed_over("Reminder") == 6
    assert trust.audit_events.filter(event="notices.reminders").count() == 6
    assert trust.audit_events.filter(event="round.closed").count() == 1
    round_.refresh_from_db()
    assert round_.is_closed


def test_the_portal_cannot_close_a_round_that_was_extended_meanwhile(
    trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    round_ = closing_on(dt.date(2027, 3, 29), trust, digital_boards)
    actions.move_closing_date(by=lead_of(round_), round_=round_, closing_on=dt.date(2027, 4, 29))
    with pytest.raises(NotNow):
        actions.close_round(by=None, round_=round_, count_unsubmitted=False, at=at(2027, 3, 30))


def test_one_round_that_cannot_be_closed_keeps_no_other_open(
    trust: Organisation, digital_boards: FrameworkVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = closing_on(dt.date(2027, 3, 28), trust, digital_boards)
    good = closing_on(dt.date(2027, 3, 29), make_organisation(), digital_boards)
    close = actions.close_round

    def fail(**arguments: object) -> None:
        if arguments["round_"] == bad:
            raise RuntimeError
        close(**arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(schedule, "close_round", fail)
    keep_time(at(2027, 3, 30))
    states = dict(Round.objects.values_list("pk", "state"))
    assert states == {bad.pk: RoundState.OPEN, good.pk: RoundState.CLOSED}


def test_the_worker_goes_on_after_trouble_and_ends_when_told(
    trust: Organisation,
    digital_boards: FrameworkVersion,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The database fails once; afterwards the mail goes out, and the worker is told to stop."""
    make_round(trust, digital_boards, members=1)
    command, tries = run_schedule.Command(), []

    def send() -> bool:
        tries.append(1)
        if len(tries) == 1:
            raise OperationalError
        command.stopping = not send_next()
        return True

    monkeypatch.setattr(run_schedule, "send_next", send)
    monkeypatch.setattr(run_schedule, "close_old_connections", lambda: None)
    monkeypatch.setattr(run_schedule, "AFTER_TROUBLE", 0.01)
    monkeypatch.setattr(run_schedule.signal, "signal", lambda number, handler: None)
    call_command(command, heartbeat=tmp_path / "heartbeat")
    assert len(mail.outbox) == 1
    assert "could not be seen to" in caplog.text
    assert (tmp_path / "heartbeat").exists()


def test_the_command_for_cron_does_what_is_due_and_ends(trust: Organisation, digital_boards: FrameworkVersion) -> None:
    round_ = make_round(trust, digital_boards, members=2)
    old = make_round(make_organisation(), digital_boards, members=1)
    Round.objects.filter(pk=old.pk).update(closing_on=dt.date(2020, 1, 1))
    call_command("run_schedule", "--once")
    old.refresh_from_db()
    assert old.is_closed
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        response.person.email for response in round_.responses.all()
    )
