"""What answers come to: indicator, section, overall, level held, gap, and what score() refuses."""

from fractions import Fraction

import pytest

from assessments.scoring.rules import score
from assessments.scoring.types import (
    Agreement,
    Average,
    GivenAnswer,
    IndicatorScore,
    NonScore,
    Scale,
    Scorecard,
)
from tests.unit.scoring.scoring_builders import (
    CANNOT,
    NO_CHANCE,
    NOT_APPLICABLE,
    ONE_TO_FIVE,
    Cell,
    card,
    given,
    scale_of,
    section,
)


def scored(*cells: Cell, scale: Scale = ONE_TO_FIVE) -> IndicatorScore:
    return card({"s": {"i": cells}}, scale=scale).sections[0].indicators[0]


@pytest.mark.parametrize(
    ("cells", "mean", "median", "lowest", "highest", "distance"),
    [
        ([4], 4, 4, 4, 4, 0),
        ([1, 2], Fraction(3, 2), Fraction(3, 2), 1, 2, Fraction(1, 2)),
        ([1, 2, 5], Fraction(8, 3), 2, 1, 5, Fraction(4, 3)),
        ([5, 1, 4, 1], Fraction(11, 4), Fraction(5, 2), 1, 5, Fraction(7, 4)),
        ([3, 3, 3, CANNOT, NOT_APPLICABLE, NO_CHANCE, None], 3, 3, 3, 3, 0),
    ],
)
def test_indicator_figures(
    cells: list[Cell], mean: Fraction, median: Fraction, lowest: int, highest: int, distance: Fraction
) -> None:
    figures = scored(*cells)
    assert (figures.mean, figures.median) == (mean, median)
    assert (figures.lowest, figures.highest) == (lowest, highest)
    assert figures.distance == distance


def test_every_level_and_every_non_score_is_counted() -> None:
    figures = scored(3, 5, 3, CANNOT, NO_CHANCE, NO_CHANCE, None)
    assert figures.level_counts == ((1, 0), (2, 0), (3, 2), (4, 0), (5, 1))
    assert figures.non_score_counts == ((CANNOT, 1), (NOT_APPLICABLE, 0), (NO_CHANCE, 2))
    assert (figures.answered, figures.n) == (6, 3)


def test_a_level_of_zero_is_a_level() -> None:
    figures = scored(0, 0, 3, scale=scale_of(0, 1, 2, 3))
    assert (figures.n, figures.lowest) == (3, 0)
    assert (figures.mean, figures.median) == (Fraction(1), Fraction(0))


@pytest.mark.parametrize("cells", [[], [None, None], [CANNOT, CANNOT], [NO_CHANCE]])
def test_without_levels_there_is_no_score_and_never_a_zero(cells: list[Cell]) -> None:
    figures = scored(*cells)
    assert figures.n == 0
    assert [figures.mean, figures.median, figures.lowest, figures.highest, figures.distance, figures.agreement] == [
        None
    ] * 6


def test_cannot_judge_is_a_share_of_those_who_answered() -> None:
    assert scored(3, CANNOT, NO_CHANCE, NOT_APPLICABLE, None, None).cannot_judge_share == Fraction(1, 4)
    assert scored(NO_CHANCE, NO_CHANCE, 3).cannot_judge_share == 0
    assert scored(None).cannot_judge_share is None


def test_cannot_judge_has_no_share_where_it_is_not_offered() -> None:
    assert scored(1, 2, NO_CHANCE, scale=scale_of(1, 2, 3, non_scores=[NO_CHANCE])).cannot_judge_share is None


@pytest.mark.parametrize(
    ("cells", "applicable"),
    [
        ([NOT_APPLICABLE], False),
        ([NOT_APPLICABLE, CANNOT], False),
        ([NOT_APPLICABLE, CANNOT, CANNOT], True),
        ([NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE, 1], True),
        ([NOT_APPLICABLE, None, None], False),
        ([None, None], True),
        ([CANNOT, NO_CHANCE], True),
    ],
)
def test_not_applicable_needs_no_level_and_half_of_those_who_answered(cells: list[Cell], applicable: bool) -> None:
    assert scored(*cells).applicable is applicable


def test_agreement_of_an_indicator() -> None:
    assert scored(3, 3, 3, 4).agreement is Agreement.ALIGNED
    assert scored(3, 4).agreement is Agreement.MIXED
    assert scored(1, 3, 5).agreement is Agreement.DIVIDED


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ({"a": [2, 3], "b": [5]}, Average(Fraction(15, 4), 2, 2, "Established")),
        ({"a": [2], "b": [CANNOT]}, Average(Fraction(2), 1, 2, "Developing")),
        ({"a": [2], "b": [CANNOT], "c": [None]}, Average(None, 1, 3, "")),
        ({"a": [2], "b": [CANNOT], "c": [NOT_APPLICABLE]}, Average(Fraction(2), 1, 2, "Developing")),
        ({"a": [NOT_APPLICABLE]}, Average(None, 0, 0, "")),
        ({"a": [None]}, Average(None, 0, 1, "")),
    ],
)
def test_section_score_needs_half_of_its_applicable_indicators(table: dict[str, list[Cell]], expected: Average) -> None:
    assert card({"s": table}).sections[0].members == expected


def test_a_section_without_indicators_has_no_score() -> None:
    result = card({"s": {}})
    assert result.sections[0].members == result.members == Average(None, 0, 0, "")
    assert result.sections[0].level_held is None


def test_each_indicator_weighs_the_same_in_its_section() -> None:
    result = card({"s": {"many": [1, 1, 1, 1, 1], "one": [5]}})
    assert result.sections[0].members.score == 3


def test_agreed_view_stands_apart_from_the_members_view() -> None:
    result = card({"s": {"a": [1], "b": [1], "c": [1]}}, agreed={"a": 4, "b": 5}).sections[0]
    assert result.agreed == Average(Fraction(9, 2), 2, 3, "Leading")
    assert result.members == Average(Fraction(1), 3, 3, "Not yet in place")
    assert card({"s": {"a": [1], "b": [1], "c": [1]}}, agreed={"a": 4}).sections[0].agreed.score is None


def test_a_level_agreed_for_an_inapplicable_indicator_counts_in_the_agreed_view_only() -> None:
    result = card({"s": {"a": [NOT_APPLICABLE], "b": [2]}}, agreed={"a": 4})
    assert result.sections[0].agreed == Average(Fraction(4), 1, 2, "Leading")
    assert result.sections[0].members == Average(Fraction(2), 1, 1, "Developing")
    assert result.sections[0].level_held == 2


def test_overall_is_the_mean_of_sections_however_long() -> None:
    result = card({"long": {f"a{i}": [1] for i in range(9)}, "short": {"b": [4]}, "silent": {"c": [CANNOT]}})
    assert result.members == Average(Fraction(5, 2), 2, 3, "Developing")


@pytest.mark.parametrize(
    ("silent", "expected"),
    [
        (1, Average(Fraction(4), 1, 2, "Leading")),
        (2, Average(None, 1, 3, "")),
        (6, Average(None, 1, 7, "")),
    ],
)
def test_overall_score_needs_half_of_the_sections(silent: int, expected: Average) -> None:
    others: dict[str, dict[str, list[Cell]]] = {f"s{i}": {f"s{i}i": [CANNOT]} for i in range(silent)}
    assert card({"scored": {"a": [4]}, **others}).members == expected
    assert card({"scored": {"a": [CANNOT]}, **others}, agreed={"a": 4}).agreed == expected


def test_a_section_in_which_nothing_applies_leaves_the_whole() -> None:
    assert card({"a": {"x": [3]}, "b": {"y": [NOT_APPLICABLE]}}).members == Average(Fraction(3), 1, 1, "Established")


@pytest.mark.parametrize(
    ("table", "agreed", "held"),
    [
        ({"a": [4], "b": [3]}, {}, 3),
        ({"a": [4, 5], "b": [5]}, {}, 4),  # a median of 4.5 reaches 4
        ({"a": [1, 2]}, {}, 1),
        ({"a": [1], "b": [5]}, {"a": 4}, 4),  # what the board agreed goes before the median
        ({"a": [5], "b": [5]}, {"a": 2}, 2),
        ({"a": [4], "b": [CANNOT]}, {}, None),
        ({"a": [4], "b": [CANNOT]}, {"b": 3}, 3),
        ({"a": [4], "b": [NOT_APPLICABLE]}, {}, 4),
        ({"a": [NOT_APPLICABLE]}, {}, None),
    ],
)
def test_level_held_throughout(table: dict[str, list[Cell]], agreed: dict[str, int], held: int | None) -> None:
    assert card({"s": table}, agreed=agreed).sections[0].level_held == held


def test_level_held_is_a_level_of_the_scale() -> None:
    assert card({"s": {"a": [1, 5]}}, scale=scale_of(1, 2, 5)).sections[0].level_held == 2


@pytest.mark.parametrize(
    ("target", "gap"), [(Fraction(4), Fraction(3, 2)), (Fraction(2), Fraction(-1, 2)), (None, None)]
)
def test_gap_is_target_less_score(target: Fraction | None, gap: Fraction | None) -> None:
    targets = {} if target is None else {"s": target}
    assert card({"s": {"a": [2, 3]}}, targets=targets).sections[0].gap == gap


def test_without_a_score_there_is_no_gap() -> None:
    assert card({"s": {"a": [CANNOT]}}, targets={"s": Fraction(4)}).sections[0].gap is None


def test_section_share_of_cannot_judge_is_over_all_its_answers() -> None:
    result = card({"s": {"a": [CANNOT, 3, 3], "b": [CANNOT, None, None], "c": [None, None, None]}})
    assert result.sections[0].cannot_judge_share == Fraction(1, 2)


def test_responses_are_the_members_unless_said_otherwise() -> None:
    assert card({"s": {"a": [1, 2, None], "b": [None, 2, 3]}}).responses == 3
    assert card({"s": {"a": [1]}}, responses=7).responses == 7
    assert card({"s": {"a": []}}).responses == 0


def one_section(answers: list[GivenAnswer], scale: Scale = ONE_TO_FIVE, **more: object) -> Scorecard:
    return score([section("s", "a")], answers, scale, **more)  # type: ignore[arg-type]  # keywords under test


@pytest.mark.parametrize(
    ("answers", "more", "message"),
    [
        ([GivenAnswer(1, "b", 3)], {}, "not in scope: b"),
        ([GivenAnswer(1, "a", 6)], {}, "not a level of the scale: 6"),
        ([GivenAnswer(1, "a", 0)], {}, "not a level of the scale: 0"),
        ([GivenAnswer(1, "a", non_score=NO_CHANCE)], {"scale": scale_of(1, 2, non_scores=[CANNOT])}, "not offered"),
        ([GivenAnswer("Ann", "a", 3), GivenAnswer("Ann", "a", 4)], {}, "answered twice by one member: a"),
        ([GivenAnswer(1, "a", 3), GivenAnswer(1, "a", non_score=CANNOT)], {}, "answered twice by one member: a"),
        ([], {"agreed": {"b": 3}}, "agreed but not in scope: b"),
        ([], {"agreed": {"a": 9}}, "agreed but not a level of the scale: 9"),
        ([GivenAnswer(1, "a", 3), GivenAnswer(2, "a", 3)], {"responses": 1}, "1 responses cannot hold"),
    ],
)
def test_what_would_bend_a_figure_is_refused(answers: list[GivenAnswer], more: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message) as refusal:
        one_section(answers, **more)  # type: ignore[arg-type]  # keywords under test
    assert "Ann" not in str(refusal.value)


def test_an_indicator_asked_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="asked twice: a"):
        score([section("s", "a"), section("t", "a")], given({"a": [3]}), ONE_TO_FIVE)


@pytest.mark.parametrize(("level", "non_score"), [(None, None), (3, CANNOT)])
def test_an_answer_is_a_level_or_a_non_score(level: int | None, non_score: NonScore | None) -> None:
    with pytest.raises(ValueError, match="exactly one"):
        GivenAnswer(1, "a", level, non_score)
