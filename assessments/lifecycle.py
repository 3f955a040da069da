"""The life of a round and of a response: which moves there are, and from which state each starts.

One table and one function that asks it. The guard sits in the actions; pages ask the same function, so a button that is
offered always works.
"""

from dataclasses import dataclass
from enum import Enum

from assessments.choices import RoundState


class RoundMove(Enum):
    """What can be done to a round, in the words of a sentence: "you cannot … this round"."""

    CHANGE = "change"
    ADD_MEMBERS = "add members to"
    OPEN = "open"
    ANSWER = "answer"
    MOVE_CLOSING_DATE = "move the closing date of"
    CLOSE = "close"
    CANCEL = "cancel"
    READ_RESULTS = "read the results of"
    AGREE = "record what the board agreed in"
    CHOOSE_COMMENTS = "choose comments for the report of"
    WRITE_COVER = "change the cover of the report of"
    PLAN_ACTIONS = "plan actions from"
    REMIND = "remind the members of"
    REOPEN = "reopen"
    SIGN_OFF = "sign off"
    TAKE_BACK_SIGN_OFF = "take back the sign-off of"
    RELEASE = "release the figures of"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class Rule:
    """The states a move starts from, and the state it leads to (None: it stays)."""

    starts: frozenset[RoundState]
    leads_to: RoundState | None = None


def _from(*starts: RoundState, to: RoundState | None = None) -> Rule:
    return Rule(frozenset(starts), to)


ROUND_MOVES: dict[RoundMove, Rule] = {
    RoundMove.CHANGE: _from(RoundState.DRAFT),
    RoundMove.ADD_MEMBERS: _from(RoundState.DRAFT, RoundState.OPEN),
    RoundMove.OPEN: _from(RoundState.DRAFT, to=RoundState.OPEN),
    RoundMove.ANSWER: _from(RoundState.OPEN),
    RoundMove.MOVE_CLOSING_DATE: _from(RoundState.DRAFT, RoundState.OPEN),
    RoundMove.CLOSE: _from(RoundState.OPEN, to=RoundState.CLOSED),
    RoundMove.CANCEL: _from(RoundState.DRAFT, RoundState.OPEN, to=RoundState.CANCELLED),
    RoundMove.READ_RESULTS: _from(RoundState.CLOSED, RoundState.SIGNED_OFF),
    RoundMove.AGREE: _from(RoundState.CLOSED),
    RoundMove.CHOOSE_COMMENTS: _from(RoundState.CLOSED),
    RoundMove.WRITE_COVER: _from(RoundState.CLOSED),
    RoundMove.PLAN_ACTIONS: _from(RoundState.CLOSED, RoundState.SIGNED_OFF),
    RoundMove.REMIND: _from(RoundState.OPEN),
    RoundMove.REOPEN: _from(RoundState.CLOSED, to=RoundState.OPEN),
    RoundMove.SIGN_OFF: _from(RoundState.CLOSED, to=RoundState.SIGNED_OFF),
    RoundMove.TAKE_BACK_SIGN_OFF: _from(RoundState.SIGNED_OFF, to=RoundState.CLOSED),
    RoundMove.RELEASE: _from(RoundState.SIGNED_OFF),
    RoundMove.REPEAT: _from(RoundState.CLOSED, RoundState.SIGNED_OFF),
}


class NotNow(Exception):
    """The state of a round or response does not allow a move; the text says why, for a person to read."""


def is_allowed(move: RoundMove, state: str) -> bool:
    """Whether a round in `state` allows `move`."""
    return RoundState(state) in ROUND_MOVES[move].starts


def check(move: RoundMove, state: str) -> None:
    """Raise NotNow with the reason in words unless a round in `state` allows `move`."""
    if not is_allowed(move, state):
        raise NotNow(f"You cannot {move.value} this round: it is {RoundState(state).label.lower()}.")
