"""Who in a round was invited, has started or submitted, and was reminded; and what became of each e-mail."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Min, Q
from django.utils import timezone

from assessments.choices import NoticeKind, NoticeState, ResponseState
from assessments.lifecycle import RoundMove, is_allowed
from assessments.models import Notice, NoticeSubject, Response, Round
from assessments.queries.due import still_due, with_answered
from assessments.reasons import NOBODY_DUE, NOT_OPEN, REMINDED_TODAY
from organisations.people.queries import left_on

LATE = dt.timedelta(minutes=10)  # a worker looks every few seconds
REMINDED = "Reminded today"
UNDER_WAY = (NoticeState.WAITING, NoticeState.SENDING)


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
class Chased:
    """A member, how far they are, and the mails to them."""

    response_id: int
    name: str
    email: str
    role: str
    state: ResponseState
    answered: int
    left_on: dt.date | None  # the last day on the board, for whoever holds no seat there any more
    invitation: Fate | None
    reminder: Fate | None  # the last one
    reminders: int
    can_send_again: bool
    why_not_remind: str


@dataclass(frozen=True, slots=True)
class Chase:
    members: tuple[Chased, ...]
    questions: int
    invitations: Sent
    reminders: Sent  # today's
    why_not_remind: str  # why nobody can be reminded; "" when somebody can

    def count(self, state: ResponseState) -> int:
        return sum(member.state == state for member in self.members)

    @property
    def submitted(self) -> int:
        return self.count(ResponseState.SUBMITTED)

    @property
    def started(self) -> int:
        return self.count(ResponseState.STARTED)

    @property
    def not_started(self) -> int:
        return self.count(ResponseState.INVITED)

    @property
    def to_remind(self) -> int:
        return sum(not member.why_not_remind for member in self.members)


def invitations_of(round_: Round, now: dt.datetime | None = None) -> Sent:
    """How far the invitations of a round have got (one query)."""
    return _sent(Q(kind=NoticeKind.INVITATION), round_, now or timezone.now())


def _sent(which: Q, round_: Round, now: dt.datetime) -> Sent:
    waiting, late = Q(state__in=UNDER_WAY), Q(state=NoticeState.WAITING, attempts=0, try_at__lt=now - LATE)
    counted = Notice.objects.filter(which, responses__round=round_).aggregate(
        sent=Count("pk", filter=Q(state=NoticeState.SENT), distinct=True),
        waiting=Count("pk", filter=waiting, distinct=True),
        failed=Count("pk", filter=Q(state=NoticeState.FAILED), distinct=True),
        waiting_since=Min("try_at", filter=late),
    )
    return Sent(**counted)


def chase_of(round_: Round, now: dt.datetime | None = None) -> Chase:
    """All members of a round in order of name; as many queries for any number of them."""
    now = now or timezone.now()
    day = timezone.localdate(now)
    responses = list(with_answered(round_.responses.select_related("person", "seat")).order_by("person__name", "pk"))
    members = _members(round_, responses, day)
    return Chase(
        members=members,
        questions=round_.indicators().count(),
        invitations=invitations_of(round_, now),
        reminders=_sent(Q(kind=NoticeKind.REMINDER, day=day), round_, now),
        why_not_remind=_why_nobody(round_, members),
    )


def _members(round_: Round, responses: list[Response], day: dt.date) -> tuple[Chased, ...]:
    left, notices = left_on(round_.organisation), _notices(round_)
    due = set(still_due(day).filter(round=round_).values_list("pk", flat=True))
    people = [response.person_id for response in responses]
    reminded = set(Notice.objects.reminders_on(day).filter(person__in=people).values_list("person", flat=True))
    return tuple(
        _chased(
            response,
            notices[response.pk],
            left.get(response.person_id),
            _why_not(round_, response, is_due=response.pk in due, is_reminded=response.person_id in reminded),
            day,
        )
        for response in responses
    )


def _notices(round_: Round) -> dict[int, list[Notice]]:
    """Invitations and reminders by response, the latest last."""
    subjects = NoticeSubject.objects.filter(response__round=round_).exclude(kind=NoticeKind.RECEIPT)
    found: dict[int, list[Notice]] = defaultdict(list)
    for subject in subjects.select_related("notice").order_by("notice__made_at", "notice"):
        found[subject.response_id].append(subject.notice)
    return found


def _chased(response: Response, notices: list[Notice], left: dt.date | None, why_not: str, day: dt.date) -> Chased:
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
    *_, last = [None, *notices]
    if last is None:
        return None
    return Fate(NoticeState(last.state), last.sent_at or last.claimed_at or last.made_at, last.outcome)


def _can_send_again(notice: Notice, day: dt.date) -> bool:
    """As `actions.send_again` does it."""
    return notice.state == NoticeState.FAILED and (notice.kind == NoticeKind.INVITATION or notice.day == day)


def _why_not(round_: Round, response: Response, *, is_due: bool, is_reminded: bool) -> str:
    """Why a member cannot be reminded today, in a word or two for a table; "" when they can."""
    if response.is_submitted:
        return "Has submitted"
    if not is_due or not is_allowed(RoundMove.REMIND, round_.state):
        return "Can no longer answer" if round_.opened_at else "Not invited yet"
    return REMINDED if is_reminded else ""


def _why_nobody(round_: Round, members: tuple[Chased, ...]) -> str:
    if not is_allowed(RoundMove.REMIND, round_.state):
        return NOT_OPEN
    if any(not member.why_not_remind for member in members):
        return ""
    return REMINDED_TODAY if any(member.why_not_remind == REMINDED for member in members) else NOBODY_DUE
