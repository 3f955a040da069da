"""The chart of a section: how far members' levels reach on each of its indicators, and what the board agreed."""

from collections import Counter

from assessments.scoring.types import Agreement, IndicatorScore, Scale, SectionScore
from reports.charts import SpreadChart, SpreadRow
from reports.content.indicators import has_levels
from reports.content.wording import counted


def spread_chart(section: SectionScore, scale: Scale) -> SpreadChart | None:
    """A row for each indicator by its code; None when there is nothing to draw in any."""
    rows = tuple(_row(score) for score in section.indicators)
    if all(row.median is None and row.agreed is None for row in rows):
        return None
    return SpreadChart(
        anchor=f"spread-{section.section.code}",
        title=_message(section),
        description="For each indicator a line from the lowest to the highest level that members gave, with the "
        "median. The table of the indicators gives the same numbers.",
        ticks=tuple((level.value, level.label) for level in scale.levels),
        rows=rows,
    )


def _row(score: IndicatorScore) -> SpreadRow:
    shown = has_levels(score)
    return SpreadRow(
        score.indicator.code,
        score.lowest if shown else None,
        score.highest if shown else None,
        score.median if shown else None,
        score.agreed,
        "" if shown else _why_not(score),
    )


def _why_not(score: IndicatorScore) -> str:
    if not score.applicable:
        return "does not apply"
    return "nobody answered" if score.answered == 0 else "not shown: too few"


def _message(section: SectionScore) -> str:
    found = Counter(score.agreement for score in section.indicators if score.agreement is not None)
    parts = [f"{word.value.lower()} on {found[word]}" for word in Agreement if found[word]]
    shown = counted(found.total(), "indicator")
    return f"{section.section.title}, views of {shown}: {', '.join(parts) or 'levels are not shown'}"
