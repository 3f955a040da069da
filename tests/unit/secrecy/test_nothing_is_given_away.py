"""Boards by the thousand: late joiners, changed answers, several closings; each member tries to work out the others."""

from collections.abc import Sequence
from random import Random

import pytest

from assessments.late_answers import Counted
from assessments.scoring.types import SectionAsked
from assessments.two_sides import SidesOfSection
from tests.unit.secrecy.attack import Attack, readers_of
from tests.unit.secrecy.boards import Board, by_the_rules, make_board, sides_by_the_rules

BOARDS, PARTS = 2000, 8


def given_away(board: Board) -> list[object]:
    """What any member, or a lead without answers, could work out."""
    return [(reader, *found) for reader in readers_of(board) for found in Attack(board, reader).found()]


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_given_away(part: int) -> None:
    renewed = compared = 0
    for number in range(part, BOARDS, PARTS):
        board = make_board(Random(number))
        assert given_away(board) == [], number
        renewed += board.shown[0] != board.shown[-1]
        compared += bool(board.sides and board.sides.based_on)
    assert renewed > 10, "late answers do enter"
    assert compared > 5, "the two sides are compared"


def always_the_last(code: str, publications: Sequence[Counted], minimum_group: int, section: SectionAsked) -> int:
    return len(publications) - 1


def sides_without_a_look(section: SectionAsked, publications: Sequence[Counted], minimum_group: int) -> SidesOfSection:
    """As by the rules, but published whatever it gives away."""
    from assessments import two_sides

    whole, two_sides.keeps_secrets = two_sides.keeps_secrets, lambda *asked: True  # type: ignore[assignment]
    try:
        return sides_by_the_rules(section, publications, minimum_group)
    finally:
        two_sides.keeps_secrets = whole


@pytest.mark.parametrize(
    ("shown", "sides"), [(always_the_last, sides_by_the_rules), (by_the_rules, sides_without_a_look)]
)
def test_without_either_rule_the_attack_succeeds(shown: object, sides: object) -> None:
    broken = sum(bool(given_away(make_board(Random(number), shown, sides))) for number in range(150))  # type: ignore[arg-type]
    assert broken > 3
