"""What a digital lead can do with a round now, in the order of the page; and what not yet, with the reason."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.attention import REPAIRS
from assessments.choices import RoundState
from assessments.lifecycle import NotNow, RoundMove, check, is_allowed
from assessments.models import Round
from assessments.queries.rounds import Overview, Progress
from assessments.reasons import RESULTS_LATER

DRAFT, OPEN, CLOSED, SIGNED_OFF = RoundState.DRAFT, RoundState.OPEN, RoundState.CLOSED, RoundState.SIGNED_OFF


@dataclass(frozen=True, slots=True)
class Offer:
    """A move as the page offers it: a button or a link to `page` (a URL name, which takes the round's key)."""

    move: RoundMove
    words: str
    page: str
    states: tuple[RoundState, ...]  # in which it is shown; where the move does not start there, with the reason
    is_link: bool = False
    is_post: bool = False
    for_boards_only: bool = False  # not for frameworks in which members score themselves


# The page of another move is one more line here.
OFFERS = (
    Offer(RoundMove.OPEN, "Open the round", "assessments:open", (DRAFT,), is_post=True),
    Offer(RoundMove.CLOSE, "Close the round", "assessments:close", (OPEN,)),
    Offer(RoundMove.READ_RESULTS, "Read the results", "reports:results", (OPEN, CLOSED, SIGNED_OFF)),
    Offer(
        RoundMove.READ_RESULTS, "Read members' comments and choose for the report", "assessments:comments",
        (CLOSED, SIGNED_OFF), for_boards_only=True,
    ),
    Offer(
        RoundMove.READ_RESULTS, "Discuss the results and record what is agreed", "assessments:discussion",
        (CLOSED, SIGNED_OFF), for_boards_only=True,
    ),
    Offer(RoundMove.PLAN_ACTIONS, "Actions of this round", "assessments:round_actions", (CLOSED, SIGNED_OFF)),
    Offer(RoundMove.READ_RESULTS, "The board report", "reports:board_report", (CLOSED, SIGNED_OFF)),
    Offer(RoundMove.SIGN_OFF, "Sign off the round", "reports:sign_off", (CLOSED,)),
    Offer(
        RoundMove.READ_RESULTS, "Trust and ICS side by side", "reports:side_by_side", (CLOSED, SIGNED_OFF),
        is_link=True, for_boards_only=True,
    ),
    Offer(RoundMove.REPEAT, "Start again as last time", "assessments:as_last_time", (CLOSED, SIGNED_OFF)),
    Offer(RoundMove.CHANGE, "Change scope and terms", "assessments:change_round", (DRAFT,), is_link=True),
    Offer(RoundMove.ADD_MEMBERS, "Add members", "assessments:members", (DRAFT, OPEN), is_link=True),
    Offer(RoundMove.REMIND, "Who is invited, and reminders", "assessments:chase", (OPEN,), is_link=True),
    Offer(
        RoundMove.MOVE_CLOSING_DATE, "Move the closing date", "assessments:closing_date", (OPEN,), is_link=True
    ),
    Offer(
        RoundMove.TAKE_BACK_SIGN_OFF, "Take back the sign-off", "reports:take_back_sign_off", (SIGNED_OFF,),
        is_link=True,
    ),
    Offer(RoundMove.REOPEN, "Open the round again", "assessments:reopen_round", (CLOSED,), is_link=True),
    Offer(RoundMove.CANCEL, "Cancel this round", "assessments:cancel", (DRAFT, OPEN), is_link=True),
)  # fmt: skip
NOT_YET = {(RoundMove.READ_RESULTS, OPEN): RESULTS_LATER}


@dataclass(frozen=True, slots=True)
class RoundStep:
    """`why_not` is "" for what can be done now; `is_main` is the one that most likely comes next."""

    words: str
    page: str
    why_not: str
    is_main: bool
    is_post: bool


@dataclass(frozen=True, slots=True)
class RoundSteps:
    buttons: tuple[RoundStep, ...]
    links: tuple[RoundStep, ...]


def steps_of(round_: Round, overview: Overview, progress: Progress) -> RoundSteps:
    """What the page of a round offers in the round's state."""
    state = RoundState(round_.state)
    main = _main_page(state, overview, progress)
    reasons = {RoundMove.OPEN: overview.why_not_open, RoundMove.REPEAT: overview.why_not_repeat}
    offers = [
        offer for offer in OFFERS if state in offer.states and not (offer.for_boards_only and overview.is_individual)
    ]
    steps = {offer: _step(offer, state, reasons, is_main=offer.page == main) for offer in offers}
    return RoundSteps(
        buttons=tuple(steps[offer] for offer in offers if offer.page == main or not offer.is_link),
        links=tuple(steps[offer] for offer in offers if offer.page != main and offer.is_link),
    )


def _main_page(state: RoundState, overview: Overview, progress: Progress) -> str:
    """The page of what most likely comes next; "" while there is nothing to do but wait."""
    if state == DRAFT:
        repair = REPAIRS.get(overview.why_not_open)
        return repair.page if repair else "assessments:open"
    if state == OPEN:
        is_over = overview.is_past_closing or progress.submitted == progress.invited
        return "assessments:close" if is_over else ""
    return "reports:results"


def _step(offer: Offer, state: RoundState, reasons: Mapping[RoundMove, str], *, is_main: bool) -> RoundStep:
    why_not = reasons.get(offer.move, "") if is_allowed(offer.move, state) else _why_not_now(offer.move, state)
    return RoundStep(offer.words, offer.page, why_not, is_main, offer.is_post)


def _why_not_now(move: RoundMove, state: RoundState) -> str:
    try:
        check(move, state)
    except NotNow as reason:
        return NOT_YET.get((move, state), str(reason))
    return ""
