"""Choosing what members wrote for the board report."""

from collections.abc import Iterable

from django.db import transaction

from assessments.actions.locking import locked_round
from assessments.lifecycle import RoundMove
from assessments.models import PublishedComment, Round
from organisations.audit import record
from organisations.choices import AuditedEvent
from organisations.models import User


@transaction.atomic
def choose_comments(*, by: User, round_: Round, chosen: Iterable[int]) -> int:
    """Put the comments with the keys `chosen` into the report and leave out all others; returns how many are in it.

    Raises NotNow unless the round is closed and not signed off; keys that are not among its comments are passed over.
    """
    round_ = locked_round(round_, RoundMove.CHOOSE_COMMENTS)
    last = round_.publications.order_by("-number").first()
    comments = PublishedComment.objects.filter(publication=last)
    comments.update(is_in_report=False)
    number = comments.filter(pk__in=list(chosen)).update(is_in_report=True)
    record(
        AuditedEvent.COMMENTS_CHOSEN, organisation=round_.organisation, by=by, subject=f"{round_}: {number} comments"
    )  # fmt: skip
    return number
