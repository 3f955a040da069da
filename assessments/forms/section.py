"""The form of one section: a set of radios and a comment for each indicator."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout, LayoutObject, Submit
from django import forms
from django.template.loader import render_to_string

from assessments.actions import GivenAnswer
from assessments.models.response import COMMENT_LENGTH
from assessments.queries.sitting import Question, SectionAsked, Sitting
from assessments.scoring.types import Level, NonScore, Scale

TOO_LONG = "Shorten what you wrote on question {number} to %(limit_value)d characters: it has %(show_value)d."
ONLY_YOU = "Only you will see this."
WITHOUT_NAME = "After closing, the digital lead can bring it to the board, without your name."


class LevelField(forms.ChoiceField):
    """Levels with their descriptions, and non-scores set apart from them by an "or"."""

    label_classes = "nhsuk-fieldset__legend--m"

    def __init__(self, *, levels: Sequence[Level], scale: Scale, **kwargs: Any) -> None:
        choices = [(str(level.value), f"{level.value}. {level.label}") for level in levels]
        choices += [(choice.code.value, choice.label) for choice in scale.non_scores]
        super().__init__(choices=choices, widget=forms.RadioSelect, required=False, show_hidden_initial=True, **kwargs)
        self.hints = {str(level.value): level.description for level in levels}
        self.hints |= {choice.code.value: choice.description for choice in scale.non_scores}
        self.divider_before = scale.non_scores[0].code.value if scale.non_scores else None


class CommentField(forms.CharField):
    """A comment that stays folded away until somebody wants to write one."""

    def __init__(self, *, number: int, is_private: bool, **kwargs: Any) -> None:
        super().__init__(
            label="Your note" if is_private else "Comment for the board",
            error_messages={"max_length": TOO_LONG.format(number=number)},
            help_text=ONLY_YOU if is_private else WITHOUT_NAME,
            required=False,
            max_length=COMMENT_LENGTH,
            show_hidden_initial=True,
            widget=forms.Textarea(attrs={"rows": 4}),
            **kwargs,
        )
        self.summary = "Add a note" if is_private else "Add a comment"

    def to_python(self, value: Any) -> str:
        """Browsers send each line break as two characters; counted and stored is one, as the page counts."""
        return str(super().to_python(value)).replace("\r\n", "\n")


class GroupHeading(LayoutObject):
    """A heading over the questions of one group, such as "I contribute as a leader"."""

    template = "assessments/group_heading.html"

    def __init__(self, title: str) -> None:
        self.title = title
        self.fields: list[Any] = []

    def render(self, form: forms.BaseForm, context: Any, template_pack: str = "", **kwargs: Any) -> str:
        return render_to_string(self.template, {"title": self.title})


class SectionForm(forms.Form):
    """The questions of `section`; `given()` reads back what was changed on this page.

    Each field carries what it showed (`show_hidden_initial`), so that a page left open in another tab or on another
    device changes only what was changed there, and never puts back what it happened to show.
    """

    def __init__(self, data: Any = None, *, sitting: Sitting, section: SectionAsked) -> None:
        super().__init__(data)
        self.section = section
        for question in section.questions:
            self._add(question, sitting)
        self.helper = FormHelper()
        self.helper.layout = Layout(*self._blocks())
        self.helper.add_input(Submit("next", "Save and continue"))
        self.helper.add_input(Submit("stop", "Save and stop for now", css_class="nhsuk-button--secondary"))

    def _add(self, question: Question, sitting: Sitting) -> None:
        self.fields[f"answer-{question.indicator_id}"] = LevelField(
            levels=sitting.levels,
            scale=sitting.scale,
            label=f"{question.number}. {question.text}",
            help_text=question.guidance,
            initial=question.level if question.level is not None else question.non_score,
        )
        self.fields[f"comment-{question.indicator_id}"] = CommentField(
            number=question.number, is_private=sitting.terms.is_individual, initial=question.comment
        )

    def _blocks(self) -> list[Any]:
        blocks: list[Any] = []
        for question in self.section.questions:
            if question.group:
                blocks.append(GroupHeading(question.group))
            blocks.append(Field(f"answer-{question.indicator_id}"))
            blocks.append(Field(f"comment-{question.indicator_id}", template="nhsuk/optional_field.html"))
        return blocks

    def given(self) -> list[GivenAnswer]:
        """What the member changed, one per indicator with a change."""
        changed = set(self.changed_data)
        asked = [question.indicator_id for question in self.section.questions]
        return [self._given(pk, changed) for pk in asked if changed & {f"answer-{pk}", f"comment-{pk}"}]

    def _given(self, indicator_id: int, changed: set[str]) -> GivenAnswer:
        answer, comment = f"answer-{indicator_id}", f"comment-{indicator_id}"
        choice = self.cleaned_data[answer] if answer in changed else ""
        return GivenAnswer(
            indicator_id,
            level=int(choice) if choice.isdecimal() else None,
            non_score=NonScore(choice) if choice and not choice.isdecimal() else None,
            comment=self.cleaned_data[comment] if comment in changed else None,
        )
