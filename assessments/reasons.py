"""Why something cannot be done now, in words: actions refuse with these, and pages show them beside the button."""

import datetime as dt

from assessments.choices import RoundState
from assessments.lifecycle import RoundMove, is_allowed
from assessments.models import Response, Round
from frameworks.models import FrameworkVersion

ROUND_CLOSED = "This round is closed. Your answers can no longer be changed."
ROUND_CANCELLED = "This round was cancelled. Your answers can no longer be changed, and the board gets no result."
ROUND_PAST_CLOSING = "This round closed at the end of {day:%-d %B %Y}. Your answers can no longer be changed."
LEFT_THE_BOARD = "You no longer hold a seat on this board. You can read your answers, but no longer change them."
ALREADY_SUBMITTED = "You have submitted your answers. Reopen them first if you want to change something."
UNDER_WAY = "A round of it is already under way here: close or cancel that one first."
VERSION_RETIRED = "This version of the framework is no longer in use. Cancel this round and start another."
NO_MEMBERS = "Add at least one board member first."
CLOSING_DATE_GONE = "The closing date has gone by. Choose a later one first."
NO_VERSION = "No version of the framework is in use any more."
SCOPE_GONE = "Nothing of what that round asked about is in the framework's newest version. Start a new round instead."
TOO_FEW = (
    "Only {submitted} submitted. Figures from fewer than {minimum} members are withheld, so the report would show "
    "no scores. Consider moving the closing date instead."
)
JUST_ENOUGH = (
    "With {submitted} submitted, every indicator that one of them could not judge is withheld. Consider moving the "
    "closing date instead."
)
RESULTS_LATER = (
    "Results appear once the round is closed. Until then nobody sees any, and you see only who has submitted."
)
NOTHING_TO_SHARE = "Answer at least one question before you share."
LEFT_BEFORE_SHARING = "You no longer hold a seat on this board, so its chair cannot be given your self-assessment here."
NO_CHAIR = (
    "Nobody holds the chair's seat on this board today, as far as the portal knows. Ask your board's digital lead."
)
NOT_THE_CHAIR = (
    "The chair of your board has changed since this page was made. Nothing is shared. Look at who it is now."
)
NOT_CLOSED = "Only a closed round can be opened again."
SIGNED_OFF_FIRST = "This round is signed off. Take back the sign-off first."
PRIVATE_STAYS_CLOSED = (
    "Members' assessments of themselves are published as averages only. A second average would show who has changed "
    "something, so this round stays closed."
)
A_LATER_ROUND = "A later round of the same framework has begun. Earlier ones stay as they are, so that both compare."
NOT_OPEN = "The round is not open, so there is nobody to remind."
NOBODY_DUE = "Nobody is still due, so there is nobody to remind."
NO_LONGER_DUE = "They have submitted, or can no longer answer, so there is nothing to remind them of."
REMINDED_TODAY = "A reminder has gone to them today already. Nobody gets more than one a day, whoever asks."
NOT_OVER = "Members can still answer until the end of the closing date."
NOTHING_TO_SEND_AGAIN = "There is no e-mail to send again."
NO_POSITIONS = "In this framework members assess themselves, so the board agrees no levels."
NO_MEDIANS = "There is no median that the board could accept."
NOTHING_ANSWERED = "Answer at least one question before you submit."


def why_not_open(round_: Round, now: dt.datetime | None = None) -> str:
    """Why a draft round cannot be opened; "" when it can (product rule §3)."""
    return what_a_draft_lacks(
        is_published=FrameworkVersion.objects.published().filter(pk=round_.version_id).exists(),
        has_members=round_.responses.exists(),
        is_past_closing=round_.is_past_closing(now),
    )


def what_a_draft_lacks(*, is_published: bool, has_members: bool, is_past_closing: bool) -> str:
    """As `why_not_open`, for a round of which this is known already."""
    if not is_published:
        return VERSION_RETIRED
    if not has_members:
        return NO_MEMBERS
    return CLOSING_DATE_GONE if is_past_closing else ""


def why_not_repeat(last: Round) -> str:
    """Why a finished round cannot be started again as it was; "" when it can."""
    framework = last.version.framework_id
    if last.organisation.rounds.running().filter(version__framework=framework).exists():
        return UNDER_WAY
    return "" if FrameworkVersion.objects.published().filter(framework=framework).exists() else NO_VERSION


def why_not_reopen(round_: Round) -> str:
    """Why a closed round cannot be opened again; "" when it can (product rule §3)."""
    if not is_allowed(RoundMove.REOPEN, round_.state):
        return SIGNED_OFF_FIRST if round_.is_signed_off else NOT_CLOSED
    if round_.version.framework.is_individual:
        return PRIVATE_STAYS_CLOSED
    same = {"version__framework": round_.version.framework, "started_at__gt": round_.started_at}
    later = Round.objects.filter(organisation=round_.organisation_id, **same).exclude(state=RoundState.CANCELLED)
    return A_LATER_ROUND if later.exists() else ""


def why_not_answer(round_: Round, now: dt.datetime | None = None, *, on_board: bool) -> str:
    """Why a member cannot answer; "" when they can. The closing date ends a round by itself (product rule §3).

    `on_board`: whether the member holds a seat there today.
    """
    if not is_allowed(RoundMove.ANSWER, round_.state):
        return ROUND_CANCELLED if round_.state == RoundState.CANCELLED else ROUND_CLOSED
    if round_.is_past_closing(now):
        return ROUND_PAST_CLOSING.format(day=round_.closing_on)
    return "" if on_board else LEFT_THE_BOARD


def why_not_save(response: Response, now: dt.datetime | None = None, *, on_board: bool) -> str:
    """As `why_not_answer`, and for whoever has submitted; "" when answers can be saved."""
    reason = why_not_answer(response.round, now, on_board=on_board)
    return reason or (ALREADY_SUBMITTED if response.is_submitted else "")


def why_wait(round_: Round, submitted: int) -> str:
    """A warning before a round is closed with few answers; "" when there are enough to show most figures."""
    if submitted < round_.minimum_group:
        return TOO_FEW.format(submitted=submitted, minimum=round_.minimum_group)
    return JUST_ENOUGH.format(submitted=submitted) if submitted == round_.minimum_group else ""


def why_not_agree(round_: Round) -> str:
    """Why nothing can be recorded of what the board agreed; "" when it can."""
    if is_allowed(RoundMove.AGREE, round_.state):
        return ""
    return f"Nothing can be recorded: the round is {RoundState(round_.state).label.lower()}."


def why_not_share(*, has_answers: bool, on_board: bool) -> str:
    """Why a member cannot share a self-assessment with the chair; "" when they can, in whatever state the round is."""
    if not on_board:
        return LEFT_BEFORE_SHARING
    return "" if has_answers else NOTHING_TO_SHARE
