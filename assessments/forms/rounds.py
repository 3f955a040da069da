"""Forms of a digital lead about a round that is there: its members, its closing."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from assessments.models import Round
from organisations.models import Organisation, Seat
from organisations.people.forms import PersonFields, helper


def future_day(day: dt.date) -> dt.date:
    """`day`, if it is today or later; otherwise a ValidationError."""
    if day < timezone.localdate():
        raise forms.ValidationError("The closing date must be today or later.")
    return day


class SeatChoice(forms.ModelMultipleChoiceField[Seat]):
    def label_from_instance(self, seat: Seat) -> str:
        lead = " (digital lead)" if seat.is_digital_lead else ""
        return f"{seat.person.name}, {seat.get_role_display().lower()}{lead}"


class ClosingDateField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="When does the round close?",
            help_text="Members can answer until the end of this day. For example, 31 3 2027.",
            widget=forms.SelectDateWidget(),
            error_messages={
                "required": "Enter the closing date.",
                "invalid": "Enter a real closing date, with a day, a month and a year.",
            },
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        return future_day(super().clean(value))


class MembersForm(forms.Form):
    """Who of the board is invited."""

    def __init__(self, data: Any = None, *, organisation: Organisation, seats: Sequence[Seat]) -> None:
        super().__init__(data)
        self.fields["seats"] = SeatChoice(
            queryset=organisation.seats.filter(pk__in=[seat.pk for seat in seats]).select_related("person"),
            initial=[seat.pk for seat in seats],
            label="Who takes part?",
            help_text="Everyone with a seat on the board is ticked. Untick whoever does not take part.",
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Choose at least one member."},
        )
        self.helper = helper("Add to the round")


class NewMemberForm(PersonFields):
    """Somebody who is not in the portal for this board yet."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.helper = helper("Add to the board and the round")


class ClosingDateForm(forms.Form):
    """A later closing date of an open round."""

    closing_on = ClosingDateField()

    def __init__(self, data: Any = None, *, round_: Round) -> None:
        super().__init__(data, initial={"closing_on": round_.closing_on})
        self.helper = helper("Move the closing date")


class CloseForm(forms.Form):
    """Whether unsubmitted answers count; asked only when there are any."""

    def __init__(self, data: Any = None, *, unsubmitted: int) -> None:
        super().__init__(data)
        if unsubmitted:
            self.fields["count_unsubmitted"] = forms.TypedChoiceField(
                label=f"Count the answers of the {unsubmitted} who started but did not submit?",
                help_text="This is chosen once, before anybody sees a result. The report says what was chosen.",
                choices=[
                    ("no", "No, count submitted answers only"),
                    ("yes", "Yes, count what they have answered so far"),
                ],
                coerce=lambda choice: choice == "yes",
                widget=forms.RadioSelect,
                error_messages={"required": "Choose whether unsubmitted answers count."},
            )
        self.helper = helper("Close the round now", css_class="nhsuk-button--warning")
