"""The form of one section: a choice and words for each question, and the boxes for words about the whole section.

Reads what was posted; the page itself is drawn by `assessments.presenters.section`, which also shows a form that was
refused.
"""

import datetime as dt
from typing import Any

from django import forms

from assessments.actions import GivenAnswer, GivenReflection
from assessments.models.response import COMMENT_LENGTH, REFLECTION_LENGTH
from assessments.queries.content import Content
from assessments.queries.sitting import Question, SectionAnswered
from assessments.scoring.types import NonScore

TOO_LONG = "Shorten what you wrote {where} to %(limit_value)d characters: it has %(show_value)d."


class WordsField(forms.CharField):
    """Words of the member's own, on several lines."""

    def __init__(self, *, where: str, max_length: int, **kwargs: Any) -> None:
        messages = {"max_length": TOO_LONG.format(where=where)}
        kwargs |= {"required": False, "strip": False, "show_hidden_initial": True}
        super().__init__(max_length=max_length, error_messages=messages, **kwargs)

    def to_python(self, value: Any) -> str:
        """Browsers send each line break as two characters; counted and stored is one, as the page counts."""
        return with_short_breaks(str(super().to_python(value)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return with_short_breaks(initial or "") != with_short_breaks(data or "")


def with_short_breaks(text: str) -> str:
    """The text with each line break as one character."""
    return text.replace("\r\n", "\n")


class SectionForm(forms.Form):
    """The questions of `section`; `answers()` and `reflections()` read back what was changed on this page.

    Each field carries what it showed (`show_hidden_initial`), so that a page left open in another tab or on another
    device changes only what was changed there, and never puts back what it happened to show.
    """

    def __init__(self, data: Any, *, content: Content, section: SectionAnswered) -> None:
        super().__init__(data)
        self.section = section
        labels = [(str(level.value), level.label) for level in content.scale.levels]
        self.choices = labels + [(choice.code.value, choice.label) for choice in content.scale.non_scores]
        for question in section.questions:
            self._add(question, is_individual=content.is_individual)
        for filled in section.boxes:
            where = f"in “{filled.box.label}”"
            self.fields[filled.name] = WordsField(where=where, max_length=REFLECTION_LENGTH, initial=filled.text)

    def _add(self, question: Question, *, is_individual: bool) -> None:
        pk, where = question.asked.indicator_id, f"on question {question.asked.number}"
        self.fields[f"answer-{pk}"] = forms.ChoiceField(
            choices=self.choices, required=False, show_hidden_initial=True, initial=question.choice
        )
        self.fields[f"note-{pk}"] = WordsField(where=where, max_length=COMMENT_LENGTH, initial=question.note)
        if not is_individual:
            self.fields[f"comment-{pk}"] = WordsField(where=where, max_length=COMMENT_LENGTH, initial=question.comment)

    def answers(self) -> list[GivenAnswer]:
        """What the member changed, one per question with a change."""
        changed = set(self.changed_data)
        asked = [question.asked.indicator_id for question in self.section.questions]
        return [self._given(pk, changed) for pk in asked if changed & {f"{kind}-{pk}" for kind in KINDS}]

    def _given(self, indicator_id: int, changed: set[str]) -> GivenAnswer:
        choice, comment, note = (
            self.cleaned_data[name] if (name := f"{kind}-{indicator_id}") in changed else None for kind in KINDS
        )
        return given_answer(indicator_id, choice=choice, comment=comment, note=note)

    def reflections(self) -> list[GivenReflection]:
        """What the member changed in the boxes about the whole section."""
        changed = set(self.changed_data)
        return [
            GivenReflection(filled.section_id, filled.box.box_id, self.cleaned_data[filled.name])
            for filled in self.section.boxes
            if filled.name in changed
        ]

    def changed_elsewhere(self) -> list[int]:
        """The numbers of the questions that were changed since this page was made, by another page."""
        return [
            question.asked.number
            for question in self.section.questions
            if any(self._was_shown_differently(f"{kind}-{question.asked.indicator_id}") for kind in KINDS)
        ]

    def _was_shown_differently(self, name: str) -> bool:
        """Whether what is stored is neither what the page showed nor what it sent: its own save may come twice."""
        shown, sent = self.data.get(f"initial-{name}"), self.data.get(name, "")
        ours = {with_short_breaks(shown or ""), with_short_breaks(sent)}
        return name in self.fields and shown is not None and (self[name].initial or "") not in ours


KINDS = ("answer", "comment", "note")


def given_answer(
    indicator_id: int, *, choice: str | None = None, made_at: dt.datetime | None = None, **words: str | None
) -> GivenAnswer:
    """A change from the words of the page: `choice` is a level's number or a non-score's code, "" for neither.

    Raises ValueError when it is none of these.
    """
    level = int(choice) if choice and choice.isdecimal() else None
    non_score = NonScore(choice) if choice and level is None else None
    return GivenAnswer(indicator_id, level=level, non_score=non_score, made_at=made_at, **words)
