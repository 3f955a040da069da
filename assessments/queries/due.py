"""Who still owes answers on a day, and which day of reminding a round has come to."""

import datetime as dt

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from assessments.choices import ResponseState, RoundState
from assessments.models import Answer, Response, Round
from organisations.models import Seat

MOST_DAYS_AHEAD = 365


def still_due(day: dt.date) -> QuerySet[Response]:
    """Responses that can still be submitted on `day`, and are not: whoever gave them holds a seat and can sign in."""
    seats = Seat.objects.held_on(day).filter(person=OuterRef("person"), organisation=OuterRef("round__organisation"))
    due = Response.objects.filter(
        Exists(seats), round__state=RoundState.OPEN, round__closing_on__gte=day, person__is_active=True
    )
    return due.exclude(state=ResponseState.SUBMITTED)


def with_answered(responses: QuerySet[Response]) -> QuerySet[Response]:
    """Each with `answered`: how many of its questions have an answer."""
    given = Answer.objects.given().filter(response=OuterRef("pk")).order_by().values("response")
    counted = given.annotate(number=Count("pk")).values("number")
    return responses.annotate(answered=Coalesce(Subquery(counted), 0))


def rounds_to_remind(day: dt.date) -> list[Round]:
    """Open rounds of which a day of reminding has come, and has not been seen to yet."""
    rounds = Round.objects.filter(state=RoundState.OPEN, closing_on__gte=day)
    return [round_ for round_ in rounds if day_of_reminding(round_, day)]


def day_of_reminding(round_: Round, day: dt.date) -> dt.date | None:
    """The latest day of reminding up to `day` that has not been seen to; None when there is none.

    A day that went by while the portal stood still is made up for, once, however many they were. Days before the
    round was opened, and that day itself, do not count: members have just been invited.
    """
    seen_to = max(timezone.localdate(round_.opened_at), round_.reminded_for or dt.date.min)
    days = (
        round_.closing_on - dt.timedelta(days=before)
        for before in round_.reminder_days
        if isinstance(before, int) and 0 <= before <= MOST_DAYS_AHEAD
    )
    return max((due for due in days if seen_to < due <= day), default=None)
