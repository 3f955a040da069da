"""Forms of a digital lead: a new round, its members, its closing."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils import timezone

from assessments.choices import DEFAULT_MINIMUM_GROUP
from assessments.disclosure import SMALLEST_MINIMUM_GROUP
from assessments.models import Round
from assessments.queries.rounds import Offer
from assessments.scoring.types import Scale
from frameworks.models import FrameworkVersion, Section
from organisations.choices import SeatRole
from organisations.models import Organisation, Seat

DAYS_TO_ANSWER = 28
LARGEST_MINIMUM_GROUP = 10


def helper(button: str, **kwargs: Any) -> FormHelper:
    """A crispy helper with one button."""
    crispy = FormHelper()
    crispy.add_input(Submit("save", button, **kwargs))
    return crispy


def future_day(day: dt.date) -> dt.date:
    """`day`, if it is today or later; otherwise a ValidationError."""
    if day < timezone.localdate():
        raise forms.ValidationError("The closing date must be today or later.")
    return day


class SectionChoice(forms.ModelMultipleChoiceField[Section]):
    def label_from_instance(self, section: Section) -> str:
        return section.title


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


class FrameworkForm(forms.Form):
    """Which framework the new round is about."""

    version = forms.ChoiceField(
        label="What should the board score?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a framework."},
    )

    def __init__(self, data: Any = None, *, offers: Sequence[Offer]) -> None:
        super().__init__(data)
        field = self.fields["version"]
        field.choices = [(str(offer.version_id), offer.framework) for offer in offers]  # type: ignore[attr-defined]
        field.hints = {str(offer.version_id): f"{offer.size} {offer.why_not}" for offer in offers}  # type: ignore[attr-defined]
        self.offers = offers
        self.helper = helper("Continue")

    def clean_version(self) -> str:
        """The chosen version's primary key, refused with the reason when a round of it is under way."""
        chosen: str = self.cleaned_data["version"]
        why_not = next(offer.why_not for offer in self.offers if str(offer.version_id) == chosen)
        if why_not:
            raise forms.ValidationError(why_not)
        return chosen


class RoundForm(forms.Form):
    """Scope, target, closing date and minimum group of a new round."""

    closing_on = ClosingDateField()

    def __init__(
        self, data: Any = None, *, version: FrameworkVersion, scale: Scale, round_: Round | None = None
    ) -> None:
        """For a new round of `version`, or for changing the draft `round_`."""
        super().__init__(data, initial=_terms(round_))
        plural = version.framework.section_label_plural
        sections = version.sections.all()
        self.fields["sections"] = SectionChoice(
            queryset=sections,
            initial=[section.pk for section in (round_.sections.all() if round_ else sections)],
            label=f"Which {plural} are in scope?",
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": f"Choose at least one of the {plural}."},
        )
        self.fields["target"] = forms.TypedChoiceField(
            label="Which level is the board aiming for? (optional)",
            help_text="Printed in the report beside the scores.",
            choices=[("", "No target"), *((level.value, f"{level.value}. {level.label}") for level in scale.levels)],
            coerce=int,
            empty_value=None,
            required=False,
        )
        self.fields["minimum_group"] = forms.TypedChoiceField(
            label="Smallest group to show figures for",
            help_text="A figure based on fewer members is withheld, so that nobody can work out who gave which score.",
            choices=[(size, f"{size} members") for size in range(SMALLEST_MINIMUM_GROUP, LARGEST_MINIMUM_GROUP + 1)],
            coerce=int,
        )
        self.order_fields(["sections", "closing_on", "target", "minimum_group"])
        self.helper = helper("Save the changes" if round_ else "Save and choose members")


def _terms(round_: Round | None) -> dict[str, Any]:
    if round_ is None:
        closing_on = timezone.localdate() + dt.timedelta(days=DAYS_TO_ANSWER)
        return {"closing_on": closing_on, "minimum_group": DEFAULT_MINIMUM_GROUP}
    targets = {scoped.target for scoped in round_.scope.all()}
    target = targets.pop() if len(targets) == 1 else None
    return {"closing_on": round_.closing_on, "minimum_group": round_.minimum_group, "target": target}


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


class NewMemberForm(forms.Form):
    """Somebody who is not in the portal for this board yet."""

    name = forms.CharField(
        max_length=150,
        label="Full name",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Enter the member's name."},
    )
    email = forms.EmailField(
        label="Work e-mail address",
        help_text="They sign in with a code that is sent to it.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Enter the member's e-mail address.",
            "invalid": "Enter an e-mail address in the correct format, like name@example.nhs.uk.",
        },
    )
    role = forms.ChoiceField(
        label="Role on the board",
        choices=SeatRole.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the member's role."},
    )

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
