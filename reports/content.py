"""Turns a round's results into the board report: every word and every formatted figure, in order."""

from django.utils.text import slugify

from assessments.queries.board_actions import RoundActions
from assessments.queries.results import RoundFacts, RoundResults
from reports.agreed import NOTHING_AGREED, Positions
from reports.board_actions import actions_part
from reports.document import DRAFT, BoardReport, Cover, Fact
from reports.findings import findings
from reports.method import late_answers, method
from reports.profile import profile
from reports.section_pages import section_page
from reports.summary import response_base, summary
from reports.wording import day

NOT_PUBLISHED = (
    "Answers to single competencies belong to the members and are not published. What follows is an aggregate."
)


NO_ACTIONS = RoundActions(new=(), earlier=())


def board_report(
    results: RoundResults,
    planned: RoundActions = NO_ACTIONS,
    *,
    positions: Positions = NOTHING_AGREED,
    marking: str = DRAFT,
) -> BoardReport:
    """The report of a closed round. `results` are disclosed already: what is withheld is not in them.

    `positions` has, by code, what the board agreed and why; `marking` says that it is a draft, or which version it is.
    """
    facts = results.facts
    return BoardReport(
        title=f"Board self-assessment: {facts.framework}",
        organisation=facts.organisation,
        round_dates=_dates(facts),
        file_name=f"{slugify(f'{facts.ods_code} {facts.framework_short}')}-board-report-{facts.closed_on:%Y-%m-%d}.pdf",
        marking=marking,
        cover=Cover(facts=_cover_facts(facts), purpose=_purpose(facts), asks=_asks(facts)),
        summary=summary(results),
        profile=profile(results),
        sections_heading=f"Results by {facts.section_label}",
        sections_note=NOT_PUBLISHED if facts.subject_is_individual else "",
        sections=tuple(section_page(section, results, positions) for section in results.scorecard.sections),
        findings=findings(results),
        actions=actions_part(planned),
        method=method(results),
        has_indicators=not facts.subject_is_individual,
        notice=late_answers(facts),
    )


def _dates(facts: RoundFacts) -> str:
    return f"{day(facts.opened_on)} to {day(facts.closed_on)}"


def _cover_facts(facts: RoundFacts) -> tuple[Fact, ...]:
    variant = [Fact("Version written for", facts.variant)] if facts.variant else []
    return (
        Fact("Organisation", f"{facts.organisation} ({facts.ods_code})"),
        Fact("Framework", f"{facts.framework}, version {facts.version}"),
        *variant,
        Fact("Round", f"Opened {day(facts.opened_on)}, closed {day(facts.closed_on)}"),
        Fact("Closing date", day(facts.closing_on)),
        Fact("Response base", f"{response_base(facts)} submitted their answers"),
        Fact("Answers", _terms(facts)),
    )


def _terms(facts: RoundFacts) -> str:
    if facts.subject_is_individual:
        return f"Private: each member's answers are their own; the board sees averages by {facts.section_label} only"
    return "Confidential: this report does not show who gave which"


def _purpose(facts: RoundFacts) -> str:
    if facts.subject_is_individual:
        return (
            f"To show the board, as a whole and by {facts.section_label}, how its members assessed themselves against "
            f"{facts.framework}. Answers to single competencies are not published."
        )
    return (
        f"To show how members of the board scored {facts.organisation} against {facts.framework}, where their views "
        "differ, and what they had not seen enough of to judge."
    )


def _asks(facts: RoundFacts) -> tuple[str, ...]:
    note = "note the results and how many members they rest on"
    if facts.subject_is_individual:
        return note, f"discuss the {facts.section_label_plural} with the lowest scores", "agree the board's development"
    return (
        note,
        "discuss the indicators on which members' views differ, and those that members could not judge",
        "agree a position and next steps where the score lies below what the board aims for",
    )
