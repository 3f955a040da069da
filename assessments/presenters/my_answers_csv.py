"""A member's own answers as a table for a spreadsheet."""

from collections.abc import Iterator

from assessments.presenters.section import FOR_THE_BOARD, TO_SELF
from assessments.queries.my_answers import MyAnswers
from assessments.queries.sitting import Question, SectionAnswered
from ground.spreadsheets import csv_of, moment

Row = tuple[str, ...]


def my_answers_csv(mine: MyAnswers) -> str:
    """A row for each question and for each box of a section, in the order of the page.

    An individual framework has no comments for the board, and so no column for them.
    """
    content = mine.sitting.content
    comments = () if content.is_individual else (FOR_THE_BOARD,)
    header = (content.section_label.capitalize(), "Number", "Question", "My answer", *comments, TO_SELF, "Last changed")
    rows = (row for section in mine.sitting.sections for row in _rows(section, with_comments=bool(comments)))
    return csv_of(header, rows)


def _rows(section: SectionAnswered, *, with_comments: bool) -> Iterator[Row]:
    title = section.asked.title
    for question in section.questions:
        yield (title, str(question.asked.number), question.asked.text, *_answer(question, with_comments=with_comments))
    blank = ("",) * (2 if with_comments else 1)
    for filled in section.boxes:
        yield (title, "", filled.box.label, filled.text, *blank, moment(filled.changed_at))


def _answer(question: Question, *, with_comments: bool) -> Row:
    comments = (question.comment,) if with_comments else ()
    return question.answer_label, *comments, question.note, moment(question.changed_at)
