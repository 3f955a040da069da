"""What can be done to rounds and responses: every write of this app that touches more than one row.

Each action checks the lifecycle, runs in one transaction and leaves a line in the audit trail.
"""

from .notices import plan_reminders, remind, send_again
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
    "Saved",
    "add_members",
    "add_new_member",
    "cancel_round",
    "change_round",
    "close_round",
    "move_closing_date",
    "open_round",
    "plan_reminders",
    "remind",
    "remove_member",
    "reopen_response",
    "save_answers",
    "send_again",
    "share_response",
    "start_round",
    "submit_response",
    "take_back_response",
    "variant_for",
]
