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
from frameworks.models import WordingCheck

MOST = 7  # earlier rounds: with this one they are as many as a chart has room for


@dataclass(frozen=True, slots=True)
class Board:
    """Who was asked, apart from that how many responses are in which state; and what else is counted of the round."""

    people: frozenset[int]
    states: Counter[str]
    reopened: int  # other than by taking back a sign-off
    wording_checks: int  # how many there are of its framework: what was found is read anew only where one is added


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
    checks = WordingCheck.objects.filter(framework=OuterRef("version__framework")).order_by().values("framework")
    checked = Coalesce(Subquery(checks.annotate(number=Count("pk")).values("number")), 0)
    found = Round.objects.filter(pk__in=[round_.pk for round_ in rounds]).annotate(again=times, checked=checked)
    rows = found.order_by("pk").values_list("pk", "responses__person", "responses__state", "again", "checked")
    return {pk: _board(list(of_one)) for pk, of_one in groupby(rows, key=itemgetter(0))}


def _board(rows: Sequence[tuple[int, int | None, str | None, int, int]]) -> Board:
    """A round that nobody is asked in has one row, without a person."""
    people = frozenset(row[1] for row in rows if row[1] is not None)
    return Board(people, Counter(row[2] for row in rows if row[2]), reopened=rows[0][3], wording_checks=rows[0][4])


def _rounds_before(round_: Round) -> QuerySet[Round]:
    """The closed rounds before this one, of the same organisation, framework and variant, the latest first."""
    earlier = Round.objects.with_results().filter(
        organisation=round_.organisation,
        version__framework=round_.version.framework,
        variant=round_.variant,
        closed_at__lt=round_.closed_at,
    )
    return earlier.select_related("organisation", "version__framework").order_by("-closed_at")
