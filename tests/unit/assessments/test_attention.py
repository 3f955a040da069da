"""What needs a lead today, from a table of standings; nothing here touches a database."""

import datetime as dt
from typing import Any

import pytest

from assessments import attention
from assessments.attention import Standing, Step, Urgency, matters, matters_of, next_step, time_left
from assessments.choices import RoundState

TODAY = dt.date(2026, 11, 25)
DRAFT, OPEN, CLOSED, SIGNED_OFF, CANCELLED = RoundState
NOW, SOON, WHEN_READY = Urgency


def standing(state: RoundState, *, days: int = 20, **changes: Any) -> Standing:
    """A round with nothing special about it, that closes in `days`."""
    usual: dict[str, Any] = {
        "round_id": 1,
        "name": "Digital Boards, November 2026",
        "state": state,
        "closing_on": TODAY + dt.timedelta(days=days),
        "is_published": True,
        "is_individual": False,
        "is_followed": False,
        "minimum_group": 5,
        "invited": 14,
        "submitted": 0,
        "left": 0,
        "joined": 0,
        "indicators": 13,
        "agreed": 0,
        "unfinished": 0,
        "overdue": 0,
    }
    return Standing(**usual | changes)


# state, what is special, what the lead is told: how urgent, in which words (a part of them), with which step
TABLE: list[tuple[RoundState, dict[str, Any], list[tuple[Urgency, str, Step]]]] = [
    (DRAFT, {}, [(SOON, "It is ready.", attention.OPEN)]),
    (DRAFT, {"invited": 0}, [(NOW, "Add at least one board member first.", attention.ADD_MEMBERS)]),
    (DRAFT, {"days": 0}, [(SOON, "It is ready.", attention.OPEN)]),
    (DRAFT, {"days": -1}, [(NOW, "The closing date has gone by. Choose a later one", attention.CHANGE)]),
    (DRAFT, {"is_published": False}, [(NOW, "no longer in use", attention.CANCEL)]),
    (DRAFT, {"is_published": False, "invited": 0}, [(NOW, "no longer in use", attention.CANCEL)]),
    (OPEN, {}, []),
    (OPEN, {"days": 8}, []),
    (OPEN, {"days": 7}, [(NOW, "0 of 14 have submitted: 7 days left. Figures", attention.SEE_WHO_IS_DUE)]),
    (OPEN, {"days": 0, "submitted": 4}, [(NOW, "last day today. Figures from", attention.SEE_WHO_IS_DUE)]),
    (OPEN, {"days": 1, "submitted": 5}, [(SOON, "5 of 14 have submitted: 1 day left.", attention.SEE_WHO_IS_DUE)]),
    (OPEN, {"days": 1, "submitted": 6}, [(SOON, "6 of 14", attention.SEE_WHO_IS_DUE)]),
    (OPEN, {"days": 1, "submitted": 7}, []),
    (OPEN, {"days": 1, "submitted": 14}, [(WHEN_READY, "All 14 members have submitted.", attention.CLOSE)]),
    (OPEN, {"days": -1}, [(NOW, "The closing date has gone by, and members can no", attention.CLOSE)]),
    (OPEN, {"days": -1, "submitted": 14, "left": 1}, [(NOW, "The closing date has gone by", attention.CLOSE)]),
    (OPEN, {"left": 1}, [(WHEN_READY, "1 member has left the board", attention.LOOK)]),
    (OPEN, {"left": 2}, [(WHEN_READY, "2 members have left the board", attention.LOOK)]),
    (OPEN, {"joined": 1}, [(WHEN_READY, "1 person has joined the board since, and is", attention.ADD_MEMBERS)]),
    (
        OPEN,
        {"joined": 3, "left": 1, "days": 2},
        [
            (NOW, "2 days left", attention.SEE_WHO_IS_DUE),
            (WHEN_READY, "1 member has left", attention.LOOK),
            (WHEN_READY, "3 people have joined the board since, and are", attention.ADD_MEMBERS),
        ],
    ),
    (CLOSED, {}, [(SOON, "agreed its position on 0 of 13 indicators", attention.AGREE)]),
    (CLOSED, {"agreed": 12}, [(SOON, "12 of 13", attention.AGREE)]),
    (CLOSED, {"agreed": 13}, [(WHEN_READY, "waits for sign-off", attention.SIGN_OFF)]),
    (CLOSED, {"is_followed": True}, [(WHEN_READY, "A later round of the same framework", attention.SIGN_OFF)]),
    (CLOSED, {"is_individual": True}, [(WHEN_READY, "waits for sign-off", attention.SIGN_OFF)]),
    (
        CLOSED,
        {"overdue": 2, "unfinished": 5},
        [(NOW, "2 of 5 unfinished actions", attention.SEE_ACTIONS), (SOON, "0 of 13", attention.AGREE)],
    ),
    (SIGNED_OFF, {}, []),
    (SIGNED_OFF, {"unfinished": 5}, []),
    (SIGNED_OFF, {"overdue": 1, "unfinished": 1}, [(NOW, "overdue", attention.SEE_ACTIONS)]),
    (CANCELLED, {"invited": 0, "days": -1}, []),
]


@pytest.mark.parametrize(("state", "special", "told"), TABLE)
def test_what_needs_the_lead(state: RoundState, special: dict[str, Any], told: list[tuple[Urgency, str, Step]]) -> None:
    found = matters_of(standing(state, **special), TODAY)
    assert [(matter.urgency, matter.step) for matter in found] == [(urgency, step) for urgency, _, step in told]
    for matter, (_, words, _) in zip(found, told, strict=True):
        assert words in matter.words


def test_the_most_urgent_comes_first_and_of_those_what_closes_first() -> None:
    rounds = [
        standing(CLOSED, round_id=1, days=-9),
        standing(OPEN, round_id=2, days=3),
        standing(OPEN, round_id=3, days=2),
        standing(OPEN, round_id=4, days=2, submitted=14),
    ]
    assert [matter.standing.round_id for matter in matters(rounds, TODAY)] == [3, 2, 1, 4]


@pytest.mark.parametrize(
    ("state", "special", "step"),
    [
        (DRAFT, {}, attention.OPEN),
        (OPEN, {}, attention.LOOK),
        (OPEN, {"days": -1}, attention.CLOSE),
        (CLOSED, {}, attention.AGREE),
        (SIGNED_OFF, {}, attention.REPEAT),
        (CANCELLED, {}, None),
    ],
)
def test_every_round_that_is_not_cancelled_has_a_next_step(
    state: RoundState, special: dict[str, Any], step: Step | None
) -> None:
    assert next_step(standing(state, **special), TODAY) == step


@pytest.mark.parametrize(
    ("days", "words"),
    [(-1, "closing date gone by"), (0, "last day today"), (1, "1 day left"), (12, "12 days left")],
)
def test_days_left_in_words(days: int, words: str) -> None:
    assert time_left(TODAY + dt.timedelta(days=days), TODAY) == words
