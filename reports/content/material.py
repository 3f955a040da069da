"""What reports and files of figures are made of: read once, so that they cannot differ."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.models import Round
from assessments.queries.board_actions import RoundActions, round_actions
from assessments.queries.history import results_with_history
from assessments.queries.positions import Position
from assessments.queries.results import RoundResults
from reports.content.context import Context, context_of
from reports.cover.paper import Paper, paper_of


@dataclass(frozen=True, slots=True)
class Material:
    """A closed round's disclosed results, what its board agreed (by the indicator's code), its actions, what it is seen
    against, and what its author says on the cover."""

    results: RoundResults
    actions: RoundActions
    positions: Mapping[str, Position]
    context: Context
    paper: Paper


def material_of(round_: Round) -> Material:
    """As it is now. Raises NotNow when the round is not closed."""
    results, history = results_with_history(round_)
    context = context_of(round_, results, history)
    return Material(results, round_actions(round_), results.positions, context, paper_of(round_))
