"""What reports and files of figures are made of: read once, so that they cannot differ."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.models import Round
from assessments.queries.board_actions import RoundActions, round_actions
from assessments.queries.positions import Position, positions_of
from assessments.queries.results import RoundResults, results_for


@dataclass(frozen=True, slots=True)
class Material:
    """A closed round's disclosed results, what its board agreed (by the indicator's code), and its actions."""

    results: RoundResults
    actions: RoundActions
    positions: Mapping[str, Position]


def material_of(round_: Round) -> Material:
    """As it is now. Raises NotNow when the round is not closed."""
    return Material(results_for(round_), round_actions(round_), positions_of(round_))
