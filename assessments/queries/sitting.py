"""A member's own response: what is asked, what they answered, how far they are. Never anybody else's."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from assessments.choices import SECONDS_PER_QUESTION
from assessments.models import Response
from assessments.queries.content import Box, Content, QuestionContent, SectionContent, content_of
from assessments.reasons import why_not_answer
from assessments.scoring.types import Scale

COLUMNS = ("level", "non_score", "comment", "note", "chosen_at", "commented_at", "noted_at")
NOT_ANSWERED = (None, "", "", "", "", None)
NOTHING_WRITTEN = ("", None)


@dataclass(frozen=True, slots=True)
class Question:
    """One indicator with the member's own answer to it."""

    asked: QuestionContent
    level: int | None
    non_score: str
    comment: str  # for the board
    note: str  # to self
    answer_label: str  # the level or non-score in words, "" when unanswered
    changed_at: dt.datetime | None  # when anything of it was last changed

    @property
    def is_answered(self) -> bool:
        return self.level is not None or self.non_score != ""

    @property
    def choice(self) -> str:
        """What the page's radio carries: the level's number or the non-score's code, "" when unanswered."""
        return self.non_score if self.level is None else str(self.level)


@dataclass(frozen=True, slots=True)
class BoxFilled:
    """What the member wrote about a section in one of its boxes."""

    box: Box
    section_id: int
    text: str
    changed_at: dt.datetime | None

    @property
    def name(self) -> str:
        """What its field on the page is called."""
        return f"reflection-{self.section_id}-{self.box.box_id}"


@dataclass(frozen=True, slots=True)
class SectionAnswered:
    """One section of the sitting with the member's answers."""

    asked: SectionContent
    questions: tuple[Question, ...]
    boxes: tuple[BoxFilled, ...]

    @property
    def answered(self) -> int:
        return sum(question.is_answered for question in self.questions)

    @property
    def is_complete(self) -> bool:
        return self.answered == len(self.questions)

    @property
    def unanswered(self) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if not question.is_answered)


@dataclass(frozen=True, slots=True)
class Sitting:
    """A member's response to a round, as far as it has got."""

    response_id: int
    round_id: int
    organisation: str
    minimum_group: int
    closing_on: dt.date
    is_submitted: bool
    submitted_at: dt.datetime | None
    may_read_results: bool
    why_not: str  # the reason why the member cannot answer now; "" when they can
    revision: int  # the newest save that is in it
    content: Content
    sections: tuple[SectionAnswered, ...]

    @property
    def can_answer(self) -> bool:
        return not self.why_not and not self.is_submitted

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
        return minutes_for(self.unanswered)

    @property
    def next_section(self) -> SectionAnswered | None:
        """Where to go on: the first section with an unanswered question."""
        return next((section for section in self.sections if not section.is_complete), None)

    @property
    def next_place(self) -> str:
        """The place on that section's page: its first unanswered question."""
        return f"#question-{self.next_section.unanswered[0].asked.indicator_id}" if self.next_section else ""

    def after(self, section: SectionAnswered) -> SectionAnswered | None:
        return next((other for other in self.sections if other.asked.number == section.asked.number + 1), None)

    def section(self, code: str) -> SectionAnswered | None:
        return next((section for section in self.sections if section.asked.code == code), None)


def minutes_for(questions: int) -> int:
    """What a member is told to reckon with, rounded up to whole minutes."""
    return -(-questions * SECONDS_PER_QUESTION // 60)


def sitting_for(response: Response, now: dt.datetime | None = None, *, on_board: bool) -> Sitting:
    """All that a member's own pages show, in two queries at most once the round's content has been read.

    `on_board`: whether the member holds a seat there today.
    """
    round_ = response.round
    content = content_of(round_)
    return Sitting(
        response_id=response.pk,
        round_id=round_.pk,
        organisation=round_.organisation.name,
        minimum_group=round_.minimum_group,
        closing_on=round_.closing_on,
        is_submitted=response.is_submitted,
        submitted_at=response.submitted_at,
        may_read_results=round_.has_results and on_board,
        why_not=why_not_answer(round_, now, on_board=on_board),
        revision=response.revision,
        content=content,
        sections=_sections(response, content),
    )


def sitting_to_look_at(content: Content) -> Sitting:
    """What a member finds before the first answer, for whoever edits the words. There is no response behind it."""
    return Sitting(
        response_id=0,
        round_id=0,
        organisation="",
        minimum_group=0,
        closing_on=dt.date.max,
        is_submitted=False,
        submitted_at=None,
        may_read_results=False,
        why_not="",
        revision=0,
        content=content,
        sections=tuple(
            SectionAnswered(
                section,
                tuple(Question(asked, *NOT_ANSWERED) for asked in section.questions),
                tuple(BoxFilled(box, section.section_id, *NOTHING_WRITTEN) for box in content.boxes),
            )
            for section in content.sections
        ),
    )


def _sections(response: Response, content: Content) -> tuple[SectionAnswered, ...]:
    labels = labels_of(content.scale)
    answers = {row[0]: _answered(row[1:], labels) for row in response.answers.values_list("indicator", *COLUMNS)}
    written = _written(response, content)
    return tuple(
        SectionAnswered(
            section,
            tuple(Question(asked, *answers.get(asked.indicator_id, NOT_ANSWERED)) for asked in section.questions),
            tuple(
                BoxFilled(box, section.section_id, *written.get((section.section_id, box.box_id), NOTHING_WRITTEN))
                for box in content.boxes
            ),
        )
        for section in content.sections
    )


def _answered(row: tuple[Any, ...], labels: dict[str, str]) -> tuple[Any, ...]:
    """A row of `COLUMNS` as a question shows it. Plain values: a page makes close to a hundred of them."""
    level, non_score, comment, note, *moments = row
    choice = non_score if level is None else str(level)
    return level, non_score, comment, note, labels.get(choice, ""), max(filter(None, moments), default=None)


def _written(response: Response, content: Content) -> dict[tuple[int, int], tuple[str, dt.datetime]]:
    """(section, box) → words, and when; not asked for where the scale has no boxes."""
    if not content.boxes:
        return {}
    return {(row.section_id, row.box_id): (row.text, row.written_at) for row in response.reflections.order_by()}


def labels_of(scale: Scale) -> dict[str, str]:
    """Choice ("3", "cannot-judge") → "3. Established", "Cannot judge"."""
    levels = {str(level.value): f"{level.value}. {level.label}" for level in scale.levels}
    return levels | {choice.code.value: choice.label for choice in scale.non_scores}
