"""Somebody who knows the rules, and all that is published closing by closing, tells no level in any world of these."""

from collections import Counter
from collections.abc import Sequence
from itertools import product
from random import Random

import pytest

from assessments.late_answers import first_answers
from assessments.scoring.types import NonScore
from assessments.two_sides import comparison_of
from tests.unit.secrecy.every_world import (
    MINIMUM_GROUP,
    Kind,
    SmallBoard,
    Told,
    World,
    given_away,
    same_at_first,
    section_of,
)

pytestmark = pytest.mark.once
EXECUTIVES, OTHERS = "executive", "non_executive"
CHANGE = (1,)  # before the second closing


def with_late(kept: int, changing: int, added: int, levels: int = 3, *others: NonScore) -> SmallBoard:
    kinds = (Kind(kept), Kind(changing, late=CHANGE), Kind(added, since=1))
    return SmallBoard(tuple(kind for kind in kinds if kind.size), 2, levels, others)


CJ = NonScore.CANNOT_JUDGE
LATE = {
    "three who may change": with_late(0, 3, 0, 3, CJ),
    "and one who does not": with_late(1, 3, 0, 3, CJ),
    "and three": with_late(3, 3, 0),
    "four levels": with_late(1, 3, 0, 4),
    "two levels": with_late(3, 3, 1, 2),
    "three who join": with_late(4, 0, 3, 3, CJ),
    "three who join and one who may change": with_late(2, 1, 3, 3, CJ),
    "one who joins and three who may change": with_late(1, 3, 1),
    "three who join fewer than the minimum group": with_late(2, 0, 3, 3, CJ),
    "two and two, who wait": with_late(3, 2, 2, 3),
    "two who join at each of two reopenings": SmallBoard((Kind(2), Kind(2, since=1), Kind(2, since=2)), 3),
    "changes at each of two reopenings": SmallBoard((Kind(2), Kind(2, late=CHANGE), Kind(2, late=(2,))), 3, 2, ()),
    "the same changing twice": SmallBoard((Kind(1), Kind(3, late=(1, 2))), 3, 2, ()),
    "who joined changes": SmallBoard((Kind(2), Kind(2, since=1), Kind(1, since=1, late=(2,))), 3, 2, (CJ,)),
}
SIDES = {  # by how many indicators the section has
    "four and four": (2, SmallBoard((Kind(4, group=EXECUTIVES), Kind(4, group=OTHERS)), 1, 3, ())),
    "five and five, of whom some cannot judge": (
        2,
        SmallBoard((Kind(5, group=EXECUTIVES), Kind(5, group=OTHERS)), 1, 3, (CJ,)),
    ),
    "an attendee": (2, SmallBoard((Kind(4, group=EXECUTIVES), Kind(4, group=OTHERS), Kind(1)), 1, 3, (CJ,))),
    "four levels": (2, SmallBoard((Kind(5, group=EXECUTIVES), Kind(4, group=OTHERS)), 1, 4, ())),
    "three indicators": (3, SmallBoard((Kind(4, group=EXECUTIVES), Kind(4, group=OTHERS)), 1, 3, ())),
}
ENOUGH, AT_MOST = 3, 500  # sections that are compared, of each board; worlds of each that look alike at first


def told_of_late_answers(board: SmallBoard) -> tuple[list[Told], Counter[str]]:
    return given_away(board, ((world,) for world in board.worlds()))


@pytest.mark.parametrize("name", LATE)
def test_no_level_can_be_told_after_a_reopening(name: str) -> None:
    told, happened = told_of_late_answers(LATE[name])
    assert told == []
    assert bool(happened["made anew"]) is (name != "two and two, who wait")


def is_compared(board: SmallBoard, worlds: Sequence[World]) -> bool:
    answers = first_answers(map(str, range(len(worlds))), board.publications(worlds))
    return comparison_of(section_of(worlds), answers, MINIMUM_GROUP).is_made


def told_of_sides(board: SmallBoard, indicators: int, seed: int = 1) -> tuple[list[Told], Counter[str]]:
    """Of some sections, chance decides which, in every world that looks like them at first."""
    chance, alike = Random(seed), same_at_first(board)
    told, happened = list[Told](), Counter[str]()
    while happened["sections"] < ENOUGH:
        each = [chance.choice(alike) for _ in range(indicators)]
        size = 1
        for worlds in each:
            size *= len(worlds)
        if size <= AT_MOST and is_compared(board, [worlds[0] for worlds in each]):
            found, counts = given_away(board, product(*each))
            told += found
            happened += counts + Counter(sections=1)
    return told, happened


@pytest.mark.parametrize("name", SIDES)
def test_no_level_can_be_told_from_the_sides(name: str) -> None:
    indicators, board = SIDES[name]
    told, happened = told_of_sides(board, indicators)
    assert told == []
    assert happened["compared"] == happened["worlds"]


WITHOUT = {  # what is switched off → where, what it is replaced by, and a board of which a level can be told then
    "the look at the two distributions": ("keeps_secrets", lambda *asked: True, "and one who does not"),
    "figures that stay for no reason": ("_stays_anyway", lambda *asked: False, "two levels"),
}


@pytest.mark.parametrize("rule", WITHOUT)
def test_without_a_rule_levels_can_be_told(monkeypatch: pytest.MonkeyPatch, rule: str) -> None:
    name, instead, board = WITHOUT[rule]
    monkeypatch.setattr(f"assessments.late_answers.{name}", instead)
    assert told_of_late_answers(LATE[board])[0]


def test_nor_may_it_be_looked_at_whose_answers_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that publishes whenever those who kept their answer differ: that it did or did not tells of them."""
    differ = lambda answers, minimum: len({one.now for one in answers if not one.is_late}) > 1  # noqa: E731
    monkeypatch.setattr("assessments.late_answers.keeps_secrets", differ)
    assert told_of_late_answers(LATE["and three"])[0]


def test_without_a_look_at_what_is_attainable_the_sides_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessments.two_sides.Comparison.reaches_both_ways", lambda comparison: True)
    assert told_of_sides(SIDES["four and four"][1], 2)[0]
