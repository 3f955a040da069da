"""Boards by the thousand: late joiners, changed answers, several closings; each member tries to work out the others."""

from collections.abc import Sequence
from random import Random

import pytest

from assessments.late_answers import Counted
from assessments.scoring.types import SectionAsked
from tests.unit.secrecy.attack import Attack, readers_of
from tests.unit.secrecy.boards import Board, make_board

BOARDS, PARTS = 2000, 8


def given_away(board: Board) -> list[object]:
    """What any member, or a lead without answers, could work out."""
    return [(reader, *found) for reader in readers_of(board) for found in Attack(board, reader).found()]


@pytest.mark.once
@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_given_away(part: int) -> None:
    renewed = 0
    for number in range(part, BOARDS, PARTS):
        board = make_board(Random(number))
        assert given_away(board) == [], number
        renewed += board.shown[0] != board.shown[-1]
    assert renewed > 10, "late answers do enter"


def test_the_two_sides_are_compared_in_some() -> None:
    assert sum(bool(board.sides and board.sides.based_on) for board in map(make_board, map(Random, range(400)))) > 3


def always_the_last(code: str, publications: Sequence[Counted], minimum_group: int, section: SectionAsked) -> int:
    return len(publications) - 1


def test_without_a_look_at_late_answers_the_attack_succeeds() -> None:
    assert sum(bool(given_away(make_board(Random(number), always_the_last))) for number in range(60)) > 3


def test_without_a_look_at_the_two_sides_the_attack_succeeds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessments.two_sides.keeps_secrets", lambda *asked: True)
    assert sum(bool(given_away(make_board(Random(number)))) for number in range(60)) > 3
