"""A member's own trend in words: one table for each earlier round of theirs, and a chart for the latest."""

from collections import Counter
from textwrap import shorten

from assessments.queries.my_trend import Comparison, MyTrend
from assessments.scoring.basis import Standing
from assessments.scoring.display import nearest_tenth, one_decimal, score_in_words, signed
from assessments.scoring.types import Change
from reports.charts import ProfileChart, ProfileRow
from reports.content.basis import LONGEST
from reports.content.document import Cell, Column, Profile, Row, Table
from reports.content.wording import counted, day, listed, sentence

NOTHING_EARLIER = (
    "There is no earlier round to compare with. After your next round, this shows how your own answers have moved."
)
HOW = (
    "Each figure is the average of your own levels, over those questions that both rounds ask in the same words and to "
    "which you gave a level both times. Figures are rounded one by one, so a change can differ by 0.1 from the two "
    "beside it. They are for reflection and development, not for ranking people."
)
ONCE = (
    (Standing.REPLACES, "Worded anew since then, and not compared:"),
    (Standing.NEW, "New since then:"),
    (Standing.MOVED, "Moved from elsewhere, and not compared:"),
    (Standing.DROPPED, "Asked then and no longer:"),
)


def trend_parts(mine: MyTrend) -> tuple[Profile, ...]:
    """One part for each earlier round, the latest first; none when there is nothing to compare with."""
    return tuple(_part(place, comparison, mine) for place, comparison in enumerate(mine.comparisons, start=1))


def how_it_is_worked_out(mine: MyTrend) -> str:
    """What the figures are, or that there are none."""
    return HOW if mine.comparisons else NOTHING_EARLIER


def _part(place: int, comparison: Comparison, mine: MyTrend) -> Profile:
    where = f", {comparison.organisation}" if comparison.organisation != mine.organisation else ""
    return Profile(
        heading=f"Since the round that closed on {day(comparison.closed_on)}{where}",
        chart=_chart(place, comparison, mine),
        note=" ".join(filter(None, (_overall(comparison.trend.overall, mine), _left_out(comparison)))),
        table=_table(comparison, mine),
    )


def _overall(change: Change, mine: MyTrend) -> str:
    if change.before is None or change.after is None:
        return f"Too few {mine.content.section_label_plural} can be compared for a figure over all of them."
    return (
        f"Over all {mine.content.section_label_plural}: {one_decimal(change.before)} then, {one_decimal(change.after)} "
        f"now, over {counted(change.comparable, 'question')}."
    )


def _left_out(comparison: Comparison) -> str:
    """The questions that only one of the rounds asked in these words; what I left open is told by the table's count."""
    found = [(words, _quoted(comparison, standing)) for standing, words in ONCE]
    return " ".join(f"{words} {quoted}." for words, quoted in found if quoted)


def _quoted(comparison: Comparison, standing: Standing) -> str:
    texts = [one.indicator.text for one in comparison.basis if one.standing is standing]
    return listed([f"“{shorten(text, LONGEST, placeholder='…')}”" for text in texts])


def _table(comparison: Comparison, mine: MyTrend) -> Table:
    columns = (
        Column(sentence(mine.content.section_label), "text"),
        Column("Then", "before"),
        Column("Now", "before"),
        Column("Change", "change"),
        Column("Questions compared", "band"),
    )
    changes = dict(comparison.trend.sections)
    rows = tuple(
        Row(Cell(section.title), _cells(changes.get(section.code), len(section.questions)))
        for section in mine.content.sections
    )
    return Table(f"My own averages by {mine.content.section_label}", columns, rows)


def _cells(change: Change | None, asked: int) -> tuple[Cell, ...]:
    if change is None or change.before is None or change.after is None:
        return (Cell("nothing to compare", span=4),)
    difference = signed(change.after - change.before)
    base = Cell(f"{change.comparable} of {asked}")
    return Cell(one_decimal(change.before)), Cell(one_decimal(change.after)), Cell(difference), base


def _chart(place: int, comparison: Comparison, mine: MyTrend) -> ProfileChart:
    scale, label = mine.content.scale, mine.content.section_label
    changes = dict(comparison.trend.sections)
    return ProfileChart(
        anchor=f"trend-{place}",
        title=_message(comparison, mine),
        description=f"A bar for each {label}, on the scale from {scale.lowest} to {scale.highest}, with a diamond for "
        "the earlier round. The table that follows gives the same numbers.",
        ticks=tuple((level.value, level.label) for level in scale.levels),
        rows=tuple(_chart_row(section.title, changes.get(section.code)) for section in mine.content.sections),
    )


def _chart_row(title: str, change: Change | None) -> ProfileRow:
    now, then = (change.after, change.before) if change else (None, None)
    return ProfileRow(label=title, score=now, score_text=score_in_words(now), before=then, target=None)


def _message(comparison: Comparison, mine: MyTrend) -> str:
    """What moved which way, as the figures are printed: "3 higher, 1 lower, 2 the same"."""
    moves = Counter(_way(change) for _, change in comparison.trend.sections)
    said = [f"{moves[way]} {way}" for way in ("higher", "lower", "the same") if moves[way]]
    return f"My own averages by {mine.content.section_label}, now and then: {listed(said) or 'nothing to compare'}"


def _way(change: Change) -> str:
    if change.before is None or change.after is None:
        return "nothing to compare"
    move = nearest_tenth(change.after) - nearest_tenth(change.before)
    return "the same" if move == 0 else "higher" if move > 0 else "lower"
