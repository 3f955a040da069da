"""Which lines of the trail to show."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

from organisations.choices import AuditedEvent


def _day(label: str, help_text: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.SelectDateWidget(),
        error_messages={"invalid": "Enter a real date, with a day, a month and a year."},
    )


class TrailFilterForm(forms.Form):
    """Every part may stay empty. Read from the address, so that a filtered page can be kept and sent on."""

    event = forms.ChoiceField(
        label="What happened", required=False, choices=[("", "Anything"), *AuditedEvent.choices]
    )  # fmt: skip
    since = _day("From", "For example, 31 3 2027. This day is included.")
    until = _day("To", "This day is included.")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.add_input(Submit("filter", "Show these lines", css_class="nhsuk-button--secondary"))

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "The last day must not be before the first one.")
        return cleaned
