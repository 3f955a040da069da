"""The table of moves itself, and the page that is printed from it; what moves do: tests/integration/test_moves.py."""

import pytest
from django.conf import settings

from assessments.choices import RoundState
from assessments.lifecycle import ROUND_MOVES, NotNow, RoundMove, check, is_allowed
from assessments.presenters.lifecycle import lifecycle_page


@pytest.mark.parametrize("state", RoundState)
@pytest.mark.parametrize("move", RoundMove)
def test_each_move_starts_only_from_its_states(move: RoundMove, state: RoundState) -> None:
    assert is_allowed(move, state) == (state in ROUND_MOVES[move].starts)
    if state in ROUND_MOVES[move].starts:
        check(move, state)
    else:
        with pytest.raises(NotNow, match=f"You cannot {move.value} this round: it is {state.label.lower()}"):
            check(move, state)


def test_states_change_as_the_product_rule_says() -> None:
    """`draft → open → closed → signed off`, cancelled from draft or open, and back one step (product rule §3)."""
    arrows = {
        (start.value, rule.leads_to.value) for rule in ROUND_MOVES.values() if rule.leads_to for start in rule.starts
    }
    assert arrows == {
        ("draft", "open"),
        ("open", "closed"),
        ("closed", "signed_off"),
        ("draft", "cancelled"),
        ("open", "cancelled"),
        ("closed", "open"),
        ("signed_off", "closed"),
    }


def test_the_documentation_is_what_the_table_prints() -> None:
    """After a change: manage.py draw_lifecycle."""
    page = settings.BASE_DIR / "docs" / "LIFECYCLE.md"
    assert page.read_text(encoding="utf-8") == lifecycle_page()
