"""The board's actions as files: a table for a spreadsheet, and due dates for a calendar."""

import datetime as dt
from collections.abc import Callable, Iterable
from uuid import NAMESPACE_OID, UUID, uuid5

from assessments.queries.board_actions import BoardAction
from ground.spreadsheets import csv_of, moment
from organisations.calendars import DayEvent, calendar_of

HEADER = (
    "Action", "Section", "Indicator", "Owner", "Due date", "Status", "Overdue", "Board Assurance Framework", "Round",
    "Added", "Last changed",
)  # fmt: skip


def actions_csv(actions: Iterable[BoardAction]) -> str:
    """A row for each action, in the order given."""
    return csv_of(HEADER, (_row(action) for action in actions))


def _row(action: BoardAction) -> tuple[str, ...]:
    return (
        action.what,
        action.section,
        f"{action.indicator_code} {action.indicator}".strip(),
        action.owner,
        action.due_on.isoformat() if action.due_on else "",
        action.status.label,
        "yes" if action.is_overdue else "no",
        action.risk,
        action.round,
        moment(action.made_at),
        moment(action.changed_at),
    )


def actions_calendar(
    name: str, actions: Iterable[BoardAction], address: Callable[[BoardAction], str], now: dt.datetime
) -> str:
    """The due dates of what is unfinished as an .ics file; `address` gives the page of an action."""
    due = [(action, action.due_on) for action in actions if action.is_unfinished]
    return calendar_of(name, (_event(action, day, address(action)) for action, day in due if day), now)


def _event(action: BoardAction, day: dt.date, address: str) -> DayEvent:
    about = action.indicator_code or action.section
    said = (f"About: {about}", f"Owner: {action.owner or 'nobody yet'}", f"Status: {action.status.label}")
    risk = (f"Board Assurance Framework: {action.risk}",) if action.risk else ()
    return DayEvent(
        uid=_uid(action),
        revision=action.revision,
        day=day,
        title=f"Due: {action.what}",
        description="\n".join((*said, *risk)),
        address=address,
        changed_at=action.changed_at,
    )


def _uid(action: BoardAction) -> UUID:
    """The same at every download, whatever changes about the action, and no other portal's."""
    return uuid5(NAMESPACE_OID, f"{action.ods_code} {action.action_id} {action.made_at.isoformat()}")
