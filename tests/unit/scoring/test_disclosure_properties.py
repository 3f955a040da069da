"""What disclosure promises of every round: nothing of a small group survives, and nothing published depends on it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from assessments.disclosure import disclose
from assessments.scoring.types import IndicatorScore, Scorecard
from tests.unit.scoring.scoring_builders import NO_CHANCE, ONE_TO_FIVE, Cell, card, rounds, scale_of

Round = dict[str, dict[str, list[Cell]]]
LEVEL_FIGURES = ("level_counts", "mean", "median", "lowest", "highest", "distance", "agreement")
MEMBER_FIGURES = (*LEVEL_FIGURES, "answered", "n", "non_score_counts", "cannot_judge_share")

a_round = rounds(ONE_TO_FIVE)
a_minimum = st.integers(3, 6)


def parts_of(value: object) -> Iterator[object]:
    """The value and everything in it, through dataclasses and tuples to any depth."""
    yield value
    if is_dataclass(value):
        for field in fields(value):
            yield from parts_of(getattr(value, field.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from parts_of(part)


def indicators_in(result: Scorecard) -> list[IndicatorScore]:
    return [part for part in parts_of(result) if isinstance(part, IndicatorScore)]


def figures(scored: IndicatorScore, names: Sequence[str]) -> set[object]:
    return {getattr(scored, name) for name in names} - {None, ()}


def levels_in(cells: Sequence[Cell]) -> int:
    return sum(isinstance(cell, int) for cell in cells)


@for_all(a_round, a_minimum)
def test_no_figure_of_a_small_group_survives(tables: Round, minimum: int) -> None:
    result = disclose(card(tables), minimum_group=minimum)
    cells = {code: row for table in tables.values() for code, row in table.items()}
    for scored in indicators_in(result):
        row = cells[scored.indicator.code]
        answered = len(row) - row.count(None)
        if levels_in(row) < minimum:
            assert figures(scored, LEVEL_FIGURES) == set()
            assert scored.withheld
        if 0 < answered < minimum:
            assert figures(scored, MEMBER_FIGURES) == set()
            assert scored.applicable


@for_all(a_round, a_minimum)
def test_what_is_large_enough_is_published_untouched(tables: Round, minimum: int) -> None:
    full = card(tables)
    pairs = zip(indicators_in(full), indicators_in(disclose(full, minimum_group=minimum)), strict=True)
    assert all(kept == scored for scored, kept in pairs if (scored.n or 0) >= minimum)


@for_all(a_round, a_minimum)
def test_no_indicator_of_an_individual_framework_has_a_figure(tables: Round, minimum: int) -> None:
    result = disclose(card(tables), minimum_group=minimum, individual=True)
    for scored in indicators_in(result):
        assert figures(scored, (*MEMBER_FIGURES, "agreed")) == set()
    for part, table in zip(result.sections, tables.values(), strict=True):
        large = sum(levels_in(row) >= minimum for row in table.values())
        assert part.members.score is None or (part.members.based_on == large and 2 * large >= len(table))


@for_all(a_round, a_minimum, st.booleans(), st.data())
def test_nothing_published_depends_on_a_withheld_level(
    tables: Round, minimum: int, individual: bool, data: st.DataObject
) -> None:
    """The rule of no subtraction: other levels in a withheld indicator, and the disclosed scorecard is the same."""
    level = st.integers(1, 5)
    others = {
        code: {
            indicator: [
                data.draw(level) if isinstance(cell, int) and levels_in(row) < minimum else cell for cell in row
            ]
            for indicator, row in table.items()
        }
        for code, table in tables.items()
    }
    one, other = (disclose(card(t), minimum_group=minimum, individual=individual) for t in (tables, others))
    assert one == other


@for_all(a_round, a_minimum, st.data())
def test_nothing_published_depends_on_answers_that_are_withheld(
    tables: Round, minimum: int, data: st.DataObject
) -> None:
    """Where too few answered at all, it does not show either whether they gave levels, or how many of them did."""
    anything = st.one_of(st.integers(1, 5), st.sampled_from([choice.code for choice in ONE_TO_FIVE.non_scores]))
    others = {
        code: {
            indicator: row
            if len(row) - row.count(None) >= minimum
            else [None if cell is None else data.draw(anything) for cell in row]
            for indicator, row in table.items()
        }
        for code, table in tables.items()
    }
    one, other = (disclose(card(t), minimum_group=minimum) for t in (tables, others))
    assert one == other


@for_all(a_round, a_minimum)
def test_disclosing_twice_is_disclosing_once(tables: Round, minimum: int) -> None:
    once = disclose(card(tables), minimum_group=minimum)
    assert disclose(once, minimum_group=minimum) == once


@pytest.mark.parametrize(
    ("members", "indicators", "answers"),
    [
        (4, 2, [1, 2, 3, NO_CHANCE]),
        (4, 2, [1, 2, NO_CHANCE]),
        (3, 3, [1, 2, None]),
        (6, 1, [1, 2, 3, 4, 5, NO_CHANCE]),
        (3, 1, [0, 1, 2, 3, NO_CHANCE]),
    ],
)
def test_no_reader_of_an_individual_framework_can_tell_another_members_answer(
    members: int, indicators: int, answers: list[Cell]
) -> None:
    """Every possible round of a small board: whoever reads the result, knowing their own answers, is left with more
    than one possible answer of every other member to every indicator (product rule §5).

    The others are interchangeable, so what any of them may have answered is whatever some of them may have.
    """
    scale = scale_of(*[cell for cell in answers if isinstance(cell, int)], non_scores=[NO_CHANCE])
    other_members = list(combinations_with_replacement(answers, members - 1))
    possible: defaultdict[tuple[Scorecard, tuple[Cell, ...]], list[set[Cell]]] = defaultdict(
        lambda: [set() for _ in range(indicators)]
    )
    for own in product(answers, repeat=indicators):
        for others in product(other_members, repeat=indicators):
            table = {f"i{i}": (own[i], *others[i]) for i in range(indicators)}
            full = card({"s": table}, scale=scale, responses=members)
            result = disclose(full, minimum_group=3, individual=True)
            for seen, cells in zip(possible[result, own], others, strict=True):
                seen.update(cells)
    assert any(result.members.score is not None for result, _ in possible)
    assert all(len(seen) > 1 for world in possible.values() for seen in world)
