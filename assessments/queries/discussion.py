"""The board's discussion of a closed round: its indicators in the order in which they are worth talking about."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from assessments.models import Action, Round
from assessments.queries.positions import Position
from assessments.queries.results import RoundResults, results_for
from assessments.scoring.types import IndicatorScore
from assessments.worth_talking import Reason, ToDiscuss, worth_talking_about


@dataclass(frozen=True, slots=True)
class Item:
    """One indicator of the discussion. Its figures are disclosed: what is withheld is not in them."""

    number: int  # in the order of the discussion, from 1
    section: str
    target: Fraction | None
    score: IndicatorScore
    reasons: tuple[Reason, ...]
    agreed: Position | None
    last_time: Position | None  # what the round before agreed, in the same words

    @property
    def code(self) -> str:
        return self.score.indicator.code

    @property
    def text(self) -> str:
        return self.score.indicator.text


@dataclass(frozen=True, slots=True)
class Discussion:
    """All indicators of a round; `to_agree` are those that apply or are agreed, as in the report."""

    results: RoundResults
    items: tuple[Item, ...]
    agreed: int
    to_agree: int

    def item(self, code: str) -> Item:
        """Raises StopIteration for a code that the round does not ask."""
        return next(item for item in self.items if item.code == code)

    @property
    def next_open(self) -> Item:
        """The first that nothing is agreed on yet; the first of all when that is none."""
        return next((item for item in self.items if item.agreed is None), self.items[0])

    def before(self, item: Item) -> Item | None:
        """The one before it in the order of the discussion."""
        return self.items[item.number - 2] if item.number > 1 else None

    def after(self, item: Item) -> Item | None:
        """The one that follows it."""
        return self.items[item.number] if item.number < len(self.items) else None

    def comments_on(self, item: Item) -> tuple[str, ...]:
        """Those for the board that its digital lead chose, without names."""
        found = [comment for on in self.results.comments if on.code == item.code for comment in on.comments]
        return tuple(comment.text for comment in found if comment.is_in_report)


def discussion_of(round_: Round) -> Discussion:
    """What the board talks about (a fixed number of queries). Raises NotNow when the round is not closed."""
    results = results_for(round_)
    last_scores, last_positions = _last_round(results)
    ordered = worth_talking_about(results.scorecard, before=last_scores, open_actions=_open_actions(round_))
    items = tuple(
        _item(found, number, results.positions, last_positions) for number, found in enumerate(ordered, start=1)
    )
    sections = results.scorecard.sections
    return Discussion(
        results,
        items,
        agreed=sum(section.agreed.based_on for section in sections),
        to_agree=sum(section.agreed.of for section in sections),
    )


def _item(found: ToDiscuss, number: int, agreed: Mapping[str, Position], last_time: Mapping[str, Position]) -> Item:
    code = found.score.indicator.code
    return Item(
        number=number,
        section=found.section.title,
        target=found.section.target,
        score=found.score,
        reasons=found.reasons,
        agreed=agreed.get(code),
        last_time=last_time.get(code),
    )


def _last_round(results: RoundResults) -> tuple[dict[str, Fraction], Mapping[str, Position]]:
    """By code, what can be compared with: the scores that the round before published, and what it agreed."""
    published = results.earlier
    if published is None:
        return {}, {}
    if published.scale.values != results.scorecard.scale.values:
        return {}, {}
    scores = {
        score.indicator.code: score.mean
        for section in published.sections
        for score in section.indicators
        if score.mean is not None and score.indicator.code in results.comparable
    }
    return scores, results.agreed_before


def _open_actions(round_: Round) -> Counter[str]:
    """By code, how many actions from earlier rounds of this framework are not finished."""
    earlier = Action.objects.unfinished().filter(
        organisation=round_.organisation_id,
        round__version__framework=round_.version.framework_id,
        round__opened_at__lt=round_.opened_at,
        indicator__isnull=False,
    )
    return Counter(earlier.order_by().values_list("indicator__code", flat=True))
