"""Who in a round was invited, has started or submitted, and was reminded; and what became of each e-mail."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from assessments.choices import NoticeKind, NoticeState, ResponseState
from assessments.lifecycle import RoundMove, is_allowed
from assessments.models import Notice, NoticeSubject, Round
from assessments.queries.content import content_of
from assessments.queries.due import still_due, with_answered
from assessments.queries.rounds import Member, Progress
from assessments.reasons import NOBODY_DUE, NOT_OPEN, REMINDED_TODAY
from organisations.people.queries import left_on

LATE = dt.timedelta(minutes=10)  # a worker looks every few seconds
REMINDED = "Reminded today"


@dataclass(frozen=True, slots=True)
class Sent:
    """How far the sending of some mails has got."""

    sent: int = 0
    waiting: int = 0
    failed: int = 0
    waiting_since: dt.datetime | None = None  # when the oldest could have been sent, if that is strangely long ago

    @property
    def owed(self) -> int:
        return self.sent + self.waiting + self.failed


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a mail."""

    state: NoticeState
    at: dt.datetime  # sent; or else to be sent, or given up
    outcome: str


@dataclass(frozen=True, slots=True)
class Chased(Member):
    """A member, how far they are, and the mails to them."""

    answered: int
    invitation: Fate | None
    reminder: Fate | None  # the last one
    reminders: int
    can_send_again: bool
    why_not_remind: str


@dataclass(frozen=True, slots=True)
class Chase(Progress):
    """How far members are, and whom a reminder can go to."""

    members: tuple[Chased, ...]
    questions: int
    invitations: Sent
    reminders: Sent  # today's
    why_not_remind: str  # why nobody can be reminded; "" when somebody can

    @property
    def to_remind(self) -> int:
        return sum(not member.why_not_remind for member in self.members)


def invitations_of(round_: Round, now: dt.datetime | None = None) -> Sent:
    """How far the invitations of a round have got (one query)."""
    invitations = Notice.objects.filter(kind=NoticeKind.INVITATION, responses__round=round_)
    return _sent(invitations, now or timezone.now())


def _sent(notices: Iterable[Notice], now: dt.datetime) -> Sent:
    notices = list(notices)
    states = Counter(notice.state for notice in notices)
    untouched = (notice.try_at for notice in notices if notice.state == NoticeState.WAITING and not notice.attempts)
    return Sent(
        sent=states[NoticeState.SENT],
        waiting=states[NoticeState.WAITING] + states[NoticeState.SENDING],
        failed=states[NoticeState.FAILED],
        waiting_since=min((time for time in untouched if time < now - LATE), default=None),
    )


def chase_of(round_: Round, now: dt.datetime | None = None) -> Chase:
    """All members of a round in order of name; three queries for any number of them."""
    now = now or timezone.now()
    day = timezone.localdate(now)
    notices = _notices(round_)
    members = _members(round_, notices, day)
    return Chase(
        members=members,
        questions=len(content_of(round_).indicator_ids) if round_.opened_at else 0,
        invitations=_sent(_all(notices, NoticeKind.INVITATION), now),
        reminders=_sent([notice for notice in _all(notices, NoticeKind.REMINDER) if notice.day == day], now),
        why_not_remind=_why_nobody(round_, members),
    )


def _all(notices: dict[int, list[Notice]], kind: NoticeKind) -> list[Notice]:
    return [notice for about in notices.values() for notice in about if notice.kind == kind]


def _members(round_: Round, notices: dict[int, list[Notice]], day: dt.date) -> tuple[Chased, ...]:
    left = left_on(round_.organisation)
    return tuple(
        _chased(response, notices.get(response.pk, []), left.get(response.person_id), _why_not(round_, response), day)
        for response in _responses(round_, day)
    )


def _responses(round_: Round, day: dt.date) -> Any:
    """In order of name, each with `answered`, `is_due` and `is_reminded` (today, whoever asked)."""
    reminders = Notice.objects.reminders_on(day).filter(person=OuterRef("person"))
    responses = with_answered(round_.responses.select_related("person", "seat"))
    return responses.annotate(
        is_due=Exists(still_due(day).filter(pk=OuterRef("pk"))), is_reminded=Exists(reminders)
    ).order_by("person__name", "pk")


def _notices(round_: Round) -> dict[int, list[Notice]]:
    """Invitations and reminders by response, the latest last."""
    subjects = NoticeSubject.objects.filter(response__round=round_).exclude(kind=NoticeKind.RECEIPT)
    found: dict[int, list[Notice]] = defaultdict(list)
    for subject in subjects.select_related("notice").order_by("notice__made_at", "notice"):
        found[subject.response_id].append(subject.notice)
    return found


def _chased(response: Any, notices: list[Notice], left: dt.date | None, why_not: str, day: dt.date) -> Chased:
    reminders = [notice for notice in notices if notice.kind == NoticeKind.REMINDER]
    return Chased(
        response_id=response.pk,
        name=response.person.name,
        email=response.person.email,
        role=response.seat.get_role_display(),
        state=ResponseState(response.state),
        answered=response.answered,
        left_on=left,
        invitation=_fate(notice for notice in notices if notice.kind == NoticeKind.INVITATION),
        reminder=_fate(reminders),
        reminders=sum(notice.state == NoticeState.SENT for notice in reminders),
        can_send_again=any(_can_send_again(notice, day) for notice in notices),
        why_not_remind=why_not,
    )


def _fate(notices: Iterable[Notice]) -> Fate | None:
    """Of the last of them."""
    last = next(reversed(list(notices)), None)
    if last is None:
        return None
    return Fate(NoticeState(last.state), last.sent_at or last.claimed_at or last.made_at, last.outcome)


def _can_send_again(notice: Notice, day: dt.date) -> bool:
    """As `actions.send_again` does it."""
    return notice.state == NoticeState.FAILED and (notice.kind == NoticeKind.INVITATION or notice.day == day)


def _why_not(round_: Round, response: Any) -> str:
    """Why a member cannot be reminded today, in a word or two for a table; "" when they can."""
    if response.is_submitted:
        return "Has submitted"
    if not response.is_due or not is_allowed(RoundMove.REMIND, round_.state):
        return "Can no longer answer" if round_.opened_at else "Not invited yet"
    return REMINDED if response.is_reminded else ""


def _why_nobody(round_: Round, members: tuple[Chased, ...]) -> str:
    if not is_allowed(RoundMove.REMIND, round_.state):
        return NOT_OPEN
    if any(not member.why_not_remind for member in members):
        return ""
    return REMINDED_TODAY if any(member.why_not_remind == REMINDED for member in members) else NOBODY_DUE
