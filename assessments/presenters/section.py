"""The page of one section, question by question, as its template draws it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from assessments.forms.section import SectionForm
from assessments.models.response import COMMENT_LENGTH, REFLECTION_LENGTH
from assessments.queries.content import Content, QuestionContent
from assessments.queries.last_time import LastTime
from assessments.queries.sitting import BoxFilled, Question, SectionAnswered

FOR_THE_BOARD, TO_SELF = "Comment for the board", "Note to self"
HINTS = {
    FOR_THE_BOARD: "After closing, the digital lead can bring it to the board, without your name.",
    TO_SELF: "Only you will see this.",
}
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
    """What templates/assessments/question.html is given."""

    asked: QuestionContent
    choice: DrawnField
    words: tuple[DrawnField, ...]
    words_open: bool  # the member has written something, or has to shorten it
    last: LastTime | None
    content: Content


@dataclass(frozen=True, slots=True)
class DrawnSection:
    questions: tuple[SafeString, ...]
    boxes: tuple[DrawnField, ...]
    first_unanswered: int | None  # an indicator


def draw_section(
    section: SectionAnswered,
    content: Content,
    last: Mapping[int, LastTime],
    form: SectionForm | None = None,
    *,
    keep: bool = True,
) -> DrawnSection:
    """The section with the stored answers; with what was posted and its errors where `form` could not be saved.

    `keep`: whether the same words will be drawn again and again, as those of a round are.
    """
    unanswered = next(iter(section.unanswered), None)
    return DrawnSection(
        tuple(
            _question(question, content, last.get(question.asked.indicator_id), form, keep)
            for question in section.questions
        ),
        tuple(_box(filled, form) for filled in section.boxes),
        unanswered.asked.indicator_id if unanswered else None,
    )


def _question(
    question: Question, content: Content, last: LastTime | None, form: SectionForm | None, keep: bool
) -> SafeString:
    """HTML of one question. Without words of the member's own it is kept: then nothing in it says whose it is."""
    words = (question.comment, question.note, *((last.comment, last.note) if last else ()))
    if keep and form is None and not any(words):
        return _question_without_words(question.asked, question.choice, last, _Kept(content))
    return _rendered(question, content, last, form)


class _Kept:
    """A round's content as a key: there is one of each in a process, so it need not be compared part by part."""

    def __init__(self, content: Content) -> None:
        self.content = content

    def __hash__(self) -> int:
        return id(self.content)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and self.content is other.content


@lru_cache(maxsize=4096)  # of about 6 kB each
def _question_without_words(asked: QuestionContent, choice: str, last: LastTime | None, kept: _Kept) -> SafeString:
    level = int(choice) if choice.isdecimal() else None
    question = Question(asked, level, "" if level is not None else choice, "", "", "", None)
    return _rendered(question, kept.content, last, None)


def _rendered(question: Question, content: Content, last: LastTime | None, form: SectionForm | None) -> SafeString:
    words = tuple(_words_of(question, content, form))
    drawn = DrawnQuestion(
        asked=question.asked,
        choice=_radios(question, content, form),
        words=words,
        words_open=any(field.params["value"] or "errorMessage" in field.params for field in words),
        last=last,
        content=content,
    )
    return render_to_string("assessments/question.html", {"question": drawn})


def _words_of(question: Question, content: Content, form: SectionForm | None) -> Iterator[DrawnField]:
    """Text areas whose labels say which question they belong to, to those who cannot see that."""
    if not content.is_individual:
        yield _words("comment", question, question.comment, FOR_THE_BOARD, form)
    yield _words("note", question, question.note, TO_SELF, form)


def _words(kind: str, question: Question, stored: str, label: str, form: SectionForm | None) -> DrawnField:
    html = f'{label}<span class="nhsuk-u-visually-hidden"> on question {question.asked.number}</span>'
    params = {"label": {"html": html}, "hint": {"text": HINTS[label]}, "maxlength": str(COMMENT_LENGTH)}
    return _text_area(f"{kind}-{question.asked.indicator_id}", stored, params, form)


def _box(filled: BoxFilled, form: SectionForm | None) -> DrawnField:
    """Room for words about the whole section."""
    label = {"text": filled.box.label, "classes": "nhsuk-label--s"}
    params = {"label": label, "hint": {"text": filled.box.description}, "maxlength": str(REFLECTION_LENGTH)}
    return _text_area(filled.name, filled.text, params, form)


def _radios(question: Question, content: Content, form: SectionForm | None) -> DrawnField:
    name, asked = f"answer-{question.asked.indicator_id}", question.asked
    shown = _shown(name, question.choice, form)
    items: list[Params] = [_radio(str(level.value), f"{level.value}. {level.label}", shown) for level in content.levels]
    if content.scale.non_scores:
        items.append({"divider": "or"})
    items += [_radio(choice.code.value, choice.label, shown) for choice in content.scale.non_scores]
    legend = {"text": f"{asked.number}. {asked.text}", "classes": "nhsuk-fieldset__legend--m"}
    params: Params = {"name": name, "idPrefix": f"id_{name}", "fieldset": {"legend": legend}, "items": items}
    if asked.guidance:
        params["hint"] = {"text": asked.guidance}
    return DrawnField(name, question.choice, params | _error(name, form))


def _radio(value: str, text: str, shown: str) -> Params:
    return {"value": value, "text": text, "checked": value == shown}


def _text_area(name: str, stored: str, params: Params, form: SectionForm | None) -> DrawnField:
    params |= {"name": name, "id": f"id_{name}", "rows": "3", "threshold": str(COUNT_FROM)}
    shown = _shown(name, stored, form)
    value = f"\n{shown}" if shown.startswith("\n") else shown  # browsers drop the first line break of a text area
    return DrawnField(name, stored, params | {"value": value} | _error(name, form))


def _shown(name: str, stored: str, form: SectionForm | None) -> str:
    """What the member changed on a page that could not be saved; else what is stored, not what that page showed."""
    return str(form[name].value() or "") if form and name in form.changed_data else stored


def _error(name: str, form: SectionForm | None) -> Params:
    errors = form.errors.get(name) if form else None
    return {"errorMessage": {"text": " ".join(str(error) for error in errors)}} if errors else {}
