"""The worker is killed before every single statement and around every mail; afterwards everything has happened once.

A mailbox that knows Message-IDs shows one of those with the same. Each protection has a control: without it, the same
test finds what it is there against.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import connection

from assessments import sending
from assessments.actions import notices
from assessments.choices import NoticeState
from assessments.models import Notice, Round
from assessments.models.notice import CLAIM_HOLDS, new_message_id
from assessments.schedule import keep_time
from assessments.sending import send_waiting
from frameworks.models import FrameworkVersion
from organisations.models import AuditEvent
from tests.factories import make_organisation, make_round
from tests.integration.notices.mailbox import at, handed_over, shown

pytestmark = pytest.mark.django_db(transaction=True)

REMINDING = at(2027, 3, 22, 8)
OVER = at(2027, 3, 30, 0)
LATER = CLAIM_HOLDS + dt.timedelta(minutes=1)


class Killed(BaseException):
    """Nothing catches it, as nothing survives SIGKILL; an open transaction is rolled back."""


class Countdown:
    """Kills at the n-th place where the worker can be killed."""

    def __init__(self, n: int) -> None:
        self.left = n

    def step(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise Killed

    def statement(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self.step()
        return execute(*arguments)


@contextmanager
def killing_at(n: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Countdown]:
    countdown, send = Countdown(n), EmailMultiAlternatives.send

    def deliver(self: EmailMultiAlternatives, *args: Any, **kwargs: Any) -> int:
        countdown.step()
        sent = send(self, *args, **kwargs)
        countdown.step()  # the mail server has it, and nobody has noted that
        return sent

    with monkeypatch.context() as patched, connection.execute_wrapper(countdown.statement):
        patched.setattr(EmailMultiAlternatives, "send", deliver)
        yield countdown


def work(now: dt.datetime) -> None:
    keep_time(now)
    send_waiting(now)


def killed_at(n: int, now: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the worker had so many steps to be killed at."""
    try:
        with killing_at(n, monkeypatch):
            work(now)
    except Killed:
        return True
    return False


def steps(now: dt.datetime, prepare: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Kill at step 1, 2, 3 … of the same work, each time on boards of its own; then let it run on."""
    n = 0
    while True:
        n += 1
        prepare()
        was_killed = killed_at(n, now, monkeypatch)
        work(now)
        work(now + LATER)
        if not was_killed:
            return
        yield n


@pytest.fixture
def board(digital_boards: FrameworkVersion) -> Callable[[], Round]:
    """A round with two members who were invited, in place of all that were there."""

    def make() -> Round:
        Round.objects.all().delete()
        Notice.objects.all().delete()
        opened = at(2027, 3, 1)
        round_ = make_round(make_organisation(), digital_boards, members=2, at=opened)
        send_waiting(opened)
        mail.outbox.clear()
        return round_

    return make


def reminders_in_mailboxes() -> list[int]:
    return sorted(shown("Reminder").values())


def test_every_reminder_is_in_its_mailbox_once(board: Callable[[], Round], monkeypatch: pytest.MonkeyPatch) -> None:
    total = 0
    for n in steps(REMINDING, board, monkeypatch):
        total = n
        assert reminders_in_mailboxes() == [1, 1], n
        assert handed_over("Reminder") <= 3, n
        line = AuditEvent.objects.get(organisation=Round.objects.get().organisation, event="notices.reminders")
        assert line.subject.endswith("2 members")
        assert set(Notice.objects.values_list("state", flat=True)) == {NoticeState.SENT}
    assert total > 25


def test_every_invitation_is_in_its_mailbox_once(
    digital_boards: FrameworkVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = at(2027, 3, 1)

    def prepare() -> None:
        Round.objects.all().delete()
        Notice.objects.all().delete()
        mail.outbox.clear()
        make_round(make_organisation(), digital_boards, members=2, at=now)

    for n in steps(now, prepare, monkeypatch):
        assert sorted(shown().values()) == [1, 1], n


def test_every_closing_happens_once(board: Callable[[], Round], monkeypatch: pytest.MonkeyPatch) -> None:
    for n in steps(OVER, board, monkeypatch):
        round_ = Round.objects.get()
        assert round_.is_closed, n
        assert AuditEvent.objects.filter(organisation=round_.organisation, event="round.closed").count() == 1, n


def test_a_mail_that_ends_the_process_each_time_is_left_to_the_lead(
    board: Callable[[], Round], monkeypatch: pytest.MonkeyPatch
) -> None:
    board()
    keep_time(REMINDING)
    now = REMINDING

    def end(notice: Notice, now: dt.datetime) -> None:
        raise Killed

    monkeypatch.setattr(sending, "send", end)
    while Notice.objects.ready(now).exists():
        with pytest.raises(Killed):
            send_waiting(now)
        now += LATER if not Notice.objects.ready(now).exists() else dt.timedelta()
    keep_time(now)
    given_up = Notice.objects.filter(state=NoticeState.FAILED)
    assert list(given_up.values_list("outcome", "attempts")) == [(sending.GIVEN_UP, 4)] * 2


# --- the protections off --------------------------------------------------------------------------------------------


def test_control_a_new_message_id_each_time_shows_a_mail_twice(
    board: Callable[[], Round], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = sending.mail_for

    def with_another_id(notice: Notice, now: dt.datetime) -> EmailMultiAlternatives | None:
        message = made(notice, now)
        if message:
            message.extra_headers["Message-ID"] = new_message_id()
        return message

    monkeypatch.setattr(sending, "mail_for", with_another_id)
    found = [reminders_in_mailboxes() for _ in steps(REMINDING, board, monkeypatch)]
    assert [1, 2] in found


def test_control_without_taking_up_claims_a_mail_is_lost(
    board: Callable[[], Round], monkeypatch: pytest.MonkeyPatch
) -> None:
    def only_waiting(self: Any, now: dt.datetime) -> Any:
        return self.filter(state=NoticeState.WAITING, try_at__lte=now)

    monkeypatch.setattr(type(Notice.objects.all()), "ready", only_waiting)
    found = [reminders_in_mailboxes() for _ in steps(REMINDING, board, monkeypatch)]
    assert [1] in found


@pytest.mark.once  # PostgreSQL locks no row outside a transaction
def test_control_planning_that_is_not_one_transaction_leaves_members_out(
    board: Callable[[], Round], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The day is noted as seen to, and then the process is killed."""
    monkeypatch.setattr(notices, "_see_to", notices._see_to.__wrapped__)  # type: ignore[attr-defined]
    found = [reminders_in_mailboxes() for _ in steps(REMINDING, board, monkeypatch)]
    assert [] in found
