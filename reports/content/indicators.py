"""Table cells for one indicator: what members answered, or why that is withheld."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from assessments.presenters.figures import indicator_withheld
from assessments.scoring.display import one_decimal, percentage
from assessments.scoring.types import IndicatorScore, NonScore, NonScoreChoice, Scale
from reports.content.document import Cell, Column

# A table is wide enough for this many levels in columns of their own; longer scales are put into words.
MAX_LEVEL_COLUMNS = 6


def has_levels(score: IndicatorScore) -> bool:
    """Whether the levels that members gave may be shown, and there are any."""
    return score.withheld is None and score.mean is not None


def indicator_header(score: IndicatorScore, section_title: str = "") -> Cell:
    """Heads a row: the code and the words that the member saw, and the section when rows come from several."""
    return Cell(score.indicator.text, mark=score.indicator.code, note=section_title)


def spread_cell(score: IndicatorScore) -> Cell:
    """As "2 to 4", and in a word how far members agree."""
    word = score.agreement.value if score.agreement else ""
    together = score.lowest == score.highest
    return Cell(f"all {score.lowest}" if together else f"{score.lowest} to {score.highest}", note=word)


def level_columns(scale: Scale) -> tuple[Column, ...]:
    """A column for each level of the scale, or one for all of them when the scale is long."""
    if len(scale.levels) > MAX_LEVEL_COLUMNS:
        return (Column("Members at each level", "words"),)
    return tuple(Column(f"Level {level.value}", "count", numeric=True) for level in scale.levels)


def level_cells(score: IndicatorScore) -> tuple[Cell, ...]:
    """How many members gave each level, shaded by their share: a small distribution strip made of table cells."""
    if len(score.level_counts) > MAX_LEVEL_COLUMNS:
        words = "; ".join(f"{members} at {level}" for level, members in score.level_counts if members)
        return (Cell(words),)
    total = sum(members for _, members in score.level_counts)
    return tuple(Cell(str(members), shade=_shade(members, total), numeric=True) for _, members in score.level_counts)


def non_scores_to_show(scale: Scale, scores: Iterable[IndicatorScore]) -> tuple[NonScoreChoice, ...]:
    """What needs a column beside the levels: "Cannot judge", and what else was chosen in an answer that is shown."""
    chosen = {code for score in scores for code, members in score.non_score_counts if members}
    return tuple(choice for choice in scale.non_scores if choice.code in chosen | {NonScore.CANNOT_JUDGE})


def non_score_cells(score: IndicatorScore, shown: Sequence[NonScoreChoice]) -> tuple[Cell, ...]:
    """How many members chose each of `shown`; "Cannot judge" with its share. Empty where that is withheld."""
    columns = {choice.code for choice in shown}
    return tuple(
        Cell(str(members), note=_cannot_judge_share(score) if code is NonScore.CANNOT_JUDGE else "", numeric=True)
        for code, members in score.non_score_counts
        if code in columns
    )


def score_cells(score: IndicatorScore) -> tuple[Cell, ...]:
    """Mean, median and spread of an indicator whose levels are shown."""
    if score.mean is None or score.median is None:
        raise ValueError(f"the levels of {score.indicator.code} are not shown")
    return (
        Cell(one_decimal(score.mean), numeric=True),
        Cell(one_decimal(score.median), numeric=True),
        spread_cell(score),
    )


def row_cells(
    score: IndicatorScore, scale: Scale, minimum_group: int, shown: Sequence[NonScoreChoice]
) -> tuple[Cell, ...]:
    """All cells after the header: score, median, spread, levels, the non-scores in `shown`, who gave a level."""
    levels = 3 + len(level_columns(scale))
    non_scores = non_score_cells(score, shown)
    if has_levels(score):
        return *score_cells(score), *level_cells(score), *non_scores, Cell(str(score.n), numeric=True)
    reason = indicator_withheld(score, minimum_group)
    if score.answered and non_scores:
        few = str(score.n) if score.n is not None else f"under {minimum_group}"
        return Cell(reason, span=levels), *non_scores, Cell(few, numeric=True)
    return (Cell(reason, span=levels + len(shown) + 1),)


def agreed_cell(score: IndicatorScore) -> Cell:
    """The level that the board settled on, or that it has not."""
    return Cell("none" if score.agreed is None else str(score.agreed), numeric=True)


def _cannot_judge_share(score: IndicatorScore) -> str:
    return "" if score.cannot_judge_share is None else percentage(score.cannot_judge_share)


def _shade(members: int, total: int) -> int:
    """0 for nobody, then a step darker for each quarter of those who gave a level."""
    if not members:
        return 0
    return min(4, 1 + int(Fraction(members, total) * 4))
