"""One section of the report: its figures, and a row for each of its indicators."""

from collections.abc import Sequence

from assessments.presenters.figures import score_in_full
from assessments.queries.results import RoundResults
from assessments.scoring.display import one_decimal, percentage, signed
from assessments.scoring.types import Change, IndicatorScore, NonScore, NonScoreChoice, Scale, SectionScore
from reports.content.agreed import NOTHING_AGREED, Positions, agreed_table
from reports.content.basis import is_compared, left_out_of
from reports.content.document import Cell, Column, Fact, Row, SectionPage, Table
from reports.content.indicators import agreed_cell, indicator_header, level_columns, non_scores_to_show, row_cells
from reports.content.spread import spread_chart
from reports.content.wording import (
    against_target,
    agreed_in_words,
    comparable_indicators,
    level_in_words,
    sentence,
)


def section_page(section: SectionScore, results: RoundResults, positions: Positions = NOTHING_AGREED) -> SectionPage:
    """Everything the report says about one section; `positions` has what the board agreed, with its reasons."""
    individual = results.facts.subject_is_individual
    return SectionPage(
        anchor=f"section-{section.section.code}",
        code=section.section.code,
        title=section.section.title,
        facts=_facts(section, results),
        key="" if individual else _key(section, results.scorecard.scale),
        table=None if individual else _indicator_table(section, results),
        agreed=None if individual else agreed_table(section, positions),
        chart=None if individual else spread_chart(section, results.scorecard.scale),
    )


def level_key(scale: Scale) -> str:
    """What the numbers of the scale stand for, in one line."""
    return "Levels: " + ", ".join(f"{level.value} {level.label}" for level in scale.levels) + "."


def _key(section: SectionScore, scale: Scale) -> str:
    """What the columns of the table stand for, and which answer has none because nobody chose it."""
    shown = non_scores_to_show(scale, section.indicators)
    missing = [f"“{choice.label}”" for choice in scale.non_scores if choice not in shown]
    return level_key(scale) + (f" No answer shown is {' or '.join(missing)}." if missing else "")


def level_held(section: SectionScore, results: RoundResults) -> str:
    """The highest level that every applicable indicator reaches, or why it cannot be said."""
    if section.level_held is None:
        has_any = any(score.median is not None or score.agreed is not None for score in section.indicators)
        return f"cannot be stated: {'not every' if has_any else 'no'} indicator has a figure"
    return level_in_words(section.level_held, results.scorecard.scale)


def change_of(section: SectionScore, results: RoundResults) -> Change | None:
    """The section's movement since the last round, or None when nothing is comparable."""
    if results.trend is None:
        return None
    change = dict(results.trend.sections).get(section.section.code)
    return change if change is not None and change.difference is not None else None


def change_in_words(change: Change) -> str:
    """As "+0.3 over 12 comparable indicators (2.9 then, 3.2 now)". The change must have both its ends."""
    if change.before is None or change.after is None:
        raise ValueError("nothing is comparable")
    then_now = f"{one_decimal(change.before)} then, {one_decimal(change.after)} now"
    return f"{signed(change.after - change.before)} {comparable_indicators(change)} ({then_now})"


def _facts(section: SectionScore, results: RoundResults) -> tuple[Fact, ...]:
    facts = [Fact("Score", score_in_full(section, results))]
    if section.agreed.based_on:
        facts.append(Fact("Agreed by the board", agreed_in_words(section.agreed, "indicators")))
    if not results.facts.subject_is_individual:
        facts.append(Fact("Level held throughout", sentence(level_held(section, results))))
    if is_compared(results):
        change = change_of(section, results)
        facts.append(Fact("Change since last round", change_in_words(change) if change else "No comparable indicator"))
        if left_out := left_out_of(section.section, results):
            facts.append(Fact("Not compared", f"{left_out}."))
    if section.section.target is not None:
        facts.append(Fact("Target", _target_in_words(section)))
    if section.cannot_judge_share is not None:
        facts.append(
            Fact(
                results.scorecard.scale.label_of(NonScore.CANNOT_JUDGE),
                f"{percentage(section.cannot_judge_share)} of the answers published here",
            )
        )
    return tuple(facts)


def _target_in_words(section: SectionScore) -> str:
    if section.section.target is None:
        raise ValueError(f"section {section.section.code} has no target")
    target = one_decimal(section.section.target)
    return target if section.gap is None else f"{target}; the score: {against_target(section.gap)}"


def indicators_table(caption: str, headed: Sequence[tuple[Cell, IndicatorScore]], results: RoundResults) -> Table:
    """A row for each indicator, with the cell that heads it. Once the board has agreed on anything, with its levels."""
    scale, minimum, agreed = results.scorecard.scale, results.facts.minimum_group, any_agreed(results)
    shown = non_scores_to_show(scale, [score for _, score in headed])
    rows = tuple(
        Row(header, (*row_cells(score, scale, minimum, shown), *((agreed_cell(score),) if agreed else ())))
        for header, score in headed
    )
    return Table(caption, indicator_columns(scale, shown, agreed=agreed), rows)


def _indicator_table(section: SectionScore, results: RoundResults) -> Table:
    headed = [(indicator_header(score), score) for score in section.indicators]
    return indicators_table(f"{section.section.title}: what members answered", headed, results)


def any_agreed(results: RoundResults) -> bool:
    """Whether the board has settled on a level for any indicator yet."""
    return any(score.agreed is not None for section in results.scorecard.sections for score in section.indicators)


def indicator_columns(scale: Scale, shown: Sequence[NonScoreChoice], *, agreed: bool) -> tuple[Column, ...]:
    """The columns of a table with a row for each indicator; `agreed` adds the level that the board settled on."""
    return (
        Column("Indicator", "text"),
        Column("Score", "score", numeric=True),
        Column("Median", "figure", numeric=True),
        Column("Spread", "spread"),
        *level_columns(scale),
        *(Column(choice.label, choice.code, numeric=True) for choice in shown),
        Column("Gave a level", "figure", numeric=True),
        *((Column("Agreed", "figure", numeric=True),) if agreed else ()),
    )
