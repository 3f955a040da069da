"""Sending what is owed: claim it (commit), send it outside any transaction, mark it (commit).

A process that ends at any point between leaves a claim, which another takes up after a while, with the same Message-ID:
docs/adr/0009-mail-that-is-owed.md.
"""

import datetime as dt
import logging
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments.choices import NoticeState
from assessments.mails import mail_for
from assessments.models import Notice
from assessments.models.notice import MOST_ATTEMPTS, PAUSES
from organisations.mail import NotDelivered, deliver

logger = logging.getLogger(__name__)

Fate = dict[str, Any]  # fields of a notice, and how they stand after an attempt

NOTHING_DUE = "By the time that it could be sent, nothing was due any more."
REMINDED_ALREADY = "It came late, on a day on which they got another reminder."
OUR_FAULT = "The portal could not make this e-mail. Tell whoever runs the portal."
GIVEN_UP = "The portal stopped each time that it was sent. Tell whoever runs the portal."


def send_waiting(at: dt.datetime | None = None) -> int:
    """Send everything whose time has come; returns how many notices were seen to."""
    seen_to = 0
    while send_next(at):
        seen_to += 1
    return seen_to


def send_next(at: dt.datetime | None = None) -> bool:
    """Send the notice that has waited longest. False when none waits."""
    now = at or timezone.now()
    notice = claim(now)
    if notice is None:
        return False
    mark(notice, send(notice, now))
    return True


def give_up_abandoned(at: dt.datetime | None = None) -> int:
    """Show those as not sent whose sending ended the process each time; returns how many."""
    given_up = Notice.objects.given_up(at or timezone.now())
    return given_up.update(state=NoticeState.FAILED, outcome=GIVEN_UP)


def claim(now: dt.datetime) -> Notice | None:
    """Take the next notice for this process, so that no other sends it; None when there is none.

    Of two processes that see the same notice, one changes it and the other finds it changed.
    """
    ready = Notice.objects.ready(now)
    while found := ready.order_by("try_at", "pk").values_list("pk", "attempts").first():
        key, attempts = found
        if _take(ready.filter(pk=key, attempts=attempts), attempts, now):
            return Notice.objects.select_related("person", "asked_by").get(pk=key)
    return None


def _take(one: Any, attempts: int, now: dt.datetime) -> bool:
    """It becomes a notice of today: what was late must not make two reminders of one day."""
    try:
        with transaction.atomic():
            taken: int = one.update(
                state=NoticeState.SENDING, claimed_at=now, attempts=attempts + 1, day=timezone.localdate(now)
            )
    except IntegrityError:
        one.update(state=NoticeState.NOT_DUE, outcome=REMINDED_ALREADY)
        return False
    return taken == 1


def send(notice: Notice, now: dt.datetime) -> Fate:
    """Send a notice that was claimed. Whatever goes wrong with one must not keep the others from being sent."""
    try:
        mail = mail_for(notice, now)
        if mail is None:
            return {"state": NoticeState.NOT_DUE, "outcome": NOTHING_DUE}
        deliver(mail)
    except NotDelivered as failure:
        logger.warning("The mail %s was not sent: %s", notice.kind, type(failure.__cause__).__name__)
        return _after_failure(notice, now, str(failure), is_final=failure.is_final)
    except Exception as failure:
        logger.error("The mail %s could not be made: %s", notice.kind, type(failure).__name__)
        return _after_failure(notice, now, OUR_FAULT, is_final=False)
    return {"state": NoticeState.SENT, "sent_at": now, "outcome": ""}


def _after_failure(notice: Notice, now: dt.datetime, reason: str, *, is_final: bool) -> Fate:
    """Wait, longer each time; after the last attempt, or if it is of no use, leave it to the lead."""
    if is_final or notice.attempts >= MOST_ATTEMPTS:
        return {"state": NoticeState.FAILED, "outcome": reason}
    return {"state": NoticeState.WAITING, "outcome": reason, "try_at": now + PAUSES[notice.attempts - 1]}


def mark(notice: Notice, fate: Fate) -> None:
    """Keep what became of it, unless another process has taken it up since."""
    own = Notice.objects.filter(pk=notice.pk, state=NoticeState.SENDING, attempts=notice.attempts)
    own.update(**fate)
