"""Boards by the thousand: late joiners, changed answers, several closings; each member tries to work out the others."""

from random import Random

import pytest

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


def test_sides_are_compared_and_late_answers_enter_beside() -> None:
    boards = [make_board(Random(number)) for number in range(400)]
    compared = [board for board in boards if board.sides and board.sides.based_on]
    assert len(compared) > 3
    assert any(board.shown[0] != board.shown[-1] for board in compared)


def test_without_a_look_at_late_answers_the_attack_succeeds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessments.late_answers.keeps_secrets", lambda *asked: True)
    assert any(given_away(make_board(Random(number))) for number in range(200))


def test_without_a_look_at_the_two_sides_the_attack_succeeds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessments.two_sides.Comparison.reaches_both_ways", lambda comparison: True)
    assert any(given_away(make_board(Random(number))) for number in range(200))
