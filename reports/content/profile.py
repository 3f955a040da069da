"""All sections side by side: the profile chart, and the table that says the same in numbers."""

from fractions import Fraction

from assessments.presenters.figures import section_without_score
from assessments.queries.results import RoundResults
from assessments.scoring.display import nearest_tenth, one_decimal, score_in_words, signed
from assessments.scoring.types import Scale, SectionScore
from frameworks.comparators import Comparator
from reports.charts import ProfileChart, ProfileRow
from reports.content.basis import is_compared
from reports.content.document import Cell, Column, Profile, Row, Table
from reports.content.gap import has_targets
from reports.content.section_pages import change_of
from reports.content.wording import day, listed, sentence


def profile(results: RoundResults, comparator: Comparator | None = None) -> Profile:
    """The profile of the round over its sections; beside it, for orientation, what others scored."""
    others = comparator if comparator and _is_on(comparator, results.scorecard.scale) else None
    return Profile(
        heading=f"Profile by {results.facts.section_label}",
        chart=profile_chart(results, others),
        note=f"{_note(results)} {others.caveat}" if others else _note(results),
        table=_table(results, others),
    )


def _is_on(comparator: Comparator, scale: Scale) -> bool:
    """Figures on another scale say nothing beside ours."""
    return (comparator.lowest, comparator.highest) == (scale.lowest, scale.highest)


def profile_chart(results: RoundResults, others: Comparator | None = None) -> ProfileChart:
    """What the chart draws, with its message as title."""
    scale = results.scorecard.scale
    return ProfileChart(
        anchor="profile",
        title=_message(results),
        description=f"A bar for each {results.facts.section_label}, on the scale from {scale.lowest} to "
        f"{scale.highest}. The table that follows gives the same numbers.",
        ticks=tuple((level.value, level.label) for level in scale.levels),
        rows=tuple(_chart_row(section, results, others) for section in results.scorecard.sections),
        comparator=others.name if others else "",
    )


def strongest_and_weakest(results: RoundResults) -> tuple[str, str] | None:
    """The titles and score of the sections at either end, or None when there are not two different scores.

    Scores are told apart as they are printed: of two that read 3.0, neither is stronger to the reader.
    """
    averages = [(section.members.score, section.section.title) for section in results.scorecard.sections]
    scored = [(nearest_tenth(score), title) for score, title in averages if score is not None]
    scores = [score for score, _ in scored]
    if len(set(scores)) < 2:
        return None
    best, worst = max(scores), min(scores)
    ends = (listed([title for score, title in scored if score == end]) for end in (best, worst))
    return f"{next(ends)}: {one_decimal(best)}", f"{next(ends)}: {one_decimal(worst)}"


def _message(results: RoundResults) -> str:
    sections = results.scorecard.sections
    without = sum(section.members.score is None for section in sections)
    missing = f"; {without} of {len(sections)} without a score" if without else ""
    ends = strongest_and_weakest(results)
    label = results.facts.section_label
    if ends is None:
        return f"Scores by {label}{missing}"
    return f"Scores by {label}: strongest {ends[0]}; weakest {ends[1]}{missing}"


def _chart_row(section: SectionScore, results: RoundResults, others: Comparator | None) -> ProfileRow:
    change = change_of(section, results)
    return ProfileRow(
        label=section.section.title,
        score=section.members.score,
        score_text=score_in_words(section.members.score),
        before=change.before if change else None,
        target=section.section.target,
        comparator=others.figure(section.section.code) if others else None,
    )


def _note(results: RoundResults) -> str:
    if results.facts.subject_is_individual:
        return "Rounds are not compared: that would need scores of single indicators, which are not published."
    if results.previous is None:
        return "There is no earlier round to compare with."
    closed = f"The last round closed on {day(results.previous.closed_on)}."
    if not any(change_of(section, results) for section in results.scorecard.sections):
        return f"{closed} No {results.facts.section_label} can be compared with it."
    return (
        f"{closed} Its score and the change are over those indicators that can be compared; over how many, stands "
        "beside each change. So the change can differ from a subtraction of the scores shown."
    )


def _table(results: RoundResults, others: Comparator | None) -> Table:
    columns = [Column(sentence(results.facts.section_label), "text"), Column("Score", "band")]
    columns.append(Column("Based on", "base"))
    if not results.facts.subject_is_individual:
        columns.append(Column("Level held throughout", "band"))
    if is_compared(results):
        columns += [Column("Last round", "before"), Column("Change", "change")]
    if has_targets(results):
        columns.append(Column("Target", "before"))
    if others:
        columns.append(Column(others.name, "others"))
    rows = tuple(_table_row(section, results, others) for section in results.scorecard.sections)
    return Table(f"Scores by {results.facts.section_label}", tuple(columns), rows)


def _table_row(section: SectionScore, results: RoundResults, others: Comparator | None) -> Row:
    cells = [*_score_cells(section, results)]
    if not results.facts.subject_is_individual:
        cells.append(_held_cell(section, results))
    if is_compared(results):
        cells += _trend_cells(section, results)
    if has_targets(results):
        cells.append(_figure_cell(section.section.target, "none set"))
    if others:
        cells.append(_figure_cell(others.figure(section.section.code), "none"))
    return Row(Cell(section.section.title), tuple(cells))


def _figure_cell(figure: Fraction | None, without: str) -> Cell:
    return Cell(without if figure is None else one_decimal(figure))


def _score_cells(section: SectionScore, results: RoundResults) -> tuple[Cell, ...]:
    """The score and what it is based on, or across both columns why there is no score."""
    average = section.members
    if average.score is None:
        why = section_without_score(section, results.scorecard.responses, results.facts.minimum_group)
        return (Cell(why, span=2),)
    score = Cell(one_decimal(average.score), note=average.band)
    return score, Cell(f"{average.based_on} of {average.of}")


def _held_cell(section: SectionScore, results: RoundResults) -> Cell:
    if section.level_held is None:
        return Cell("cannot be stated")
    labels = {level.value: level.label for level in results.scorecard.scale.levels}
    return Cell(str(section.level_held), note=labels[section.level_held])


def _trend_cells(section: SectionScore, results: RoundResults) -> tuple[Cell, Cell]:
    change = change_of(section, results)
    if change is None or change.before is None or change.after is None:
        return Cell("not comparable"), Cell("not comparable")
    difference = signed(change.after - change.before)
    return Cell(one_decimal(change.before)), Cell(difference, note=f"over {change.comparable}")
