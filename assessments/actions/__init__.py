"""What can be done to rounds and responses: every write of this app that touches more than one row.

Each action checks the lifecycle, runs in one transaction and leaves a line in the audit trail.
"""

from .board_actions import ChangedMeanwhile, Planned, add_action, change_action
from .comments import choose_comments
from .notices import plan_reminders, remind, send_again
from .positions import MediansChanged, PositionChanged, Settled, accept_medians, agree, withdraw_agreement
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
from .sign_off import sign_off_round, take_back_sign_off

__all__ = [
    "ChangedMeanwhile",
    "GivenAnswer",
    "GivenReflection",
    "MediansChanged",
    "Planned",
    "PositionChanged",
    "Saved",
    "Settled",
    "accept_medians",
    "add_action",
    "add_members",
    "add_new_member",
    "agree",
    "cancel_round",
    "change_action",
    "change_round",
    "choose_comments",
    "close_round",
    "move_closing_date",
    "open_round",
    "plan_reminders",
    "remind",
    "remove_member",
    "reopen_response",
    "reopen_round",
    "save_answers",
    "send_again",
    "share_response",
    "sign_off_round",
    "start_round",
    "start_round_as_last_time",
    "submit_response",
    "take_back_response",
    "take_back_sign_off",
    "variant_for",
    "withdraw_agreement",
]
