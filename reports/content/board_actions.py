"""The board's actions in its report: those of this round, and what became of earlier ones."""

from assessments.queries.board_actions import BoardAction, RoundActions
from reports.content.document import Cell, Column, Finding, Row, Table
from reports.content.wording import counted, day

COLUMNS = (Column("Action", "text"), Column("Owner", "owner"), Column("Due", "due"), Column("Status", "status"))


def actions_part(planned: RoundActions) -> tuple[Finding, ...]:
    """New and old actions; nothing of old ones when there are none."""
    new = Finding("actions", "Actions", _introduction(planned.new), _table("Actions from this round", planned.new))
    if not planned.earlier:
        return (new,)
    earlier = Finding(
        "earlier-actions",
        "What became of earlier actions",
        f"{_introduction(planned.earlier)} They were not finished when this round opened.",
        _table("Actions from earlier rounds", planned.earlier),
    )
    return new, earlier


def _introduction(actions: tuple[BoardAction, ...]) -> str:
    if not actions:
        return "No action has come out of this round yet."
    overdue = sum(action.is_overdue for action in actions)
    unfinished = sum(action.is_unfinished for action in actions)
    late = f", {overdue} of them overdue" if overdue else ""
    return f"{counted(len(actions), 'action')}: {unfinished} not finished{late}."


def _table(caption: str, actions: tuple[BoardAction, ...]) -> Table | None:
    return Table(caption, COLUMNS, tuple(_row(action) for action in actions)) if actions else None


def _row(action: BoardAction) -> Row:
    about = f"{action.section}; risk: {action.risk}" if action.risk else action.section
    return Row(
        Cell(action.what, mark=action.indicator_code, note=about),
        (
            Cell(action.owner or "Nobody yet", note="has left the board" if action.owner_left_on else ""),
            Cell(day(action.due_on) if action.due_on else "No date yet"),
            Cell(action.status.label, note="overdue" if action.is_overdue else ""),
        ),
    )
