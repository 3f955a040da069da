"""The form of one section: a set of radios and a comment for each indicator."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout, LayoutObject, Submit
from django import forms
from django.template.loader import render_to_string

from assessments.actions import GivenAnswer
from assessments.models.response import COMMENT_LENGTH
from assessments.queries.sitting import Question, SectionAsked, Sitting
from assessments.scoring.types import NonScore, Scale

ONLY_YOU = "Only you will see this."
WITHOUT_NAME = "After closing, the digital lead can bring it to the board, without your name."


class LevelField(forms.ChoiceField):
    """Levels with their descriptions, and non-scores set apart from them by an "or"."""

    label_classes = "nhsuk-fieldset__legend--m"

    def __init__(self, *, scale: Scale, highest_first: bool, **kwargs: Any) -> None:
        levels = list(reversed(scale.levels)) if highest_first else list(scale.levels)
        choices = [(str(level.value), f"{level.value}. {level.label}") for level in levels]
        choices += [(choice.code.value, choice.label) for choice in scale.non_scores]
        super().__init__(choices=choices, widget=forms.RadioSelect, required=False, **kwargs)
        self.hints = {str(level.value): level.description for level in levels}
        self.hints |= {choice.code.value: choice.description for choice in scale.non_scores}
        self.divider_before = scale.non_scores[0].code.value if scale.non_scores else None


class CommentField(forms.CharField):
    """A comment that stays folded away until somebody wants to write one."""

    def __init__(self, *, is_private: bool, **kwargs: Any) -> None:
        super().__init__(
            label="Your note" if is_private else "Comment for the board",
            help_text=ONLY_YOU if is_private else WITHOUT_NAME,
            required=False,
            max_length=COMMENT_LENGTH,
            widget=forms.Textarea(attrs={"rows": 4}),
            **kwargs,
        )
        self.summary = "Add a note" if is_private else "Add a comment"


class GroupHeading(LayoutObject):
    """A heading over the questions of one group, such as "I contribute as a leader"."""

    template = "assessments/group_heading.html"

    def __init__(self, title: str) -> None:
        self.title = title
        self.fields: list[Any] = []

    def render(self, form: forms.BaseForm, context: Any, template_pack: str = "", **kwargs: Any) -> str:
        return render_to_string(self.template, {"title": self.title})


class SectionForm(forms.Form):
    """The questions of `section`; `given()` reads the valid form back as answers."""

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
            scale=sitting.scale,
            highest_first=sitting.highest_first,
            label=f"{question.number}. {question.text}",
            help_text=question.guidance,
            initial=question.level if question.level is not None else question.non_score,
        )
        self.fields[f"comment-{question.indicator_id}"] = CommentField(
            is_private=sitting.terms.is_individual, initial=question.comment
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
        """The member's choices, one per indicator of the section, unanswered ones included."""
        return [self._given(question.indicator_id) for question in self.section.questions]

    def _given(self, indicator_id: int) -> GivenAnswer:
        choice = self.cleaned_data[f"answer-{indicator_id}"]
        comment = self.cleaned_data[f"comment-{indicator_id}"]
        if choice.isdecimal():
            return GivenAnswer(indicator_id, level=int(choice), comment=comment)
        return GivenAnswer(indicator_id, non_score=NonScore(choice) if choice else None, comment=comment)
