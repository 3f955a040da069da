"""What changed in a framework and on a board, from plain lists."""

import datetime as dt

from assessments.changed_since import Asked, Left, NewRole, Replaced, Seated, compare_boards, compare_frameworks


def asked(code: str, text: str = "", supersedes: tuple[str, ...] = ()) -> Asked:
    return Asked(code, "Well led", text or f"Text of {code}", supersedes)


def test_the_same_framework_has_not_changed() -> None:
    same = [asked("A1"), asked("A2")]
    assert not compare_frameworks(same, same).any


def test_each_indicator_is_new_gone_replaced_or_reworded() -> None:
    before = [asked("A1"), asked("A2"), asked("A3"), asked("A4"), asked("A5"), asked("A6")]
    now = [
        asked("A1"),
        asked("A2", "A word is different"),
        asked("B1"),
        asked("B2", supersedes=("A3", "A4", "Z9")),
        asked("A6", "Quite another thing", supersedes=("A6",)),  # the code stays, the trend breaks all the same
        asked("B3", supersedes=("Z1",)),  # replaces what was not in scope
    ]
    changes = compare_frameworks(before, now)
    assert changes.added == (now[2], now[5])
    assert changes.removed == (before[4],)
    assert changes.replaced == (Replaced(now[3], (before[2], before[3])), Replaced(now[4], (before[5],)))
    assert changes.reworded == (now[1],)
    assert changes.any


def test_a_board_changes_by_those_who_left_and_those_in_another_role() -> None:
    members = {1: Seated("Ada", "Chair"), 2: Seated("Ben", "Executive director"), 3: Seated("Cy", "Chair")}
    today = {2: Seated("Ben", "Chief executive"), 3: Seated("Cy", "Chair"), 4: Seated("Di", "Chair")}
    changes = compare_boards(members, today, {1: dt.date(2026, 5, 1)})
    assert changes.staying == (Seated("Ben", "Chief executive"), Seated("Cy", "Chair"))
    assert changes.left == (Left("Ada", "Chair", dt.date(2026, 5, 1)),)
    assert changes.new_role == (NewRole("Ben", "Executive director", "Chief executive"),)
    assert not compare_boards(members, members, {}).any
