"""Starting a round as the last one was."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from assessments.lifecycle import NotNow, RoundMove, check
from assessments.models import Round
from assessments.queries.board_since import seats_of_members
from assessments.queries.repeating import repetition_of
from assessments.reasons import SCOPE_GONE
from organisations.models import Seat, User

from .rounds import start_round


@transaction.atomic
def start_round_as_last_time(
    *,
    by: User,
    last: Round,
    closing_on: dt.date,
    newcomers: Iterable[Seat] = (),
    at: dt.datetime | None = None,
) -> Round:
    """Make a draft with the scope, targets, minimum group and reminders of `last`, in the framework's newest version.

    Its members are those of `last` who hold a seat on the board today, and the holders of the seats of `newcomers`.
    Raises NotNow unless `last` is closed, when nothing of its scope is in the newest version, and as `start_round`.
    """
    check(RoundMove.REPEAT, last.state)
    again = repetition_of(last)
    if not again.sections:
        raise NotNow(SCOPE_GONE)
    return start_round(
        by=by,
        organisation=last.organisation,
        version=again.version,
        sections=again.sections,
        closing_on=closing_on,
        targets=again.targets,
        minimum_group=last.minimum_group,
        reminder_days=last.reminder_days,
        seats=[*seats_of_members(last), *newcomers],
        at=at,
    )
