"""Forms about reminders."""

from typing import Any

from django import forms

from assessments.models.notice import REMARK_LENGTH
from organisations.people.forms import helper


class ReminderForm(forms.Form):
    """What the lead adds to the portal's own words."""

    remark = forms.CharField(
        label="Your note (optional)",
        help_text="It stands in the e-mail under your name. Do not mention anybody's answers.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=REMARK_LENGTH,
        required=False,
        error_messages={"max_length": f"The note can have at most {REMARK_LENGTH:,} characters."},
    )

    def __init__(self, data: Any = None, *, button: str) -> None:
        super().__init__(data)
        self.helper = helper(button)
