"""A member's own response: what is asked, what they answered, how far they are. Never anybody else's."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from assessments.choices import SECONDS_PER_QUESTION
from assessments.models import Answer, Response
from assessments.queries.asked import scale_of
from assessments.reasons import why_not_answer
from assessments.scoring.types import Level, Scale
from frameworks.models import Section


@dataclass(frozen=True, slots=True)
class Question:
    """One indicator with the member's own answer to it."""

    indicator_id: int
    number: int  # within its section, from 1
    text: str
    guidance: str
    group: str  # heading above it, "" when it has none or goes on under the one before
    level: int | None
    non_score: str
    comment: str
    answer_label: str  # the level or non-score in words, "" when unanswered

    @property
    def is_answered(self) -> bool:
        return self.level is not None or self.non_score != ""


@dataclass(frozen=True, slots=True)
class SectionAsked:
    """One section of the sitting with its questions."""

    code: str
    title: str
    summary: str
    number: int
    questions: tuple[Question, ...]

    @property
    def answered(self) -> int:
        return sum(question.is_answered for question in self.questions)

    @property
    def is_complete(self) -> bool:
        return self.answered == len(self.questions)


@dataclass(frozen=True, slots=True)
class Terms:
    """What members are told before the first question (product rule §5)."""

    minimum_group: int
    is_individual: bool


@dataclass(frozen=True, slots=True)
class Sitting:
    """A member's response to a round, as far as it has got."""

    response_id: int
    round_id: int
    organisation: str
    framework: str
    section_label: str
    section_label_plural: str
    closing_on: dt.date
    is_submitted: bool
    submitted_at: dt.datetime | None
    round_is_closed: bool
    why_not: str  # the reason why the member cannot answer now; "" when they can
    scale: Scale
    highest_first: bool
    terms: Terms
    sections: tuple[SectionAsked, ...]

    @property
    def levels(self) -> tuple[Level, ...]:
        """In the order in which they are offered."""
        return self.scale.levels[::-1] if self.highest_first else self.scale.levels

    @property
    def asked(self) -> int:
        return sum(len(section.questions) for section in self.sections)

    @property
    def answered(self) -> int:
        return sum(section.answered for section in self.sections)

    @property
    def unanswered(self) -> int:
        return self.asked - self.answered

    @property
    def minutes_left(self) -> int:
        return -(-self.unanswered * SECONDS_PER_QUESTION // 60)

    @property
    def next_section(self) -> SectionAsked | None:
        """Where to go on: the first section with an unanswered question."""
        return next((section for section in self.sections if not section.is_complete), None)

    def after(self, section: SectionAsked) -> SectionAsked | None:
        return next((other for other in self.sections if other.number == section.number + 1), None)

    def section(self, code: str) -> SectionAsked | None:
        return next((section for section in self.sections if section.code == code), None)


def sitting_for(response: Response, now: dt.datetime | None = None) -> Sitting:
    """All that a member's own pages show; the number of queries does not grow with indicators."""
    round_ = response.round
    framework = round_.version.framework
    scale = scale_of(round_.version)
    return Sitting(
        response_id=response.pk,
        round_id=round_.pk,
        organisation=round_.organisation.name,
        framework=framework.title,
        section_label=framework.section_label,
        section_label_plural=framework.section_label_plural,
        closing_on=round_.closing_on,
        is_submitted=response.is_submitted,
        submitted_at=response.submitted_at,
        round_is_closed=round_.is_closed,
        why_not=why_not_answer(round_, now),
        scale=scale,
        highest_first=round_.version.scale.display == "highest first",
        terms=Terms(round_.minimum_group, framework.is_individual),
        sections=_sections(response, scale),
    )


def _sections(response: Response, scale: Scale) -> tuple[SectionAsked, ...]:
    questions = _questions(response, scale)
    scoped = response.round.scope.select_related("section")
    return tuple(
        _section(scope.section, number, questions.get(scope.section_id, []), response.round.variant)
        for number, scope in enumerate(scoped, start=1)
    )


def _section(section: Section, number: int, questions: list[Question], variant: str) -> SectionAsked:
    summary = section.summary_by_variant.get(variant) or section.summary
    return SectionAsked(section.code, section.title, summary, number, tuple(questions))


def _questions(response: Response, scale: Scale) -> dict[int, list[Question]]:
    """Questions by section; a group's title stands with the first question of the group only."""
    answers = {answer.indicator_id: answer for answer in response.answers.all()}
    labels = _labels(scale)
    numbers: Counter[int] = Counter()
    by_section: dict[int, list[Question]] = {}
    last_group: tuple[int, int | None] | None = None
    for indicator in response.round.indicators().select_related("group"):
        numbers[indicator.section_id] += 1
        group = (indicator.section_id, indicator.group_id)
        heading = indicator.group.title if indicator.group and group != last_group else ""
        last_group = group
        answer = answers.get(indicator.pk) or Answer(indicator=indicator)
        question = Question(
            indicator_id=indicator.pk,
            number=numbers[indicator.section_id],
            text=indicator.text,
            guidance=indicator.guidance,
            group=heading,
            level=answer.level,
            non_score=answer.non_score,
            comment=answer.comment,
            answer_label=labels.get(answer.non_score if answer.level is None else answer.level, ""),
        )
        by_section.setdefault(indicator.section_id, []).append(question)
    return by_section


def _labels(scale: Scale) -> dict[int | str, str]:
    levels: dict[int | str, str] = {level.value: f"{level.value}. {level.label}" for level in scale.levels}
    return levels | {choice.code.value: choice.label for choice in scale.non_scores}
