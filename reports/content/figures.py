"""The views over all sections that follow the profile, each only where it says something that the profile does not."""

from collections.abc import Sequence

from assessments.queries.history import EarlierRound
from assessments.queries.results import RoundResults
from reports.content.answers import answers_figure
from reports.content.document import Figure
from reports.content.gap import gap_figure
from reports.content.heat import heat_map
from reports.content.movement import movement


def figures(results: RoundResults, history: Sequence[EarlierRound]) -> tuple[Figure, ...]:
    """Distance from target, all indicators at a glance, what members answered, and movement over the rounds."""
    found = [gap_figure(results)]
    if not results.facts.subject_is_individual:
        found += [heat_map(results), answers_figure(results), movement(results, history)]
    return tuple(figure for figure in found if figure is not None)
