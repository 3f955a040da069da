"""What the portal owes by e-mail: written here together with what it is about, sent later by `assessments.sending`."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from assessments.choices import NoticeKind, NoticeState
from assessments.lifecycle import NotNow, RoundMove, check
from assessments.models import Notice, NoticeSubject, Response, Round
from assessments.queries.due import day_of_reminding, rounds_to_remind, still_due
from assessments.reasons import NO_LONGER_DUE, NOBODY_DUE, NOTHING_TO_SEND_AGAIN, REMINDED_TODAY
from organisations.audit import record
from organisations.choices import AuditedEvent
from organisations.models import User

ASKED = {
    NoticeKind.INVITATION: AuditedEvent.INVITATIONS_ASKED,
    NoticeKind.REMINDER: AuditedEvent.REMINDERS_ASKED,
}
EARLIEST_HOUR = 8  # in Europe/London: nobody is reminded at midnight


def invite(*, by: User, round_: Round, at: dt.datetime) -> int:
    """Owe an invitation to every member who has none; returns how many. A fixed number of queries.

    For actions, inside the transaction of what makes them members of an open round.
    """
    uninvited = list(round_.responses.exclude(notice_subjects__kind=NoticeKind.INVITATION))
    _owe(NoticeKind.INVITATION, {response.person_id: [response] for response in uninvited}, by=by, at=at)
    if uninvited:
        _record(AuditedEvent.INVITATIONS_ASKED, round_, len(uninvited), by, at)
    return len(uninvited)


def owe_receipt(*, response: Response, at: dt.datetime) -> None:
    """Owe the member a mail that says what has arrived. For the action that submits, inside its transaction."""
    _owe(NoticeKind.RECEIPT, {response.person_id: [response]}, by=None, at=at)


@transaction.atomic
def remind(
    *, by: User, round_: Round, response: Response | None = None, remark: str = "", at: dt.datetime | None = None
) -> int:
    """Remind one member of a round, or all who are still due; returns how many.

    Raises NotNow, with the reason, when the round is over, nobody is due, or all were reminded today already.
    """
    at = at or timezone.now()
    round_.refresh_from_db(fields=["state", "closing_on"])
    check(RoundMove.REMIND, round_.state)
    due = still_due(timezone.localdate(at)).filter(round=round_)
    people = set((due.filter(pk=response.pk) if response else due).values_list("person", flat=True))
    if not people:
        raise NotNow(NO_LONGER_DUE if response else NOBODY_DUE)
    reminded = _owe_reminders(people, by=by, remark=remark, remark_about=round_, at=at)
    if not reminded:
        raise NotNow(REMINDED_TODAY)
    _record(AuditedEvent.REMINDERS_ASKED, round_, len(reminded), by, at)
    return len(reminded)


def plan_reminders(at: dt.datetime) -> int:
    """Remind whoever is still due in rounds of which a day of reminding has come; returns how many people.

    Once for each such day, whoever calls it and however often: the round keeps which day was seen to.
    """
    local = timezone.localtime(at)
    if local.hour < EARLIEST_HOUR or not rounds_to_remind(local.date()):
        return 0
    return _see_to(local.date(), at)


@transaction.atomic
def _see_to(day: dt.date, at: dt.datetime) -> int:
    keys = [round_.pk for round_ in rounds_to_remind(day)]
    locked = list(Round.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True))
    rounds = [round_ for round_ in locked if day_of_reminding(round_, day)]  # as they stand now that they are ours
    for round_ in rounds:
        round_.reminded_for = day_of_reminding(round_, day)
    Round.objects.bulk_update(rounds, ["reminded_for"])
    people = set(still_due(day).filter(round__in=rounds).values_list("person", flat=True))
    reminded = _owe_reminders(people, by=None, at=at)
    _record_by_round(reminded, at)
    return len(reminded)


def _record_by_round(reminded: dict[int, list[Response]], at: dt.datetime) -> None:
    responses = [response for about in reminded.values() for response in about]
    members = Counter(response.round_id for response in responses)
    rounds = Round.objects.filter(pk__in=members).select_related("organisation", "version__framework")
    for round_ in rounds.order_by("pk"):
        _record(AuditedEvent.REMINDERS_ASKED, round_, members[round_.pk], None, at)


def _owe_reminders(
    people: Iterable[int], *, by: User | None, remark: str = "", remark_about: Round | None = None, at: dt.datetime
) -> dict[int, list[Response]]:
    """Owe each of `people` one reminder about all that they are due, save those who have had one today.

    Returns what each is reminded of, by the person's key. The remark is about one round: its lead may not even know of
    the others. People are locked, so that of two who remind at once the second sees what the first has done.
    """
    day = timezone.localdate(at)
    locked = User.objects.filter(pk__in=people).order_by("pk").select_for_update(no_key=True)
    new = set(locked.values_list("pk", flat=True))
    new -= set(Notice.objects.reminders_on(day).filter(person__in=new).values_list("person", flat=True))
    due: dict[int, list[Response]] = defaultdict(list)
    for response in still_due(day).filter(person__in=new).order_by("person", "pk"):
        due[response.person_id].append(response)
    _owe(NoticeKind.REMINDER, due, by=by, remark=remark, remark_about=remark_about, at=at)
    return due


@transaction.atomic
def send_again(*, by: User, response: Response, at: dt.datetime | None = None) -> None:
    """Let an invitation or reminder that could not be sent be tried anew. Raises NotNow when there is none.

    A reminder of another day stays as it is: there may have been one since.
    """
    at = at or timezone.now()
    failed = Notice.objects.filter(responses=response, state=NoticeState.FAILED).exclude(kind=NoticeKind.RECEIPT)
    failed = failed.exclude(kind=NoticeKind.REMINDER, day__lt=timezone.localdate(at))
    kinds = dict(failed.values_list("pk", "kind"))
    waiting = Notice.objects.filter(pk__in=kinds, state=NoticeState.FAILED)
    if not waiting.update(state=NoticeState.WAITING, attempts=0, outcome="", try_at=at):
        raise NotNow(NOTHING_TO_SEND_AGAIN)
    for kind in set(kinds.values()):
        _record(ASKED[NoticeKind(kind)], response.round, 1, by, at)


def _owe(
    kind: NoticeKind,
    about: dict[int, list[Response]],
    *,
    by: User | None,
    at: dt.datetime,
    remark: str = "",
    remark_about: Round | None = None,
) -> None:
    """One notice for each person (`about`: key → responses), in two statements."""
    day = timezone.localdate(at)
    notices = Notice.objects.bulk_create(
        Notice(
            kind=kind, person_id=person, day=day, asked_by=by, made_at=at, try_at=at,
            remark=remark, remark_about=remark_about,
        )
        for person in about
    )  # fmt: skip
    NoticeSubject.objects.bulk_create(
        NoticeSubject(notice=notice, response=response, kind=kind)
        for notice in notices
        for response in about[notice.person_id]
    )


def _record(event: AuditedEvent, round_: Round, members: int, by: User | None, at: dt.datetime) -> None:
    subject = f"{round_}: {members} {'member' if members == 1 else 'members'}"
    record(event, organisation=round_.organisation, by=by, subject=subject, at=at)
