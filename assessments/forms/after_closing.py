"""Forms for a closed round: opening it again, choosing comments."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from assessments.forms.rounds import ClosingDateField
from assessments.models.response import COMMENT_LENGTH
from assessments.queries.results import IndicatorComments
from organisations.people.forms import helper

DAYS_TO_ANSWER = 7


class ReopenForm(forms.Form):
    """Why, and until when."""

    reason = forms.CharField(
        label="Why is the round opened again?",
        help_text="It is kept with the round, and members and leads of the board can read it.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=COMMENT_LENGTH,
        error_messages={"required": "Say why the round is opened again."},
    )
    closing_on = ClosingDateField()

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"closing_on": timezone.localdate() + dt.timedelta(days=DAYS_TO_ANSWER)})
        self.helper = helper("Open the round again", css_class="nhsuk-button--warning")


class CommentsForm(forms.Form):
    """One group of boxes an indicator; ticked is what the report prints."""

    def __init__(self, data: Any = None, *, indicators: Sequence[IndicatorComments]) -> None:
        super().__init__(data)
        for about in indicators:
            self.fields[f"indicator-{about.indicator_id}"] = forms.TypedMultipleChoiceField(
                label=about.text,
                choices=[(comment.comment_id, comment.text) for comment in about.comments],
                initial=[comment.comment_id for comment in about.comments if comment.is_in_report],
                widget=forms.CheckboxSelectMultiple,
                coerce=int,
                required=False,
            )
        self.helper = helper("Save what the report prints")

    @property
    def chosen(self) -> list[int]:
        """The keys of the comments that are ticked, once the form is valid."""
        return [key for keys in self.cleaned_data.values() for key in keys]
