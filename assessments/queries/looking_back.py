"""A closed round and those before it, read together: each table once, however many rounds there are."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from assessments.late_answers import Counted
from assessments.lifecycle import RoundMove, check
from assessments.models import Reopening, Round
from assessments.queries.positions import Position, positions_in_each
from assessments.queries.publications import counted_in_each

MOST = 7  # earlier rounds: with this one they are as many as a chart has room for


@dataclass(frozen=True, slots=True)
class Board:
    """Who was asked, apart from that how many responses are in which state; and how often the round was reopened."""

    people: frozenset[int]
    states: Counter[str]
    reopened: int  # other than by taking back a sign-off


@dataclass(frozen=True, slots=True)
class LookingBack:
    """Rows of a closed round and of `earlier` ones, the latest first. Nothing of it is disclosed yet."""

    round: Round
    earlier: tuple[Round, ...]
    counted: Mapping[int, Sequence[Counted]]  # by round
    agreed: Mapping[int, Mapping[str, Position]]  # by round: this one and the one before; of each, by code
    boards: Mapping[int, Board]  # the same rounds

    def publications(self, round_: Round) -> Sequence[Counted]:
        """What entered that round's figures, closing by closing."""
        return self.counted.get(round_.pk, ())

    def positions(self, round_: Round) -> Mapping[str, Position]:
        """Code → what that round's board agreed."""
        return self.agreed.get(round_.pk, {})


def look_back(round_: Round, most: int = 1) -> LookingBack:
    """`round_` with at most so many earlier rounds (five queries). Raises NotNow when it is not closed."""
    check(RoundMove.READ_RESULTS, round_.state)
    earlier = tuple(_rounds_before(round_)[:most])
    compared = [round_, *earlier[:1]]
    return LookingBack(
        round=round_,
        earlier=earlier,
        counted=counted_in_each([round_, *earlier]),
        agreed=positions_in_each(compared),
        boards=_boards(compared),
    )


def look_far_back(round_: Round) -> LookingBack:
    """The same with as many as a trend is drawn from: none is drawn for an individual framework."""
    return look_back(round_, 1 if round_.version.framework.is_individual else MOST)


def _boards(rounds: Iterable[Round]) -> dict[int, Board]:
    """Of each round (one query)."""
    again = Reopening.objects.filter(round=OuterRef("pk"), was_signed_off=False).order_by().values("round")
    times = Coalesce(Subquery(again.annotate(times=Count("pk")).values("times")), 0)
    found = Round.objects.filter(pk__in=[round_.pk for round_ in rounds]).annotate(again=times).order_by("pk")
    rows = found.values_list("pk", "responses__person", "responses__state", "again")
    return {pk: _board(list(of_one)) for pk, of_one in groupby(rows, key=itemgetter(0))}


def _board(rows: Sequence[tuple[int, int | None, str | None, int]]) -> Board:
    """A round that nobody is asked in has one row, without a person."""
    people = frozenset(person for _, person, _, _ in rows if person is not None)
    return Board(people, Counter(state for _, _, state, _ in rows if state), reopened=rows[0][3])


def _rounds_before(round_: Round) -> QuerySet[Round]:
    """The closed rounds before this one, of the same organisation, framework and variant, the latest first."""
    earlier = Round.objects.with_results().filter(
        organisation=round_.organisation,
        version__framework=round_.version.framework,
        variant=round_.variant,
        closed_at__lt=round_.closed_at,
    )
    return earlier.select_related("organisation", "version__framework").order_by("-closed_at")
