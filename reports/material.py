"""What reports and files of figures are made of: read once, so that they cannot differ."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.models import Round
from assessments.queries.board_actions import RoundActions, round_actions
from assessments.queries.positions import Position, positions_of
from assessments.queries.results import RoundResults, results_for
from reports.context import Context, context_of


@dataclass(frozen=True, slots=True)
class Material:
    """A closed round's disclosed results, what its board agreed (by the indicator's code), its actions, and what it is
    seen against."""

    results: RoundResults
    actions: RoundActions
    positions: Mapping[str, Position]
    context: Context


def material_of(round_: Round) -> Material:
    """As it is now. Raises NotNow when the round is not closed."""
    results = results_for(round_)
    return Material(results, round_actions(round_), positions_of(round_), context_of(round_, results))
