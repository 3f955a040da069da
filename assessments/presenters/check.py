"""All of a member's answers on one page, with what the board answered beside them once there is a result."""

from dataclasses import dataclass

from assessments.presenters.figures import indicator_withheld, score_in_full
from assessments.queries.results import RoundResults
from assessments.queries.sitting import Question, SectionAnswered, Sitting
from assessments.scoring.display import one_decimal
from assessments.scoring.types import IndicatorScore, NonScore


@dataclass(frozen=True, slots=True)
class CheckedQuestion:
    """My answer, and the board's in words ("" while there is none to show)."""

    mine: Question
    board: str


@dataclass(frozen=True, slots=True)
class CheckedSection:
    mine: SectionAnswered
    board: str
    questions: tuple[CheckedQuestion, ...]


def checked_sections(sitting: Sitting, results: RoundResults | None = None) -> tuple[CheckedSection, ...]:
    """The sections of the sitting; `results`, which disclosure has been through, give the board's side.

    An individual framework is published by section only (product rule §5), so nothing stands beside its questions.
    """
    board = _Board(results)
    return tuple(
        CheckedSection(
            section,
            board.of_section(section.asked.code),
            tuple(CheckedQuestion(question, board.of_question(question.asked.code)) for question in section.questions),
        )
        for section in sitting.sections
    )


class _Board:
    """What the board answered, by code."""

    def __init__(self, results: RoundResults | None) -> None:
        sections = results.scorecard.sections if results else ()
        self.results = results
        self.sections = {section.section.code: section for section in sections}
        self.indicators = {scored.indicator.code: scored for section in sections for scored in section.indicators}

    def of_section(self, code: str) -> str:
        if self.results is None or code not in self.sections:
            return ""
        return f"{score_in_full(self.sections[code], self.results)}."

    def of_question(self, code: str) -> str:
        if self.results is None or self.results.facts.subject_is_individual or code not in self.indicators:
            return ""
        scored, facts = self.indicators[code], self.results.facts
        if scored.mean is None:
            return f"{indicator_withheld(scored, facts.minimum_group)}."
        labels = {choice.code: choice.label for choice in self.results.scorecard.scale.non_scores}
        return " ".join(f"{said}." for said in (_levels(scored), *_non_scores(scored, labels), *_agreed(scored)))


def _levels(scored: IndicatorScore) -> str:
    """As "3.2 on average, from 2 to 4, of 12 members who gave a level"."""
    assert scored.mean is not None  # noqa: S101 - the caller has looked; this tells the type checker
    spread = f"all {scored.lowest}" if scored.lowest == scored.highest else f"from {scored.lowest} to {scored.highest}"
    return f"{one_decimal(scored.mean)} on average, {spread}, of {scored.n} members who gave a level"


def _non_scores(scored: IndicatorScore, labels: dict[NonScore, str]) -> list[str]:
    return [f"{labels[code]}: {members}" for code, members in scored.non_score_counts if members]


def _agreed(scored: IndicatorScore) -> list[str]:
    return [] if scored.agreed is None else [f"Agreed: {scored.agreed}"]
