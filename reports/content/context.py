"""What a round is seen against in its report: its own earlier rounds, and what others scored."""

from dataclasses import dataclass

from assessments.models import Round
from assessments.queries.history import EarlierRound
from frameworks.comparators import Comparator, comparator_for


@dataclass(frozen=True, slots=True)
class Context:
    history: tuple[EarlierRound, ...] = ()
    comparator: Comparator | None = None


ALONE = Context()


def context_of(round_: Round, history: tuple[EarlierRound, ...]) -> Context:
    """The context of a round with those before it (one query)."""
    return Context(history, comparator_for(round_.version.framework, round_.variant))
