"""Gathers the figures of a round from what its report is made of, in the report's own words and order."""

from collections.abc import Callable, Iterator

from assessments.queries.board_actions import BoardAction, RoundActions
from assessments.queries.results import RoundResults
from assessments.scoring.types import Scale
from reports.content.agreed import NOTHING_AGREED, Positions
from reports.content.board_report import NO_ACTIONS
from reports.content.document import DRAFT, Fact, Finding
from reports.content.findings import could_not_judge, differs_most
from reports.content.method import late_answers, method
from reports.content.sides import WITHHELD, two_sides_of_the_board
from reports.content.summary import summary
from reports.counterparts.beside import Counterpart
from reports.exports.averages import overall, overall_agreed, overall_change
from reports.exports.figures import (
    About,
    Action,
    Agreed,
    Answer,
    Comment,
    Figures,
    Listed,
    SideBySide,
    Sides,
    Stated,
)
from reports.exports.sections import section_figures

NOT_LISTED = "Single indicators are not published."
NO_SIDES = "The two sides of the board are not compared in this round."


def figures_from(
    results: RoundResults,
    actions: RoundActions = NO_ACTIONS,
    positions: Positions = NOTHING_AGREED,
    *,
    counterparts: tuple[Counterpart, ...] = (),
    marking: str = DRAFT,
) -> Figures:
    """The figures of a closed round. `results` are disclosed already: what is withheld is not in them.

    `positions` has, by code, what the board agreed; `counterparts` are the boards beside it; `marking` says that it is
    a draft, or which version it is.
    """
    return Figures(
        about=_about(results, marking),
        answers=tuple(_answers(results.scorecard.scale)),
        summary=_stated(summary(results).facts),
        members=overall(results),
        agreed=overall_agreed(results),
        change=overall_change(results),
        sections=tuple(section_figures(section, results) for section in results.scorecard.sections),
        differs_most=_listed(results, differs_most),
        could_not_judge=_listed(results, could_not_judge),
        sides=_sides(results),
        comments=tuple(_comments(results)),
        agreed_positions=tuple(_agreed(results, positions)),
        actions=tuple(_actions(actions)),
        method=_stated(method(results, ()).facts),
        counterparts=counterparts,
    )


def _about(results: RoundResults, marking: str) -> About:
    facts, previous = results.facts, results.previous
    return About(
        title=f"Board self-assessment: {facts.framework}",
        organisation=facts.organisation,
        ods_code=facts.ods_code,
        framework=facts.framework,
        framework_version=facts.version,
        variant=facts.variant,
        licence=facts.licence,
        source_url=facts.source_url,
        section_label=facts.section_label,
        opened_on=facts.opened_on,
        closed_on=facts.closed_on,
        previous_closed_on=previous.closed_on if previous else None,
        marking=marking,
        is_draft=marking == DRAFT,
        is_individual=facts.subject_is_individual,
        invited=facts.invited,
        submitted=facts.submitted,
        counted=results.scorecard.responses,
        minimum_group=facts.minimum_group,
        notice=late_answers(facts),
    )


def _stated(facts: tuple[Fact, ...]) -> tuple[Stated, ...]:
    return tuple(Stated(fact.term, fact.text) for fact in facts)


def _answers(scale: Scale) -> Iterator[Answer]:
    for level in scale.levels:
        yield Answer(level.value, level.label, level.description)
    for choice in scale.non_scores:
        yield Answer(None, choice.label, choice.description)


def _listed(results: RoundResults, found_by: Callable[[RoundResults], Finding]) -> Listed:
    if results.facts.subject_is_individual:
        return Listed(NOT_LISTED, ())
    found = found_by(results)
    rows = found.table.rows if found.table else ()
    return Listed(found.introduction, tuple(row.header.mark for row in rows))


def _sides(results: RoundResults) -> Sides:
    said = two_sides_of_the_board(results)
    if not said:
        return Sides(NO_SIDES, ())
    rows = (
        SideBySide(
            section_code=side.section.code,
            section=side.section.title,
            difference=None if side.difference is None else float(side.difference),  # a half or nothing
            based_on=side.based_on,
            of=side.of,
            why_none=WITHHELD if side.difference is None else "",
        )
        for side in results.sides
    )
    return Sides(said[0].introduction, tuple(rows))


def _comments(results: RoundResults) -> Iterator[Comment]:
    for about in results.comments:
        for comment in about.comments:
            if comment.is_in_report:
                yield Comment(about.code, about.text, comment.text)


def _agreed(results: RoundResults, positions: Positions) -> Iterator[Agreed]:
    for section in results.scorecard.sections:
        for score in section.indicators:
            position = positions.get(score.indicator.code)
            if position:
                yield Agreed(
                    code=position.code,
                    indicator=score.indicator.text,
                    level=position.level,
                    label=position.label,
                    reason=position.reason,
                    dissent=position.dissent,
                    method=position.method,
                    agreed_on=position.agreed_on,
                )


def _actions(actions: RoundActions) -> Iterator[Action]:
    yield from (_action(action, from_this_round=True) for action in actions.new)
    yield from (_action(action, from_this_round=False) for action in actions.earlier)


def _action(action: BoardAction, *, from_this_round: bool) -> Action:
    return Action(
        from_this_round=from_this_round,
        what=action.what,
        section=action.section,
        indicator_code=action.indicator_code,
        owner=action.owner,
        owner_has_left=action.owner_left_on is not None,
        due_on=action.due_on,
        status=str(action.status.label),
        is_overdue=action.is_overdue,
        risk=action.risk,
    )
