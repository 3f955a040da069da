"""What a round is seen against in its report: its own earlier rounds, and what others scored."""

from dataclasses import dataclass

from assessments.models import Round
from assessments.queries.history import EarlierRound, history_of
from assessments.queries.results import RoundResults
from frameworks.comparators import Comparator, comparator_for


@dataclass(frozen=True, slots=True)
class Context:
    history: tuple[EarlierRound, ...] = ()
    comparator: Comparator | None = None


ALONE = Context()


def context_of(round_: Round, results: RoundResults) -> Context:
    """The context of a closed round with these results. Raises NotNow when it is not closed."""
    history = history_of(round_) if results.previous else ()
    return Context(history, comparator_for(round_.version.framework, round_.variant))
