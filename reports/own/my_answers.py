"""A member's own answers as a document: every word in it is theirs or the framework's, and nobody else gets it."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils import timezone

from assessments.presenters.section import FOR_THE_BOARD, TO_SELF
from assessments.queries.my_answers import MyAnswers
from assessments.queries.sitting import Question, SectionAnswered, Sitting
from reports.content.document import Fact, Table
from reports.content.method import levels_table
from reports.content.wording import counted, day, sentence
from reports.pdf.rendering import draw_pdf

NOT_ANSWERED = "Not answered"
MOST_LINES = 60  # of one comment, note or box
NOTHING_WRITTEN = "Nothing written"


@dataclass(frozen=True, slots=True)
class Written:
    """What the member wrote, and under which heading."""

    label: str
    text: str

    @property
    def direction(self) -> str:
        """Which way it is read, "ltr" or "rtl": the first letter decides, as HTML's dir="auto" has it."""
        strong = (unicodedata.bidirectional(letter) for letter in self.text)
        return "rtl" if next((kind for kind in strong if kind in {"L", "R", "AL"}), "L") != "L" else "ltr"


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """One question: the heading above it ("" for none), its words, the answer in words, and what was written to it."""

    group: str
    question: str
    answer: str
    words: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class OwnSection:
    """One section; `boxes` hold what was written about it as a whole."""

    title: str
    progress: str
    answers: tuple[OwnAnswer, ...]
    boxes: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class OwnAnswers:
    """Everything that the document says, in the order in which it says it."""

    title: str
    organisation: str
    round_dates: str
    marking: str
    file_name: str
    facts: tuple[Fact, ...]
    sections: tuple[OwnSection, ...]
    levels: Table


def own_answers(mine: MyAnswers, *, with_notes: bool = True) -> OwnAnswers:
    """The document of a member's answers; `with_notes` says whether their notes to self are in it."""
    sitting = mine.sitting
    return OwnAnswers(
        title=f"My answers: {sitting.content.framework}",
        organisation=sitting.organisation,
        round_dates=f"{day(mine.opened_on)} to {day(sitting.closing_on)}",
        marking=f"Confidential: belongs to {mine.name}",
        file_name=f"{mine.file_stem}.pdf",
        facts=_facts(mine),
        sections=tuple(_section(section, with_notes=with_notes) for section in sitting.sections),
        levels=levels_table(sitting.content.scale, f"{sitting.content.scale.title}: what the answers stand for"),
    )


def own_answers_pdf(answers: OwnAnswers) -> bytes:
    """The document as the bytes of a PDF."""
    return draw_pdf("reports/my_answers.html", {"document": answers})


def _facts(mine: MyAnswers) -> tuple[Fact, ...]:
    sitting = mine.sitting
    return (
        Fact("Name", mine.name),
        Fact("Organisation", f"{sitting.organisation} ({mine.ods_code})"),
        Fact("Round", f"Opened {day(mine.opened_on)}, closing date {day(sitting.closing_on)}"),
        Fact("State", submitted_in_words(sitting)),
        Fact("Answered", f"{sitting.answered} of {counted(sitting.asked, 'question')}"),
        Fact("Taken from the portal", day(timezone.localdate())),
    )


def submitted_in_words(sitting: Sitting) -> str:
    """As "Submitted on 22 November 2026 at 14:05"."""
    if sitting.submitted_at is None:
        return "Not submitted"
    at = timezone.localtime(sitting.submitted_at)
    return f"Submitted on {day(at)} at {at:%H:%M}"


def _section(section: SectionAnswered, *, with_notes: bool) -> OwnSection:
    return OwnSection(
        title=sentence(section.asked.title),
        progress=f"{section.answered} of {counted(len(section.questions), 'question')} answered.",
        answers=tuple(_answer(question, with_notes=with_notes) for question in section.questions),
        boxes=tuple(Written(filled.box.label, tidy(filled.text) or NOTHING_WRITTEN) for filled in section.boxes),
    )


def _answer(question: Question, *, with_notes: bool) -> OwnAnswer:
    words = [Written(FOR_THE_BOARD, tidy(question.comment))]
    if with_notes:
        words.append(Written(TO_SELF, tidy(question.note)))
    return OwnAnswer(
        group=question.asked.group,
        question=f"{question.asked.number}. {question.asked.text}",
        answer=question.answer_label or NOT_ANSWERED,
        words=tuple(written for written in words if written.text),
    )


def tidy(text: str) -> str:
    """What was typed, without blank space around it and without more than one empty line in a row.

    Hundreds of very short lines, which would fill pages and take minutes to set, run on with strokes between them.
    """
    lines = re.sub(r"\n\s*\n", "\n\n", text.strip())
    return lines if lines.count("\n") <= MOST_LINES else " / ".join(line for line in lines.split("\n") if line.strip())
