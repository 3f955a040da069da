"""What happens on time without anybody clicking: rounds close, reminders become due. Called by `run_schedule`."""

import datetime as dt
import logging
from collections.abc import Callable, Iterable
from functools import partial

from django.utils import timezone

from assessments.actions import close_round, plan_reminders
from assessments.choices import RoundState
from assessments.lifecycle import NotNow
from assessments.models import Round
from assessments.sending import give_up_abandoned

Job = Callable[[dt.datetime], int]

logger = logging.getLogger(__name__)


def keep_time(at: dt.datetime | None = None, *, also: Iterable[Job] = ()) -> None:
    """Do everything whose time has come at this moment. To be called often, by as many processes as one likes.

    `also`: what the floors above have to do by the clock.
    Whatever goes wrong with one round or one job is logged and tried again the next time; the others are done.
    """
    now = at or timezone.now()
    for job in (close_what_is_over, plan_reminders, give_up_abandoned, *also):
        _done(job, now)


def close_what_is_over(at: dt.datetime) -> int:
    """Close open rounds whose closing date is over in Europe/London; returns how many this call closed."""
    over = Round.objects.filter(state=RoundState.OPEN, closing_on__lt=timezone.localdate(at))
    return sum(_done(partial(_close, round_), at) for round_ in over.order_by("closing_on", "pk"))


def _close(round_: Round, at: dt.datetime) -> int:
    """0 when somebody else was first, or has moved the closing date."""
    try:
        close_round(by=None, round_=round_, count_unsubmitted=False, at=at)
    except NotNow:
        return 0
    return 1


def _done(job: Job, now: dt.datetime) -> int:
    try:
        return job(now)
    except Exception:
        logger.exception("What is due by the clock could not be done; it is tried again")
        return 0
