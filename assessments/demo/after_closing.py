"""What the demonstration's boards made of a closed round: levels agreed, actions planned."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from assessments import actions
from assessments.choices import ActionStatus, AgreedBy
from assessments.models import Round
from assessments.queries.discussion import discussion_of
from assessments.queries.medians import medians_of
from organisations.choices import SeatRole
from organisations.models import User

MEETING_AFTER_DAYS = 14


def settle(round_: Round, lead: User, reasons: Sequence[str], at: dt.datetime) -> None:
    """Agree the medians: what is most worth talking about with a reason each, what the board is aligned on in one."""
    round_.refresh_from_db()
    discussion = discussion_of(round_)
    indicators = {indicator.code: indicator for indicator in round_.indicators()}
    day = timezone.localdate(at)
    talked = [item for item in discussion.items if item.score.median is not None]
    for item, reason in zip(talked, reasons, strict=False):
        settled = actions.Settled(int(item.score.median or 0), AgreedBy.DISCUSSION, day, reason=reason)
        actions.agree(by=lead, round_=round_, indicator=indicators[item.code], settled=settled, seen="", at=at)
    medians = medians_of(discussion_of(round_).results)
    if medians.offered:
        actions.accept_medians(by=lead, round_=round_, listed=medians.marks, agreed_on=day, at=at)


def plan(round_: Round, lead: User, planned: Sequence[dict[str, Any]], at: dt.datetime, now: dt.datetime) -> None:
    """Add the actions that fixtures/demo/boards.yaml names; due dates count from today: one is overdue."""
    sections = {section.code: section for section in round_.version.sections.all()}
    for entry in planned:
        wanted = actions.Planned(
            entry["what"],
            owner_role=SeatRole(entry["role"]),
            due_on=timezone.localdate(now) + dt.timedelta(days=entry["due_in_days"]),
            risk=entry.get("risk", ""),
        )
        added = actions.add_action(by=lead, round_=round_, section=sections[entry["section"]], planned=wanted, at=at)
        status = ActionStatus(entry["status"])
        if status != ActionStatus.OPEN:
            moved = actions.Planned(wanted.what, None, wanted.owner_role, wanted.due_on, status, wanted.risk)
            actions.change_action(
                by=lead, action=added, planned=moved, revision=added.revision, note=entry.get("note", ""), at=at
            )  # fmt: skip
