"""Forms for what the board agreed."""

import datetime as dt
from fractions import Fraction
from typing import Any

from django import forms
from django.utils import timezone

from assessments.actions import Settled
from assessments.choices import AgreedBy
from assessments.models import Round
from assessments.models.position import REASON_LENGTH
from assessments.queries.content import Content
from assessments.queries.discussion import Item
from assessments.queries.positions import Position

IN_THE_FUTURE = "The day on which the board agreed cannot be in the future."
BEFORE_THE_ROUND = "The board cannot have agreed before the round opened."


class AgreedOnField(forms.DateField):
    """The day of the meeting: not before the round opened, and not after today."""

    def __init__(self, round_: Round) -> None:
        super().__init__(
            label="When did the board agree?",
            help_text="For example, 31 3 2027.",
            widget=forms.SelectDateWidget(),
            initial=timezone.localdate,
            error_messages={
                "required": "Enter the day on which the board agreed.",
                "invalid": "Enter a real day, with a day, a month and a year.",
            },
        )
        self.opened_at = round_.opened_at

    def clean(self, value: Any) -> Any:
        day: dt.date = super().clean(value)
        if day > timezone.localdate():
            raise forms.ValidationError(IN_THE_FUTURE)
        if self.opened_at and day < timezone.localdate(self.opened_at):
            raise forms.ValidationError(BEFORE_THE_ROUND)
        return day


class AcceptMediansForm(forms.Form):
    """When the board accepted the medians on the page; which those are, the page carries beside it."""

    def __init__(self, data: Any = None, *, round_: Round) -> None:
        super().__init__(data)
        self.fields["agreed_on"] = AgreedOnField(round_)


class PositionForm(forms.Form):
    """What the board agreed for one indicator. `seen` is the mark of what the page showed as recorded."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=50)

    def __init__(self, data: Any = None, *, round_: Round, item: Item, content: Content) -> None:
        super().__init__(data, initial=_recorded(item.agreed))
        self.median = _as_level(item.score.median, content)
        self.fields["level"] = forms.TypedChoiceField(
            label="Which level does the board agree on?",
            choices=[(level.value, f"{level.value}. {level.label}") for level in content.levels],
            coerce=int,
            widget=forms.RadioSelect,
            error_messages={"required": "Choose the level that the board agreed on."},
        )
        self.fields["method"] = forms.ChoiceField(
            label="How did the board come to it?",
            choices=[choice for choice in AgreedBy.choices if choice[0] != AgreedBy.MEDIAN or self.median is not None],
            widget=forms.RadioSelect,
            error_messages={"required": "Choose how the board came to it."},
        )
        self.fields["reason"] = _words("Reason (optional)", "Printed in the board report.")
        self.fields["dissent"] = _words(
            "Dissent (optional)", "What was held against it. Do not write by whom. Printed in the board report."
        )
        self.fields["agreed_on"] = AgreedOnField(round_)
        self.initial.setdefault("method", AgreedBy.DISCUSSION)

    def clean(self) -> None:
        """Whoever accepts the median accepts that level and no other."""
        level, method = self.cleaned_data.get("level"), self.cleaned_data.get("method")
        if method == AgreedBy.MEDIAN and level is not None and level != self.median:
            self.add_error("method", f"The members' median is {self.median}. Choose that level, or how else it came.")

    @property
    def settled(self) -> Settled:
        """What was entered, once it is valid."""
        entered = self.cleaned_data
        return Settled(
            level=entered["level"],
            method=AgreedBy(entered["method"]),
            agreed_on=entered["agreed_on"],
            reason=entered["reason"],
            dissent=entered["dissent"],
        )

    @property
    def typed(self) -> tuple[tuple[str, str], ...]:
        """What was entered, in words."""
        levels = dict(self.fields["level"].choices)  # type: ignore[attr-defined]  # a choice field
        entered = self.settled
        return (
            ("Level", str(levels[entered.level])),
            ("How", str(entered.method.label)),
            ("Reason", entered.reason),
            ("Dissent", entered.dissent),
        )

    def show_as_seen(self, mark: str) -> None:
        """From here on the page shows what is recorded under `mark`, so that saving it again is meant."""
        self.data = {**{name: self.data.get(name) for name in self.data}, "seen": mark}


def _recorded(agreed: Position | None) -> dict[str, Any]:
    if agreed is None:
        return {}
    return {
        "seen": agreed.mark,
        "level": agreed.level,
        "method": agreed.method_code,
        "reason": agreed.reason,
        "dissent": agreed.dissent,
        "agreed_on": agreed.agreed_on,
    }


def _as_level(median: Fraction | None, content: Content) -> int | None:
    """The median where it is a level and may be shown."""
    return next((level.value for level in content.levels if median is not None and level.value == median), None)


def _words(label: str, hint: str) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3, "maxlength": str(REASON_LENGTH)})
    return forms.CharField(label=label, help_text=hint, widget=area, max_length=REASON_LENGTH, required=False)
