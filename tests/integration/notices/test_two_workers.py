"""Two workers at the same moment, on PostgreSQL: each mail, each reminder and each closing once."""

import datetime as dt
from collections import Counter

import pytest
from django.core import mail

from assessments import actions, sending
from assessments.choices import NoticeKind, NoticeState
from assessments.lifecycle import NotNow
from assessments.models import Notice, Round
from assessments.schedule import keep_time
from assessments.sending import send_waiting
from frameworks.models import FrameworkVersion
from organisations.models import AuditEvent, Organisation
from tests.factories import lead_of, make_organisation, make_round
from tests.integration.notices.mailbox import at, handed_over
from tests.integration.test_races import at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

OPENED, REMINDING, OVER = at(2027, 3, 1), at(2027, 3, 22, 8), at(2027, 3, 30, 0)
WORKERS = 4


def work(now: dt.datetime) -> list[BaseException | None]:
    """What each of several workers raised."""

    def one() -> None:
        keep_time(now)
        send_waiting(now)

    return at_once(*[one] * WORKERS)


@pytest.mark.parametrize("turn", range(3))
def test_each_mail_reminder_and_closing_happens_once(digital_boards: FrameworkVersion, turn: int) -> None:
    boards = [make_round(make_organisation(), digital_boards, members=5, at=OPENED) for _ in range(3)]
    for now, word in ((OPENED, "Please answer"), (REMINDING, "Reminder")):
        mail.outbox.clear()
        assert work(now) == [None] * WORKERS
        assert Counter(message.to[0] for message in mail.outbox).most_common(1)[0][1] == 1
        assert handed_over(word) == 15
    assert work(OVER) == [None] * WORKERS
    assert set(Round.objects.values_list("state", flat=True)) == {"closed"}
    lines = AuditEvent.objects.filter(event__in=("round.closed", "notices.reminders"))
    assert Counter(lines.values_list("event", flat=True)) == {
        "round.closed": len(boards),
        "notices.reminders": len(boards),
    }


def test_control_two_workers_that_do_not_ask_whether_the_other_was_first(
    trust: Organisation, digital_boards: FrameworkVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_round(trust, digital_boards, members=15, at=OPENED)

    def take_anyway(one: object, attempts: int, now: dt.datetime) -> bool:
        key = one.values_list("pk", flat=True).first()  # type: ignore[attr-defined]
        Notice.objects.filter(pk=key).update(state=NoticeState.SENDING, claimed_at=now, attempts=attempts + 1)
        return key is not None

    monkeypatch.setattr(sending, "_take", take_anyway)
    work(OPENED)
    assert handed_over() > 15


def test_the_lead_and_the_clock_at_once_make_one_reminder(
    trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    round_ = make_round(trust, digital_boards, members=5, at=OPENED)
    lead = lead_of(round_)

    def by_hand() -> None:
        actions.remind(by=lead, round_=Round.objects.get(pk=round_.pk), at=REMINDING)

    def by_clock() -> None:
        keep_time(REMINDING)

    raised = at_once(by_hand, by_clock, by_hand, by_clock)
    assert all(error is None or isinstance(error, NotNow) for error in raised), raised
    assert Notice.objects.filter(kind=NoticeKind.REMINDER).count() == 5


def test_moving_the_closing_date_at_the_moment_of_closing(
    trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    """Either it is closed, or it is open until the later day: never closed before the day that it shows."""
    round_ = make_round(trust, digital_boards, members=2, at=OPENED)
    lead, later = lead_of(round_), dt.date(2027, 4, 30)

    def move() -> None:
        actions.move_closing_date(by=lead, round_=round_, closing_on=later)

    raised = at_once(move, lambda: keep_time(OVER))
    round_.refresh_from_db()
    assert (round_.state, round_.closing_on) in {("open", later), ("closed", dt.date(2027, 3, 29))}
    assert (raised[0] is None) == (round_.closing_on == later)
