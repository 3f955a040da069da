"""Small rounds written as tables, and rounds drawn by hypothesis.

A cell is a level, a non-score, or None for no answer. A row is one indicator, a column one member.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from assessments.scoring.rules import score
from assessments.scoring.types import (
    GivenAnswer,
    IndicatorAsked,
    Level,
    NonScore,
    NonScoreChoice,
    Scale,
    Scorecard,
    SectionAsked,
)

CANNOT = NonScore.CANNOT_JUDGE
NOT_APPLICABLE = NonScore.NOT_APPLICABLE
NO_CHANCE = NonScore.NO_CHANCE

Cell = int | NonScore | None
Table = Mapping[str, Sequence[Cell]]


def scale_of(*values: int, non_scores: Sequence[NonScore] = tuple(NonScore)) -> Scale:
    levels = tuple(Level(value, f"Level {value}", "") for value in values)
    return Scale("Scale", levels, tuple(NonScoreChoice(code, code.value, "") for code in non_scores))


ONE_TO_FIVE = scale_of(1, 2, 3, 4, 5)
SCALES = (ONE_TO_FIVE, scale_of(1, 2, 3, 4), scale_of(1, 2, 3), scale_of(0, 1, 2, 3))


def section(code: str, *indicators: str, target: Fraction | None = None) -> SectionAsked:
    return SectionAsked(code, f"Section {code}", tuple(IndicatorAsked(i, f"Text {i}") for i in indicators), target)


def given(table: Table) -> list[GivenAnswer]:
    return [
        GivenAnswer(member, indicator, non_score=cell)
        if isinstance(cell, NonScore)
        else GivenAnswer(member, indicator, level=cell)
        for indicator, cells in table.items()
        for member, cell in enumerate(cells)
        if cell is not None
    ]


def card(
    sections: Mapping[str, Table],
    *,
    scale: Scale = ONE_TO_FIVE,
    agreed: Mapping[str, int] | None = None,
    targets: Mapping[str, Fraction] | None = None,
    responses: int | None = None,
    follows: Mapping[str, tuple[str, ...]] | None = None,
) -> Scorecard:
    """The undisclosed scorecard of a round given as {section: {indicator: cells}}."""
    plain = [section(code, *table, target=(targets or {}).get(code)) for code, table in sections.items()]
    asked = [replace(one, follows=(follows or {}).get(one.code, ())) for one in plain]
    answers = [answer for table in sections.values() for answer in given(table)]
    return score(asked, answers, scale, agreed=agreed, responses=responses)


@st.composite
def rounds(draw: st.DrawFn, scale: Scale, most_members: int = 8) -> dict[str, dict[str, list[Cell]]]:
    """One to three sections of one to three indicators, with the answers of up to `most_members` members."""
    members = draw(st.integers(0, most_members))
    levels = st.sampled_from([level.value for level in scale.levels])
    others = st.sampled_from([*(choice.code for choice in scale.non_scores), None])
    # Levels twice as often as the rest: otherwise hardly an indicator would reach the minimum group.
    cells = st.lists(st.one_of(levels, levels, others), min_size=members, max_size=members)
    lengths = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    return {f"s{s}": {f"s{s}i{i}": draw(cells) for i in range(length)} for s, length in enumerate(lengths)}
