"""Forms about the people on a board."""

import datetime as dt
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils import timezone

from organisations.choices import SeatRole
from organisations.models import Organisation, Seat
from organisations.people.listed import LARGEST_LIST, MOST_PEOPLE, Listed, Unreadable, decoded, read_list

LEAD_LABEL = "Is a digital lead"
LEAD_HINT = "Runs rounds, exports reports and manages the people on the board."
FURTHEST_AHEAD = dt.timedelta(days=5 * 366)


def helper(button: str, **kwargs: Any) -> FormHelper:
    """A crispy helper with one button."""
    crispy = FormHelper()
    crispy.add_input(Submit("save", button, **kwargs))
    return crispy


class RoleField(forms.ChoiceField):
    def __init__(self) -> None:
        super().__init__(
            label="Role on the board",
            choices=SeatRole.choices,
            widget=forms.RadioSelect,
            error_messages={"required": "Choose the member's role."},
        )


class PersonFields(forms.Form):
    """Somebody who is not on this board yet."""

    name = forms.CharField(
        max_length=150,
        label="Full name",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Enter the member's name."},
    )
    email = forms.EmailField(
        max_length=254,
        label="Work e-mail address",
        help_text="They sign in with a code that is sent to it.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Enter the member's e-mail address.",
            "invalid": "Enter an e-mail address in the correct format, like name@example.nhs.uk.",
        },
    )
    role = RoleField()


class PersonForm(PersonFields):
    """As above, with the choice to make them a digital lead."""

    is_digital_lead = forms.BooleanField(label=LEAD_LABEL, help_text=LEAD_HINT, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.helper = helper("Add to the board")


class SeatForm(forms.Form):
    """What can change in a seat."""

    role = RoleField()
    is_digital_lead = forms.BooleanField(label=LEAD_LABEL, help_text=LEAD_HINT, required=False)

    def __init__(self, data: Any = None, *, seat: Seat) -> None:
        super().__init__(data, initial={"role": seat.role, "is_digital_lead": seat.is_digital_lead})
        self.helper = helper("Save the change")


class EndSeatForm(forms.Form):
    """The last day in a seat."""

    ends_on = forms.DateField(
        label="What is the last day in the seat?",
        help_text="They can sign in and answer for this board until the end of this day. For example, 31 3 2027.",
        widget=forms.SelectDateWidget(),
        error_messages={
            "required": "Enter the last day in the seat.",
            "invalid": "Enter a real day, with a day, a month and a year.",
        },
    )

    def __init__(self, data: Any = None, *, seat: Seat) -> None:
        super().__init__(data, initial={"ends_on": seat.ends_on or max(seat.starts_on, timezone.localdate())})
        self.helper = helper("End the seat", css_class="nhsuk-button--warning")

    def clean_ends_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["ends_on"]
        if day > timezone.localdate() + FURTHEST_AHEAD:
            raise forms.ValidationError("Enter a day in the next five years.")
        return day


class PeopleListForm(forms.Form):
    """A list, pasted or uploaded. Once it is valid, `people` holds its lines and `text` the list as text."""

    file = forms.FileField(
        label="Upload a CSV file",
        help_text="As a spreadsheet saves it.",
        widget=forms.FileInput(),
        allow_empty_file=True,
        required=False,
    )
    text = forms.CharField(
        label="Or paste the list here",
        help_text="For example: Ada Quince, ada.quince@example.nhs.uk, NED, no",
        widget=forms.Textarea(attrs={"rows": 10}),
        strip=False,  # lines are counted as they were typed
        required=False,
    )
    people: list[Listed]
    text_read: str

    def __init__(self, data: Any = None, files: Any = None, *, text: str = "") -> None:
        super().__init__(data, files, initial={"text": text})
        self.helper = helper("Show me what this would do")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and (file.size or 0) > 2 * LARGEST_LIST:  # UTF-16 takes twice the room
            raise forms.ValidationError(f"The file is too large for a list of {MOST_PEOPLE} people.")
        return file

    def clean(self) -> None:
        """Read the list; what is wrong with it as a whole is said beside the field that it came by."""
        file, text = self.cleaned_data.get("file"), self.cleaned_data.get("text", "")
        if self.errors:
            return
        if not file and not text.strip():
            raise forms.ValidationError("Upload a file or paste a list.")
        if file and text.strip():
            raise forms.ValidationError("Upload a file or paste a list, not both.")
        try:
            self.text_read = decoded(file.read()) if file else text
            self.people = read_list(self.text_read)
        except Unreadable as reason:
            self.add_error("file" if file else "text", str(reason))


class ConfirmListForm(forms.Form):
    """Carries the list from the preview to the confirmation; nothing is kept on the server between the two."""

    text = forms.CharField(widget=forms.HiddenInput())

    def __init__(self, *, text: str, good: int) -> None:
        super().__init__(initial={"text": text})
        self.helper = FormHelper()
        if good:
            self.helper.add_input(Submit("confirm", f"Save {good} {'person' if good == 1 else 'people'}"))
        self.helper.add_input(Submit("edit", "Change the list", css_class="nhsuk-button--secondary"))


class ActForForm(forms.Form):
    """Which of one's organisations to act for."""

    organisation = forms.ChoiceField(
        label="Organisation",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose an organisation.",
            "invalid_choice": "Choose one of the organisations on whose board you sit today.",
        },
    )

    def __init__(self, data: Any = None, *, organisations: tuple[Organisation, ...]) -> None:
        super().__init__(data)
        choices = [(organisation.ods_code, organisation.name) for organisation in organisations]
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]
        self.helper = helper("Continue")
