"""Turns a round's results into the board report: every word and every formatted figure, in order."""

from collections.abc import Sequence

from django.utils.text import slugify

from assessments.queries.board_actions import RoundActions
from assessments.queries.results import RoundFacts, RoundResults
from assessments.scoring.types import SectionScore
from reports.content.agreed import NOTHING_AGREED, Positions
from reports.content.board_actions import actions_part
from reports.content.choices import EVERYTHING, Choices, Kind, UnknownChoice
from reports.content.context import ALONE, Context
from reports.content.counterparts import counterparts_figure
from reports.content.document import DRAFT, NO_METHOD, NO_PROFILE, NO_SUMMARY, BoardReport, Cover, Fact, Finding
from reports.content.figures import figures
from reports.content.findings import findings, main_findings
from reports.content.method import late_answers, method
from reports.content.profile import profile
from reports.content.section_pages import section_page
from reports.content.sentences import executive_summary
from reports.content.summary import response_base, summary
from reports.content.wording import day
from reports.cover.paper import PLAIN, Paper, paper_facts, paragraphs

NOT_PUBLISHED = (
    "Answers to single indicators belong to the members and are not published. What follows is an aggregate."
)


NO_ACTIONS = RoundActions(new=(), earlier=())


def board_report(
    results: RoundResults,
    planned: RoundActions = NO_ACTIONS,
    *,
    positions: Positions = NOTHING_AGREED,
    marking: str = DRAFT,
    choices: Choices = EVERYTHING,
    context: Context = ALONE,
    paper: Paper = PLAIN,
) -> BoardReport:
    """The report of a closed round. `results` are disclosed already: what is withheld is not in them.

    `positions` has, by code, what the board agreed and why; `marking` says that it is a draft, or which version it is.
    `choices` say which parts are asked for: what is left out is not in the report. `context` is what the round is seen
    against, `paper` what its author says on the cover. Raises UnknownChoice when the round has no such section.
    """
    facts, kind = results.facts, choices.kind
    sections = _sections(results, choices)
    return BoardReport(
        title=f"Board self-assessment: {facts.framework}",
        organisation=facts.organisation,
        round_dates=_dates(facts),
        file_name=_file_name(facts, choices),
        marking=marking,
        part=_part(choices, sections),
        cover=_cover(results, planned, paper, kind),
        protective_marking=paper.protective_marking,
        summary=summary(results) if kind in (Kind.FULL, Kind.SUMMARY) else NO_SUMMARY,
        profile=profile(results, context.comparator) if kind in (Kind.FULL, Kind.SUMMARY) else NO_PROFILE,
        figures=figures(results, context.history) if kind is Kind.FULL else (),
        sections_heading=f"Results by {facts.section_label}",
        sections_note=NOT_PUBLISHED if facts.subject_is_individual else "",
        sections=tuple(section_page(section, results, positions) for section in sections),
        findings=_findings(results, choices),
        counterparts=counterparts_figure(results, context.counterparts) if kind is Kind.FULL else None,
        actions=actions_part(planned) if kind is Kind.FULL else (),
        method=NO_METHOD if kind is Kind.SUMMARY else method(results, [section.section.code for section in sections]),
        has_indicators=not facts.subject_is_individual,
        notice=late_answers(facts),
    )


def _cover(results: RoundResults, planned: RoundActions, paper: Paper, kind: Kind) -> Cover:
    """The executive summary, own or generated, speaks of the whole round: a report of one section has none."""
    facts = results.facts
    generated = (" ".join(found.text for found in executive_summary(results, planned)),)
    executive = paragraphs(paper.own_summary) or generated
    return Cover(
        facts=_cover_facts(facts),
        purpose=_purpose(facts),
        asks=paragraphs(paper.recommendation) or _asks(facts),
        paper=paper_facts(paper),
        executive=() if kind is Kind.SECTION else executive,
    )


def _sections(results: RoundResults, choices: Choices) -> tuple[SectionScore, ...]:
    """The sections that the report has a page for."""
    sections = results.scorecard.sections
    if choices.kind is Kind.SUMMARY:
        return ()
    if choices.kind is not Kind.SECTION:
        return sections
    chosen = tuple(section for section in sections if section.section.code == choices.section)
    if not chosen:
        raise UnknownChoice("The round has no such section.")
    return chosen


def _findings(results: RoundResults, choices: Choices) -> tuple[Finding, ...]:
    if choices.kind is Kind.FULL:
        return findings(results, with_comments=choices.with_comments)
    return main_findings(results) if choices.kind is Kind.SUMMARY else ()


def _part(choices: Choices, sections: Sequence[SectionScore]) -> str:
    """Which part of the report it is, in words; "" for all of it."""
    if choices.kind is Kind.SECTION:
        return f"{choices.kind.words}: {sections[0].section.title}"
    if choices.kind is not Kind.FULL:
        return choices.kind.words
    return "" if choices.with_comments else "Without members' comments"


def _file_name(facts: RoundFacts, choices: Choices) -> str:
    part = "" if choices == EVERYTHING else f"-{slugify(choices.key)}"
    return f"{slugify(f'{facts.ods_code} {facts.framework_short}')}-board-report-{facts.closed_on:%Y-%m-%d}{part}.pdf"


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
            f"{facts.framework}. Answers to single indicators are not published."
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
