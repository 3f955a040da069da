"""What a board has agreed in a round, in words."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from assessments.models import AgreedPosition, Round
from assessments.queries.content import scale_of_version


@dataclass(frozen=True, slots=True)
class Position:
    """An agreed position; `mark` tells it, as it stands, from what it was before and will be later."""

    code: str
    level: int
    label: str
    method: str
    method_code: str
    reason: str
    dissent: str
    agreed_on: dt.date
    recorded_by: str
    recorded_at: dt.datetime
    mark: str


def positions_of(round_: Round) -> dict[str, Position]:
    """Code → what is agreed (one query)."""
    return positions_in_each([round_]).get(round_.pk, {})


def positions_in_each(rounds: Iterable[Round]) -> dict[int, dict[str, Position]]:
    """Round → code → what is agreed; a round without any is left out (one query)."""
    labels = {round_.pk: _labels(round_) for round_ in rounds}
    found: dict[int, dict[str, Position]] = {}
    for row in AgreedPosition.objects.filter(round__in=labels).select_related("indicator", "recorded_by"):
        found.setdefault(row.round_id, {})[row.indicator.code] = _position(row, labels[row.round_id][row.level])
    return found


def _labels(round_: Round) -> dict[int, str]:
    return {level.value: level.label for level in scale_of_version(round_.version_id).levels}


def _position(row: AgreedPosition, label: str) -> Position:
    return Position(
        code=row.indicator.code,
        level=row.level,
        label=label,
        method=row.get_method_display(),
        method_code=row.method,
        reason=row.reason,
        dissent=row.dissent,
        agreed_on=row.agreed_on,
        recorded_by=row.recorded_by.name,
        recorded_at=row.recorded_at,
        mark=row.mark,
    )
