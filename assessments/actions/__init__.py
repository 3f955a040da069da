"""What can be done to rounds and responses: every write of this app that touches more than one row.

Each action checks the lifecycle, runs in one transaction and leaves a line in the audit trail.
"""

from .comments import choose_comments
from .repeating import start_round_as_last_time
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
    reopen_round,
    start_round,
    variant_for,
)
from .saving import GivenAnswer, GivenReflection, Saved, save_answers
from .sharing import share_response, take_back_response

__all__ = [
    "GivenAnswer",
    "GivenReflection",
    "Saved",
    "add_members",
    "add_new_member",
    "cancel_round",
    "change_round",
    "choose_comments",
    "close_round",
    "move_closing_date",
    "open_round",
    "remove_member",
    "reopen_response",
    "reopen_round",
    "save_answers",
    "share_response",
    "start_round",
    "start_round_as_last_time",
    "submit_response",
    "take_back_response",
    "variant_for",
]
