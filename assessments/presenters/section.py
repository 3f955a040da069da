"""The page of one section, question by question, as its template draws it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessments.forms.section import SectionForm
from assessments.models.response import COMMENT_LENGTH, REFLECTION_LENGTH
from assessments.queries.content import Content, QuestionContent
from assessments.queries.last_time import LastTime
from assessments.queries.sitting import BoxFilled, Question, SectionAnswered

FOR_THE_BOARD = "Comment for the board"
WITHOUT_NAME = "After closing, the digital lead can bring it to the board, without your name."
TO_SELF = "Note to self"
ONLY_YOU = "Only you will see this."
COUNT_FROM = 75  # per cent of the length from which the page counts what is left

Params = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DrawnField:
    """A field with what it shows and what is stored: the two differ only after something could not be saved."""

    name: str
    stored: str
    params: Params  # of the NHS.UK component


@dataclass(frozen=True, slots=True)
class DrawnQuestion:
    asked: QuestionContent
    choice: DrawnField
    words: tuple[DrawnField, ...]
    words_open: bool  # the member has written something, or has to shorten it
    words_label: str
    last: LastTime | None


@dataclass(frozen=True, slots=True)
class DrawnSection:
    questions: tuple[DrawnQuestion, ...]
    boxes: tuple[DrawnField, ...]
    first_unanswered: int | None  # an indicator


def draw_section(
    section: SectionAnswered, content: Content, last: Mapping[int, LastTime], form: SectionForm | None = None
) -> DrawnSection:
    """The section with the stored answers; with what was posted and its errors where `form` could not be saved."""
    drawing = _Drawing(content, form)
    unanswered = next(iter(section.unanswered), None)
    return DrawnSection(
        tuple(drawing.question(question, last.get(question.asked.indicator_id)) for question in section.questions),
        tuple(drawing.box(filled) for filled in section.boxes),
        unanswered.asked.indicator_id if unanswered else None,
    )


class _Drawing:
    def __init__(self, content: Content, form: SectionForm | None) -> None:
        self.form = form
        self.is_individual = content.is_individual
        self.choices = [(str(level.value), f"{level.value}. {level.label}") for level in content.levels]
        self.non_scores = [(choice.code.value, choice.label) for choice in content.scale.non_scores]

    def question(self, question: Question, last: LastTime | None) -> DrawnQuestion:
        pk, number = question.asked.indicator_id, question.asked.number
        note = self._words(f"note-{pk}", question.note, TO_SELF, ONLY_YOU, number)
        comment = self._words(f"comment-{pk}", question.comment, FOR_THE_BOARD, WITHOUT_NAME, number)
        words = (note,) if self.is_individual else (comment, note)
        return DrawnQuestion(
            asked=question.asked,
            choice=self._radios(question),
            words=words,
            words_open=any(field.params["value"] or "errorMessage" in field.params for field in words),
            words_label="Add a note" if self.is_individual else "Add a comment or note",
            last=last,
        )

    def box(self, filled: BoxFilled) -> DrawnField:
        """Room for words about the whole section."""
        label = {"text": filled.box.label, "classes": "nhsuk-label--s"}
        params = {"label": label, "hint": {"text": filled.box.description}, "maxlength": str(REFLECTION_LENGTH)}
        return self._text_area(filled.name, filled.text, params)

    def _radios(self, question: Question) -> DrawnField:
        name, asked = f"answer-{question.asked.indicator_id}", question.asked
        shown = self._shown(name, question.choice)
        items: list[Params] = [_radio(value, text, shown) for value, text in self.choices]
        if self.non_scores:
            items.append({"divider": "or"})
        items += [_radio(value, text, shown) for value, text in self.non_scores]
        legend = {"text": f"{asked.number}. {asked.text}", "classes": "nhsuk-fieldset__legend--m"}
        params: Params = {"name": name, "idPrefix": f"id_{name}", "fieldset": {"legend": legend}, "items": items}
        if asked.guidance:
            params["hint"] = {"text": asked.guidance}
        return DrawnField(name, question.choice, params | self._error(name))

    def _words(self, name: str, stored: str, label: str, hint: str, number: int) -> DrawnField:
        """A text area whose label says which question it belongs to, to those who cannot see that."""
        html = f'{label}<span class="nhsuk-u-visually-hidden"> on question {number}</span>'
        params = {"label": {"html": html}, "hint": {"text": hint}, "maxlength": str(COMMENT_LENGTH)}
        return self._text_area(name, stored, params)

    def _text_area(self, name: str, stored: str, params: Params) -> DrawnField:
        params |= {"name": name, "id": f"id_{name}", "rows": "3", "threshold": str(COUNT_FROM)}
        return DrawnField(name, stored, params | {"value": self._shown(name, stored)} | self._error(name))

    def _shown(self, name: str, stored: str) -> str:
        return stored if self.form is None else str(self.form[name].value() or "")

    def _error(self, name: str) -> Params:
        errors = self.form.errors.get(name) if self.form else None
        return {"errorMessage": {"text": " ".join(str(error) for error in errors)}} if errors else {}


def _radio(value: str, text: str, shown: str) -> Params:
    return {"value": value, "text": text, "checked": value == shown}
