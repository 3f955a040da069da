"""What is withheld of small groups, case by case. What holds for every round is in test_disclosure_properties.py."""

from fractions import Fraction

import pytest

from assessments.disclosure import disclose
from assessments.scoring.types import Average, IndicatorScore, Scorecard, SectionScore, Withheld
from tests.unit.scoring.scoring_builders import CANNOT, NO_CHANCE, NOT_APPLICABLE, Cell, card, scale_of

FIVE = [1, 2, 3, 4, 5]


def shown(*cells: Cell, responses: int | None = None, agreed: dict[str, int] | None = None) -> IndicatorScore:
    result = card({"s": {"i": cells}}, responses=responses, agreed=agreed)
    return disclose(result, minimum_group=5).sections[0].indicators[0]


def level_figures(scored: IndicatorScore) -> list[object]:
    return [scored.mean, scored.median, scored.lowest, scored.highest, scored.distance, scored.agreement]


def test_from_the_minimum_group_up_the_whole_distribution_is_published() -> None:
    full = card({"s": {"i": [*FIVE, CANNOT]}})
    assert disclose(full, minimum_group=5) == full


@pytest.mark.parametrize("levels", [[], [3], [1, 1, 5, 5]])
def test_too_few_levels_takes_every_level_figure_and_leaves_the_other_answers(levels: list[Cell]) -> None:
    scored = shown(*levels, *[CANNOT] * 4, NO_CHANCE)
    assert scored.withheld is Withheld.TOO_FEW_LEVELS
    assert level_figures(scored) == [None] * 6
    assert scored.level_counts == ()
    assert (scored.answered, scored.n) == (len(levels) + 5, len(levels))
    assert scored.non_score_counts == ((CANNOT, 4), (NOT_APPLICABLE, 0), (NO_CHANCE, 1))
    assert scored.cannot_judge_share == Fraction(4, len(levels) + 5)


@pytest.mark.parametrize("cells", [[3, 3, 3, 3], [CANNOT] * 4, [1, CANNOT, NOT_APPLICABLE], [NOT_APPLICABLE]])
def test_too_few_answers_takes_everything_members_said(cells: list[Cell]) -> None:
    scored = shown(*cells, responses=9)
    assert scored.withheld is Withheld.TOO_FEW_ANSWERS
    assert level_figures(scored) == [None] * 6
    assert [scored.answered, scored.n, scored.cannot_judge_share] == [None] * 3
    assert (scored.level_counts, scored.non_score_counts) == ((), ())
    assert scored.applicable  # even "not applicable" would tell of one to four members


def test_nobody_answered_can_be_said_when_enough_members_responded() -> None:
    scored = shown(None, responses=5)
    assert (scored.answered, scored.n, scored.withheld) == (0, 0, Withheld.TOO_FEW_ANSWERS)
    assert shown(None, responses=4).answered is None


def test_nobody_answered_can_be_said_when_nobody_responded() -> None:
    scored = shown(responses=0)
    assert (scored.answered, scored.n, scored.withheld) == (0, 0, Withheld.TOO_FEW_ANSWERS)


def test_enough_members_can_find_an_indicator_not_applicable() -> None:
    scored = shown(*[NOT_APPLICABLE] * 5)
    assert not scored.applicable
    assert scored.answered == 5


def test_what_the_board_agreed_is_not_a_members_answer() -> None:
    result = disclose(card({"s": {"i": [2]}}, agreed={"i": 4}), minimum_group=5).sections[0]
    assert result.indicators[0].agreed == 4
    assert result.agreed == Average(Fraction(4), 1, 1, "Leading")
    assert result.level_held == 4


def board(tables: dict[str, dict[str, list[Cell]]], minimum_group: int = 5) -> Scorecard:
    return disclose(card(tables, targets={"s": Fraction(4)}), minimum_group=minimum_group)


def test_figures_built_on_a_withheld_one_are_built_without_it() -> None:
    whole = board({"s": {"a": [2] * 5, "b": [5] * 4 + [CANNOT]}, "t": {"c": [4] * 5}})
    first = whole.sections[0]
    assert first.members == Average(Fraction(2), 1, 2, "Developing")
    assert first.gap == 2
    assert first.level_held is None
    assert first.cannot_judge_share == Fraction(1, 10)
    assert first.withheld is None
    assert whole.members == Average(Fraction(3), 2, 2, "Established")


def test_shares_leave_out_answers_that_are_withheld() -> None:
    result = board({"s": {"a": [2] * 5, "b": [CANNOT] * 4}}).sections[0]
    assert result.cannot_judge_share == 0


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ({"a": [2] * 4, "b": [2] * 4}, Withheld.TOO_FEW_ANSWERS),
        ({"a": [2] * 4 + [CANNOT], "b": [2] * 4}, Withheld.TOO_FEW_LEVELS),
        ({"a": [2] * 5, "b": [2] * 4, "c": [CANNOT] * 5}, Withheld.TOO_FEW_LEVELS),
        ({"a": [NOT_APPLICABLE] * 5}, None),
        ({"a": [2] * 5, "b": [2] * 4}, None),
        ({}, None),
    ],
)
def test_a_section_says_why_it_has_no_score(table: dict[str, list[Cell]], reason: Withheld | None) -> None:
    assert board({"s": table}).sections[0].withheld is reason


def test_a_withheld_section_leaves_the_overall_score() -> None:
    whole = board({"s": {"a": [2] * 4}, "t": {"b": [4] * 5}})
    assert whole.sections[0].members == Average(None, 0, 1, "")
    assert whole.sections[0].gap is None
    assert whole.members == Average(Fraction(4), 1, 2, "Leading")


def test_the_minimum_group_is_the_rounds_own_from_three_up() -> None:
    assert board({"s": {"a": [2, 2, 2]}}, minimum_group=3).members.score == 2
    with pytest.raises(ValueError, match="3 or more, not 2"):
        board({"s": {"a": [2, 2, 2]}}, minimum_group=2)


SELF_SCALE = scale_of(1, 2, 3, non_scores=[NO_CHANCE])


def leadership(table: dict[str, list[Cell]], agreed: dict[str, int] | None = None) -> SectionScore:
    whole = card({"s": table}, scale=SELF_SCALE, targets={"s": Fraction(3)}, agreed=agreed)
    return disclose(whole, minimum_group=5, individual=True).sections[0]


def test_an_individual_framework_is_published_by_section_only() -> None:
    result = leadership({"a": [1, 2, 3, 1, 3], "b": [2, 2, 3, 1, 3]}, agreed={"a": 3})
    assert result.members == Average(Fraction(21, 10), 2, 2, "Established")
    assert result.gap == Fraction(9, 10)
    assert result.withheld is None
    assert (result.level_held, result.cannot_judge_share, result.agreed.score) == (None, None, None)
    for scored in result.indicators:
        assert scored.withheld is Withheld.INDIVIDUAL
        assert [*level_figures(scored), scored.answered, scored.n, scored.agreed, scored.cannot_judge_share] == [
            None
        ] * 10
        assert (scored.level_counts, scored.non_score_counts) == ((), ())


def test_figures_of_an_individual_section_are_built_on_the_rounded_score() -> None:
    result = leadership({"a": [1, 2, 3, 1, 3, 3]})  # 13/6
    assert result.members.score == Fraction(22, 10)
    assert result.gap == Fraction(8, 10)


def test_an_individual_section_without_a_target_has_no_gap() -> None:
    whole = disclose(card({"s": {"a": [1, 2, 3, 1, 3]}}, scale=SELF_SCALE), minimum_group=5, individual=True)
    assert whole.sections[0].members.score == 2
    assert whole.sections[0].gap is None


def test_an_individual_section_is_built_on_indicators_with_enough_levels() -> None:
    result = leadership({"a": [1, 2, 3, 1, 3], "b": [3, 3, 3, 3, NO_CHANCE]})
    assert result.members == Average(Fraction(2), 1, 2, "Established")


@pytest.mark.parametrize(
    "table",
    [
        {"a": [1, 2, 3, 1, None]},
        {"a": [1, 2, 3, 1, 3], "b": [1, 2, 3, 1, None], "c": [None] * 5},
        {"a": [3, 3, 3, 3, 3]},  # everyone's level would be known
        {"a": [3, 3, 3, 3, 1]},  # to the one who gave 1, everyone else's would be
        {"a": [1, 1, 1, 1, 1], "b": [1, 1, 3, 1, 3]},
    ],
)
def test_an_individual_section_is_withheld_without_telling_why(table: dict[str, list[Cell]]) -> None:
    result = leadership(table)
    assert result.members == Average(None, 0, len(table), "")
    assert result.gap is None
    assert result.withheld is Withheld.INDIVIDUAL


def test_overall_of_an_individual_framework_is_built_on_published_sections() -> None:
    whole = card({"s": {"a": [1, 2, 3, 1, 3]}, "t": {"b": [3] * 5}}, scale=SELF_SCALE)
    result = disclose(whole, minimum_group=5, individual=True)
    assert result.members == Average(Fraction(2), 1, 2, "Established")
