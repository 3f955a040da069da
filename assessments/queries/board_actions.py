"""The board's actions as pages, files and reports show them: what is unfinished and due soonest comes first."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, Q
from django.utils import timezone

from assessments.choices import UNFINISHED, ActionStatus
from assessments.models import Action, Round
from assessments.models.action import ActionQuerySet
from organisations.choices import SeatRole
from organisations.models import Organisation
from organisations.people.queries import left_on

NOBODY = "nobody"
Choices = tuple[tuple[str, str], ...]  # value and label


@dataclass(frozen=True, slots=True)
class BoardAction:
    """An action in words. `owner` is a person's name, a role, or "" while nobody has it."""

    action_id: int
    what: str
    section_key: str
    section: str
    indicator_code: str
    indicator: str
    owner_key: str
    owner: str
    owner_left_on: dt.date | None  # the owner's last day on the board, once they are no longer on it
    due_on: dt.date | None
    status: ActionStatus
    is_overdue: bool
    risk: str
    round_id: int
    round: str
    ods_code: str
    made_at: dt.datetime
    changed_at: dt.datetime
    revision: int

    @property
    def is_unfinished(self) -> bool:
        return self.status in UNFINISHED

    @property
    def has_owner(self) -> bool:
        """Whether somebody is there to do it."""
        return bool(self.owner) and self.owner_left_on is None


@dataclass(frozen=True, slots=True)
class RoundActions:
    """The actions that came out of a round, and those of earlier rounds that it found unfinished."""

    new: tuple[BoardAction, ...]
    earlier: tuple[BoardAction, ...]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    at: dt.datetime
    by: str
    status: ActionStatus
    change: str
    note: str


@dataclass(frozen=True, slots=True)
class ActionInFull:
    action: BoardAction
    history: tuple[HistoryLine, ...]  # newest first


def actions_of(organisation: Organisation) -> tuple[BoardAction, ...]:
    """All actions of the board, overdue and open ones first (two queries)."""
    return _in_words(organisation.actions.all(), organisation)


def open_actions_of(organisation: Organisation) -> tuple[BoardAction, ...]:
    """What is not yet done, overdue first: the next round begins with it (two queries)."""
    return _in_words(organisation.actions.unfinished(), organisation)


def round_actions(round_: Round) -> RoundActions:
    """Actions of the round; and those of earlier rounds of its framework that it found unfinished, with what became of
    them since (two queries)."""
    same = Q(round__version__framework=round_.version.framework, made_at__lt=round_.opened_at or round_.started_at)
    found = _in_words(round_.organisation.actions.filter(Q(round=round_) | same), round_.organisation)
    since = round_.opened_at or round_.started_at
    return RoundActions(
        new=tuple(action for action in found if action.round_id == round_.pk),
        earlier=tuple(
            action
            for action in found
            if action.round_id != round_.pk and (action.is_unfinished or action.changed_at >= since)
        ),
    )


def action_in_full(action: Action) -> ActionInFull:
    """One action with its history (three queries)."""
    (in_words,) = _in_words(action.organisation.actions.filter(pk=action.pk), action.organisation)
    lines = action.history.select_related("by").order_by("-at", "-pk")
    history = (HistoryLine(line.at, line.by.name, ActionStatus(line.status), line.change, line.note) for line in lines)
    return ActionInFull(in_words, tuple(history))


def narrowed(
    actions: Iterable[BoardAction], *, status: str = "", section: str = "", owner: str = ""
) -> tuple[BoardAction, ...]:
    """Those that fit; "" fits all. `status` is a status, "unfinished" or "overdue"."""
    return tuple(
        action
        for action in actions
        if _has_status(action, status) and section in ("", action.section_key) and owner in ("", action.owner_key)
    )


def _has_status(action: BoardAction, status: str) -> bool:
    if status == "overdue":
        return action.is_overdue
    return action.is_unfinished if status == "unfinished" else status in ("", action.status)


def sections_among(actions: Iterable[BoardAction]) -> Choices:
    """The sections that the actions are about, by name."""
    return _sorted({(action.section_key, action.section) for action in actions})


def owners_among(actions: Iterable[BoardAction]) -> Choices:
    """Who has the actions, by name."""
    return _sorted({(action.owner_key, action.owner or "Nobody") for action in actions})


def _sorted(choices: Iterable[tuple[str, str]]) -> Choices:
    return tuple(sorted(choices, key=lambda choice: choice[1].casefold()))


def owners_on_offer(organisation: Organisation, action: Action | None = None) -> Choices:
    """Who may own an action: everybody with a seat today, and every role; and whoever has `action` now."""
    seats = organisation.seats.held_on(timezone.localdate()).select_related("person")
    people = {person_key(seat.person_id): f"{seat.person.name}, {seat.get_role_display().lower()}" for seat in seats}
    if action and action.owner and person_key(action.owner.pk) not in people:
        people[person_key(action.owner.pk)] = f"{action.owner.name} (no longer on the board)"
    roles = ((role_key(role), f"Whoever is {SeatRole(role).label.lower()}") for role in SeatRole)
    return ((NOBODY, "Nobody yet"), *people.items(), *roles)


def subjects_of(round_: Round) -> Choices:
    """What an action can be about: each section in scope, then its indicators. None about members."""
    indicators: dict[int, list[tuple[str, str]]] = {}
    if not round_.version.framework.is_individual:
        for row in round_.indicators():
            indicators.setdefault(row.section_id, []).append((f"indicator-{row.pk}", f"{row.code} {row.text}"))
    label = round_.version.framework.section_label
    choices: list[tuple[str, str]] = []
    for scoped in round_.scope.select_related("section"):
        choices.append((f"section-{scoped.section_id}", f"{scoped.section.title} (the whole {label})"))
        choices += indicators.get(scoped.section_id, [])
    return tuple(choices)


def person_key(person_id: int) -> str:
    """How forms and addresses name a person who owns actions."""
    return f"person-{person_id}"


def role_key(role: str) -> str:
    """How they name a role that does."""
    return f"role-{role}"


def _in_words(actions: ActionQuerySet, organisation: Organisation) -> tuple[BoardAction, ...]:
    names = ("section", "indicator", "owner", "round__version__framework")
    rows = actions.select_related(*names).annotate(changed_at=Max("history__at"))
    today, left = timezone.localdate(), left_on(organisation)
    found = [_action(row, organisation, today, left) for row in rows]
    return tuple(sorted(found, key=_first_things_first))


def _action(row: Action, organisation: Organisation, today: dt.date, left: dict[int, dt.date]) -> BoardAction:
    owner_key, owner = _owner(row)
    return BoardAction(
        action_id=row.pk,
        what=row.what,
        section_key=f"{row.round.version.framework.code}.{row.section.code}",
        section=row.section.title,
        indicator_code=row.indicator.code if row.indicator else "",
        indicator=row.indicator.text if row.indicator else "",
        owner_key=owner_key,
        owner=owner,
        owner_left_on=left.get(row.owner_id) if row.owner_id else None,
        due_on=row.due_on,
        status=ActionStatus(row.status),
        is_overdue=row.is_overdue(today),
        risk=row.risk,
        round_id=row.round_id,
        round=str(row.round),
        ods_code=organisation.ods_code,
        made_at=row.made_at,
        changed_at=row.changed_at or row.made_at,  # type: ignore[attr-defined]  # annotated above
        revision=row.revision,
    )


def _owner(row: Action) -> tuple[str, str]:
    if row.owner:
        return person_key(row.owner.pk), row.owner.name
    return (role_key(row.owner_role), row.get_owner_role_display()) if row.owner_role else (NOBODY, "")


def _first_things_first(action: BoardAction) -> tuple[bool, float, int]:
    """Unfinished ones by due date: overdue first, those without one last. Then what was finished, the latest first."""
    if action.is_unfinished:
        return False, (action.due_on or dt.date.max).toordinal(), action.action_id
    return True, -action.changed_at.timestamp(), action.action_id
