"""The order in which a board talks about its indicators: by table, and what holds for every round."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from assessments.disclosure import disclose
from assessments.scoring.types import Agreement, Scorecard
from assessments.worth_talking import ToDiscuss, Why, worth_talking_about
from tests.unit.scoring.scoring_builders import (
    CANNOT,
    NOT_APPLICABLE,
    ONE_TO_FIVE,
    SCALES,
    Cell,
    Table,
    card,
    rounds,
    scale_of,
)

Round = dict[str, dict[str, list[Cell]]]

DIVIDED = [1, 1, 1, 5, 5, 5]
MIXED = [2, 2, 3, 3, 4, 4]
ALIGNED = [3, 3, 3, 3, 3, 3]
NOT_JUDGED: list[Cell] = [3, 3, 3, CANNOT, CANNOT, CANNOT]
PARTLY_NOT_JUDGED: list[Cell] = [3, 3, 3, 3, 3, CANNOT, CANNOT, CANNOT]


def disclosed(table: Table, target: int | None = None) -> Scorecard:
    targets = {} if target is None else {"s": Fraction(target)}
    return disclose(card({"s": table}, targets=targets), minimum_group=5)


def codes(items: tuple[ToDiscuss, ...]) -> list[str]:
    return [item.score.indicator.code for item in items]


def words(items: tuple[ToDiscuss, ...], code: str) -> list[str]:
    return [reason.words for item in items for reason in item.reasons if item.score.indicator.code == code]


def test_divided_before_mixed_before_aligned() -> None:
    items = worth_talking_about(disclosed({"a": ALIGNED, "m": MIXED, "d": DIVIDED}))
    assert codes(items) == ["d", "m", "a"]
    assert words(items, "d") == ["Members are divided: 1 to 5"]
    assert words(items, "m") == ["Members' views are mixed: 2 to 4"]
    assert words(items, "a") == []


def test_levels_withheld_because_many_could_not_judge_stand_with_the_mixed() -> None:
    items = worth_talking_about(disclosed({"a": ALIGNED, "n": NOT_JUDGED, "p": PARTLY_NOT_JUDGED, "m": MIXED}))
    assert codes(items) == ["m", "n", "p", "a"]
    assert words(items, "n") == ["3 of 6 could not judge"]
    assert words(items, "p") == ["3 of 8 could not judge"]


def test_of_two_that_are_divided_the_one_with_more_reasons_comes_first() -> None:
    items = worth_talking_about(disclosed({"x": DIVIDED, "y": DIVIDED}), open_actions={"y": 2})
    assert codes(items) == ["y", "x"]
    assert words(items, "y")[1:] == ["2 actions from last time are not done"]


def test_of_two_with_as_many_reasons_the_wider_spread_comes_first_and_equals_stay() -> None:
    items = worth_talking_about(disclosed({"x": [1, 1, 2, 4, 4, 4], "y": DIVIDED, "z": DIVIDED}))
    assert codes(items) == ["y", "z", "x"]


@pytest.mark.parametrize(
    ("target", "said"),
    [(None, []), (2, []), (3, []), (4, ["1.0 below target"]), (5, ["2.0 below target"])],
)
def test_far_below_the_target(target: int | None, said: list[str]) -> None:
    assert words(worth_talking_about(disclosed({"a": ALIGNED}, target)), "a") == said


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (Fraction(3), []),
        (Fraction(26, 10), []),
        (Fraction(25, 10), ["0.5 higher than last round"]),
        (Fraction(254, 100), ["0.5 higher than last round"]),  # as printed: 0.46 is 0.5
        (Fraction(4), ["1.0 lower than last round"]),
    ],
)
def test_a_change_since_last_round(before: Fraction, said: list[str]) -> None:
    assert words(worth_talking_about(disclosed({"a": ALIGNED}), before={"a": before}), "a") == said


def test_one_action_is_one() -> None:
    items = worth_talking_about(disclosed({"a": ALIGNED}), open_actions={"a": 1, "elsewhere": 3})
    assert words(items, "a") == ["1 action from last time is not done"]


def test_what_counts_as_far_keeps_its_proportions() -> None:
    """On 1 to 3, half a level below the target is as far as a whole one on 1 to 5."""
    scale = scale_of(1, 2, 3)
    made = disclose(
        card({"s": {"a": [2, 2, 2, 3, 3, 3]}}, scale=scale, targets={"s": Fraction(3)}), minimum_group=5
    )  # fmt: skip
    assert Why.BELOW_TARGET in {reason.why for reason in worth_talking_about(made)[0].reasons}


def test_not_applicable_is_no_reason() -> None:
    assert words(worth_talking_about(disclosed({"a": [NOT_APPLICABLE] * 6})), "a") == []


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: f"{scale.lowest} to {scale.highest}")
@for_all(data=st.data(), minimum=st.integers(3, 6))
def test_every_indicator_once_and_never_a_calmer_one_first(scale, data: st.DataObject, minimum: int) -> None:
    made = disclose(card(data.draw(rounds(scale)), scale=scale), minimum_group=minimum)
    items = worth_talking_about(made)
    asked = [score.indicator.code for section in made.sections for score in section.indicators]
    assert sorted(codes(items)) == sorted(asked)
    shown = [item.score.agreement for item in items if item.score.agreement is not None]
    calm = [list(Agreement).index(agreement) for agreement in shown]
    assert all(first >= second for first, second in pairwise(calm))


@for_all(rounds(ONE_TO_FIVE), st.integers(3, 6), st.data())
def test_a_withheld_level_moves_nothing(tables: Round, minimum: int, data: st.DataObject) -> None:
    """Other levels where levels are withheld: the same order, for the same reasons."""
    other = {
        section: {code: _relevelled(row, minimum, data) for code, row in table.items()}
        for section, table in tables.items()
    }
    before = {code: Fraction(3) for table in tables.values() for code in table}
    targets = {section: Fraction(5) for section in tables}
    orders = [
        worth_talking_about(disclose(card(rows, targets=targets), minimum_group=minimum), before=before)
        for rows in (tables, other)
    ]
    assert orders[0] == orders[1]


def _relevelled(row: list[Cell], minimum: int, data: st.DataObject) -> list[Cell]:
    if sum(isinstance(cell, int) for cell in row) >= minimum:
        return row
    return [data.draw(st.integers(1, 5)) if isinstance(cell, int) else cell for cell in row]


@for_all(rounds(ONE_TO_FIVE))
def test_what_the_board_agreed_moves_nothing(tables: Round) -> None:
    made = disclose(card(tables), minimum_group=5)
    agreed = replace(
        made,
        sections=tuple(
            replace(section, indicators=tuple(replace(score, agreed=3) for score in section.indicators))
            for section in made.sections
        ),
    )
    assert codes(worth_talking_about(made)) == codes(worth_talking_about(agreed))
