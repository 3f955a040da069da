"""All indicators of a round in the order that a lead asks for: from the same disclosed figures as the report."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from assessments.queries.results import RoundResults
from assessments.scoring.types import IndicatorScore, SectionScore
from reports.content.document import Table
from reports.content.indicators import has_levels, indicator_header
from reports.content.section_pages import indicators_table

Scored = tuple[SectionScore, IndicatorScore]


class Order(Enum):
    """What comes first."""

    LOWEST = "Lowest score first"
    SPREAD = "Widest spread first"
    JUDGED = "Least judged first"
    TARGET = "Furthest below target first"
    FRAMEWORK = "In the framework's order"

    @property
    def code(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Ranking:
    order: Order
    orders: tuple[Order, ...]
    table: Table
    left_out: int  # indicators without the figure that they would be ordered by; they come last


def ranking(results: RoundResults, order: Order) -> Ranking:
    """Every indicator, first those that have the figure asked for, then the others in the framework's order."""
    scored = [(section, one) for section in results.scorecard.sections for one in section.indicators]
    ranked = [(_ranked_by(order, pair), pair) for pair in scored]
    first = sorted(((value, pair) for value, pair in ranked if value is not None), key=lambda row: -row[0])
    last = [pair for value, pair in ranked if value is None]
    has_target = any(section.section.target is not None for section in results.scorecard.sections)
    return Ranking(
        order,
        tuple(each for each in Order if has_target or each is not Order.TARGET),
        _table(results, [pair for _, pair in first] + last),
        len(last) if first else 0,
    )


def _ranked_by(order: Order, pair: Scored) -> Fraction | None:
    """The larger, the earlier; None when the figure is withheld or does not exist."""
    section, one = pair
    figures: dict[Order, Callable[[], Fraction | None]] = {
        Order.LOWEST: lambda: None if one.mean is None else -one.mean,
        Order.SPREAD: lambda: one.distance,
        Order.JUDGED: lambda: one.cannot_judge_share,
        Order.TARGET: lambda: _below_target(section, one),
        Order.FRAMEWORK: lambda: Fraction(0),
    }
    value = figures[order]()
    return value if has_levels(one) or order in {Order.JUDGED, Order.FRAMEWORK} else None


def _below_target(section: SectionScore, one: IndicatorScore) -> Fraction | None:
    target = section.section.target
    return None if target is None or one.mean is None else target - one.mean


def _table(results: RoundResults, pairs: list[Scored]) -> Table:
    headed = [(indicator_header(one, section.section.title), one) for section, one in pairs]
    return indicators_table("All indicators", headed, results)
