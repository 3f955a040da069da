"""What can be done to rounds and responses: every write of this app that touches more than one row.

Each action checks the lifecycle, runs in one transaction and leaves a line in the audit trail.
"""

from .positions import MediansChanged, PositionChanged, Settled, accept_medians, agree, withdraw_agreement
from .responses import reopen_response, submit_response
from .rounds import (
    add_members,
    add_new_member,
    cancel_round,
    change_round,
    close_round,
    move_closing_date,
    open_round,
    remove_member,
    start_round,
    variant_for,
)
from .saving import GivenAnswer, GivenReflection, Saved, save_answers
from .sharing import share_response, take_back_response

__all__ = [
    "GivenAnswer",
    "GivenReflection",
    "MediansChanged",
    "PositionChanged",
    "Saved",
    "Settled",
    "accept_medians",
    "add_members",
    "add_new_member",
    "agree",
    "cancel_round",
    "change_round",
    "close_round",
    "move_closing_date",
    "open_round",
    "remove_member",
    "reopen_response",
    "save_answers",
    "share_response",
    "start_round",
    "submit_response",
    "take_back_response",
    "variant_for",
    "withdraw_agreement",
]
