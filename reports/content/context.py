"""What a round is seen against in its report: its own earlier rounds, what others scored, and who is in its system."""

from dataclasses import dataclass

from assessments.models import Round
from assessments.queries.history import EarlierRound
from assessments.queries.results import RoundResults
from frameworks.comparators import Comparator, comparator_for
from reports.counterparts.beside import Counterpart
from reports.counterparts.reading import counterparts_of


@dataclass(frozen=True, slots=True)
class Context:
    history: tuple[EarlierRound, ...] = ()
    comparator: Comparator | None = None
    counterparts: tuple[Counterpart, ...] = ()


ALONE = Context()


def context_of(round_: Round, results: RoundResults, history: tuple[EarlierRound, ...]) -> Context:
    """The context of a closed round with those before it (one query, and those of `counterparts_of`)."""
    comparator = comparator_for(round_.version.framework, round_.variant)
    return Context(history, comparator, counterparts_of(round_, results))
