"""What to look at once more before a round is signed off. Nothing here forbids it: the board decides."""

from dataclasses import dataclass

from assessments.queries.board_actions import RoundActions
from assessments.queries.results import RoundResults
from assessments.scoring.types import Withheld

FEW = (Withheld.TOO_FEW_LEVELS, Withheld.TOO_FEW_ANSWERS)


@dataclass(frozen=True, slots=True)
class Check:
    """One check with its outcome in words, and the page where something can be done about it."""

    heading: str
    outcome: str
    is_fine: bool
    page: str  # the name of an address of the round
    link: str


def sign_off_checks(results: RoundResults, planned: RoundActions) -> tuple[Check, ...]:
    """All checks in the order of the page. Positions and comments exist only where a board scores its organisation."""
    individual = results.facts.subject_is_individual
    about_the_board = () if individual else (_positions(results), _comments(results))
    return (*about_the_board, _actions(planned), _withheld(results), _unsubmitted(results))


def _positions(results: RoundResults) -> Check:
    scores = [score for section in results.scorecard.sections for score in section.indicators]
    asked, agreed = len(scores), sum(score.agreed is not None for score in scores)
    outcome = f"Agreed on {agreed} of {asked} indicators."
    if agreed < asked:
        outcome += f" For the other {asked - agreed} the report shows what members gave, and no position of the board."
    return Check("Agreed positions", outcome, agreed == asked, "assessments:discussion", "Go on with the discussion")


def _comments(results: RoundResults) -> Check:
    comments = [comment for on in results.comments for comment in on.comments]
    chosen = sum(comment.is_in_report for comment in comments)
    outcome = f"Chosen for the report: {chosen} of {len(comments)}." if comments else "There are none to choose from."
    return Check("Comments", outcome, bool(chosen) or not comments, "assessments:comments", "Look at the comments")


def _actions(planned: RoundActions) -> Check:
    unfinished = [action for action in planned.new if action.is_unfinished]
    ownerless = sum(not action.has_owner for action in unfinished)
    undated = sum(action.due_on is None for action in unfinished)
    outcome = f"{len(planned.new)} from this round. Without an owner: {ownerless}. Without a due date: {undated}."
    is_fine = bool(planned.new) and not ownerless and not undated
    if not planned.new:
        outcome = "No action has come out of this round."
    return Check("Actions", outcome, is_fine, "assessments:round_actions", "Look at the actions")


def _withheld(results: RoundResults) -> Check:
    withheld, of, what = _withheld_figures(results)
    minimum = results.facts.minimum_group
    outcome = "No figure is withheld."
    if withheld:
        outcome = f"Withheld, to keep answers of fewer than {minimum} members private: {withheld} of {of} {what}."
    return Check("Withheld figures", outcome, not withheld, "reports:results", "Look at the results")


def _withheld_figures(results: RoundResults) -> tuple[int, int, str]:
    """How many figures are not in the report, of how many; an individual framework has them by section only."""
    sections = results.scorecard.sections
    if results.facts.subject_is_individual:
        withheld = sum(section.withheld is not None for section in sections)
        return withheld, len(sections), results.facts.section_label_plural
    scores = [score for section in sections for score in section.indicators]
    withheld = sum(score.withheld in FEW and score.n != 0 and score.applicable for score in scores)
    return withheld, len(scores), "indicators"


def _unsubmitted(results: RoundResults) -> Check:
    facts = results.facts
    outcome = f"{facts.submitted} of {facts.invited} members submitted."
    if facts.started_not_submitted:
        counted = "and count" if facts.unsubmitted_counted else "and do not count"
        outcome += f" Started but not submitted {counted}: {facts.started_not_submitted}."
    is_fine = facts.submitted == facts.invited
    return Check("Response", outcome, is_fine, "assessments:round", "Look at the members")
