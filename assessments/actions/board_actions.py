"""What a digital lead does with the board's actions: what it decided to do, and what becomes of that."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from assessments.actions.locking import locked_round
from assessments.choices import ActionStatus
from assessments.lifecycle import NotNow, RoundMove
from assessments.models import Action, ActionLine, Round
from frameworks.models import Indicator, Section
from organisations.audit import record
from organisations.choices import AuditedEvent, SeatRole
from organisations.models import User
from organisations.permissions import holds_seat

LEFT = "{name} no longer holds a seat on this board. Choose another owner."


class ChangedMeanwhile(Exception):
    """Somebody else has changed the action since it was read; nothing of theirs is overwritten."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What is to be done, by a person or by whoever holds a role (never both), until when, and how far it is."""

    what: str
    owner: User | None = None
    owner_role: str = ""
    due_on: dt.date | None = None
    status: ActionStatus = ActionStatus.OPEN
    risk: str = ""


@transaction.atomic
def add_action(
    *,
    by: User,
    round_: Round,
    section: Section,
    planned: Planned,
    indicator: Indicator | None = None,
    at: dt.datetime | None = None,
) -> Action:
    """Add what the board will do about a section, or about an indicator of it.

    Raises NotNow when the round is not closed or the owner has left the board, ValueError when section or indicator is
    not in the scope of the round.
    """
    at = at or timezone.now()
    round_ = locked_round(round_, RoundMove.PLAN_ACTIONS)
    _check_scope(round_, section, indicator)
    _check_owner(planned.owner, round_.organisation_id, at)
    action = Action(
        organisation=round_.organisation, round=round_, section=section, indicator=indicator, made_at=at
    )  # fmt: skip
    _set(action, planned)
    action.save()
    _note(AuditedEvent.ACTION_ADDED, action, by, at)
    return action


@transaction.atomic
def change_action(
    *, by: User, action: Action, revision: int, planned: Planned, note: str = "", at: dt.datetime | None = None
) -> bool:
    """Change an action as it was at `revision`, in whatever state its round is; says whether that changed anything.

    Raises ChangedMeanwhile when it is at another revision by now, NotNow when a new owner is not on the board.
    """
    at = at or timezone.now()
    fresh = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    if fresh.revision != revision:
        raise ChangedMeanwhile
    if planned.owner and planned.owner.pk != fresh.owner_id:
        _check_owner(planned.owner, fresh.organisation_id, at)
    if _planned(fresh) == planned and not note:
        return False
    change = _in_words(fresh, planned)
    _set(fresh, planned)
    fresh.revision += 1
    fresh.save()
    _note(AuditedEvent.ACTION_CHANGED, fresh, by, at, change=change, note=note)
    return True


def _check_scope(round_: Round, section: Section, indicator: Indicator | None) -> None:
    if not round_.sections.filter(pk=section.pk).exists():
        raise ValueError("an action is about a section in the scope of its round")
    if indicator and not round_.indicators().filter(pk=indicator.pk, section=section).exists():
        raise ValueError("an action is about an indicator that its round asks, and of its section")


def _check_owner(owner: User | None, organisation_id: int, at: dt.datetime) -> None:
    if owner and not holds_seat(owner.pk, organisation_id, timezone.localdate(at)):
        raise NotNow(LEFT.format(name=owner.name))


def _planned(action: Action) -> Planned:
    status = ActionStatus(action.status)
    return Planned(action.what, action.owner, action.owner_role, action.due_on, status, action.risk)


def _set(action: Action, planned: Planned) -> None:
    action.what, action.owner, action.owner_role = planned.what, planned.owner, planned.owner_role
    action.due_on, action.status, action.risk = planned.due_on, planned.status, planned.risk


def _in_words(before: Action, after: Planned) -> str:
    """What else than the status changes. A person is not named: who is anonymised would stand here for good."""
    words = []
    if (before.owner, before.owner_role) != (after.owner, after.owner_role):
        words.append(f"Owner: {_owner_in_words(after)}.")
    if before.due_on != after.due_on:
        words.append(f"Due date: {_day(after.due_on)}, before: {_day(before.due_on)}.")
    if before.risk != after.risk:
        words.append(f"Risk: {after.risk or 'none'}, before: {before.risk or 'none'}.")
    if before.what != after.what:
        words.append(f"What is to be done was put as: {before.what}")
    return " ".join(words)


def _owner_in_words(planned: Planned) -> str:
    if planned.owner_role:
        return SeatRole(planned.owner_role).label.lower()
    return "another person" if planned.owner else "nobody"


def _day(day: dt.date | None) -> str:
    return f"{day:%-d %B %Y}" if day else "none"


def _note(
    event: AuditedEvent, action: Action, by: User, at: dt.datetime, *, change: str = "", note: str = ""
) -> None:  # fmt: skip
    """A line in the action's history, and one in the trail, which has neither the action's words nor an indicator's."""
    ActionLine.objects.create(action=action, at=at, by=by, status=action.status, change=change, note=note)
    status = ActionStatus(action.status).label.lower()
    subject = f"{action.round}, {action.section.title}: action {action.pk}, {status}"
    record(event, organisation=action.organisation, by=by, subject=subject, at=at)
