"""Every move against every state, from one table."""

import pytest

from assessments.choices import RoundState
from assessments.lifecycle import ROUND_MOVES, NotNow, RoundMove, check, is_allowed

DRAFT, OPEN, CLOSED, CANCELLED = RoundState
ALLOWED = {
    RoundMove.CHANGE: {DRAFT},
    RoundMove.ADD_MEMBERS: {DRAFT, OPEN},
    RoundMove.OPEN: {DRAFT},
    RoundMove.ANSWER: {OPEN},
    RoundMove.MOVE_CLOSING_DATE: {DRAFT, OPEN},
    RoundMove.CLOSE: {OPEN},
    RoundMove.CANCEL: {DRAFT, OPEN},
    RoundMove.READ_RESULTS: {CLOSED},
}


@pytest.mark.parametrize("state", RoundState)
@pytest.mark.parametrize("move", RoundMove)
def test_each_move_starts_only_from_its_states(move: RoundMove, state: RoundState) -> None:
    assert is_allowed(move, state) == (state in ALLOWED[move])
    if state in ALLOWED[move]:
        check(move, state)
    else:
        with pytest.raises(NotNow, match=f"You cannot {move.value} this round: it is {state.label.lower()}"):
            check(move, state)


def test_a_round_never_comes_back_from_closed_or_cancelled() -> None:
    assert {rule.leads_to for rule in ROUND_MOVES.values()} == {None, OPEN, CLOSED, CANCELLED}
    assert all(CLOSED not in rule.starts for rule in ROUND_MOVES.values() if rule.leads_to)
