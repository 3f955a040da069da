"""Forms about the board's actions."""

import datetime as dt
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils import timezone

from assessments.actions import Planned
from assessments.choices import ActionStatus
from assessments.models import Action
from assessments.models.action import NOTE_LENGTH, WHAT_LENGTH
from assessments.queries.board_actions import NOBODY, Choices, person_key, role_key
from organisations.models import User
from organisations.people.forms import helper

FURTHEST_AHEAD = dt.timedelta(days=10 * 366)
LARGEST_REVISION = 2**31 - 1
KEPT = ("what", "owner", "due_on", "status", "risk")
MEANWHILE = (
    "Somebody else has changed this action since you opened it. Nothing of yours is saved yet. Below is how it stands "
    "now. What you changed is still in the fields; the others show what stands now. Look through them, and save again."
)


def _words(label: str, length: int, *, rows: int, **kwargs: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=length, widget=widget, **kwargs)


class PlannedFields(forms.Form):
    """What is to be done, by whom, until when."""

    what = _words("What will be done?", WHAT_LENGTH, rows=3, error_messages={"required": "Enter what will be done."})
    owner = forms.ChoiceField(
        label="Who sees to it?",
        help_text="A person, or a role if it should pass on to whoever holds the role next.",
        error_messages={"invalid_choice": "Choose somebody who is on the board today, or a role."},
    )
    due_on = forms.DateField(
        label="When is it due? (optional)",
        help_text="For example, 31 3 2027.",
        required=False,
        widget=forms.SelectDateWidget(),
        error_messages={"invalid": "Enter a real due date, with a day, a month and a year."},
    )
    status = forms.ChoiceField(
        label="How far is it?",
        choices=ActionStatus.choices,
        initial=ActionStatus.OPEN,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how far it is."},
    )
    risk = forms.CharField(
        max_length=100,
        label="Risk in the Board Assurance Framework (optional)",
        help_text="Its reference, such as BAF 4.",
        required=False,
    )

    def offer_owners(self, owners: Choices) -> None:
        self.fields["owner"].choices = owners  # type: ignore[attr-defined]

    def clean_due_on(self) -> dt.date | None:
        """Today or later, unless it stays as it was."""
        day: dt.date | None = self.cleaned_data["due_on"]
        today = timezone.localdate()
        if day is None or day == self.initial.get("due_on"):
            return day
        if not today <= day <= today + FURTHEST_AHEAD:
            raise forms.ValidationError("The due date must be today or later, and in the next ten years.")
        return day

    def planned(self) -> Planned:
        """What the valid form says."""
        given = self.cleaned_data
        kind, _, key = given["owner"].partition("-")
        return Planned(
            what=given["what"],
            owner=User.objects.get(pk=key) if kind == "person" else None,
            owner_role=key if kind == "role" else "",
            due_on=given["due_on"],
            status=ActionStatus(given["status"]),
            risk=given["risk"],
        )


class NewActionForm(PlannedFields):
    """An action about a section of a round, or about an indicator."""

    def __init__(self, data: Any = None, *, subjects: Choices, owners: Choices, about: str = "") -> None:
        """`about` is the subject that the page was opened from; anything else leaves the choice open."""
        super().__init__(data, initial={"about": about, "owner": NOBODY})
        self.offer_owners(owners)
        self.fields["about"] = forms.ChoiceField(
            label="What is it about?",
            choices=[("", "Choose"), *subjects],
            error_messages={"required": "Choose what it is about.", "invalid_choice": "Choose what it is about."},
        )
        self.order_fields(["about"])
        self.helper = helper("Add the action")


class ChangeActionForm(PlannedFields):
    """What may change in an action, with a note for its history; holds the revision that the page was made from."""

    note = _words(
        "What happened? (optional)",
        NOTE_LENGTH,
        rows=4,
        required=False,
        help_text="Kept in the action's history with your name. Needed when it is dropped.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=LARGEST_REVISION)

    def __init__(self, data: Any = None, *, action: Action, owners: Choices) -> None:
        super().__init__(data, initial=_as_it_is(action))
        self.action = action
        self.offer_owners(owners)
        for name in KEPT:
            self.fields[name].show_hidden_initial = True
        self.order_fields(["status", "note"])
        self.helper = helper("Save the change")

    def clean(self) -> None:
        dropped = self.cleaned_data.get("status") == ActionStatus.DROPPED != self.initial["status"]
        if dropped and not self.cleaned_data.get("note") and "note" not in self.errors:
            self.add_error("note", "Say why it is dropped.")

    def once_more(self, now: Action, owners: Choices) -> "ChangeActionForm":
        """What was typed over the action as it is `now`, with an error that says so.

        A field that was left as the page showed it takes what somebody else has put there meanwhile.
        """
        fresh = _as_it_is(now)
        typed: dict[str, Any] = dict(self.data.items())
        for name in KEPT:
            typed[self.add_initial_prefix(name)] = fresh[name] or ""
            if name not in self.changed_data:
                typed |= _as_posted(name, fresh[name])
        typed["revision"] = str(now.revision)
        form = ChangeActionForm(typed, action=now, owners=owners)
        form.add_error(None, MEANWHILE)
        return form


def _as_posted(name: str, value: Any) -> dict[str, str]:
    """A field's value as a browser would send it; a date has three boxes."""
    if name != "due_on":
        return {name: value}
    return {f"{name}_{part}": str(getattr(value, part)) if value else "" for part in ("day", "month", "year")}


def _as_it_is(action: Action) -> dict[str, Any]:
    owner = role_key(action.owner_role) if action.owner_role else NOBODY
    return {
        "what": action.what,
        "owner": person_key(action.owner.pk) if action.owner else owner,
        "due_on": action.due_on,
        "status": action.status,
        "risk": action.risk,
        "revision": action.revision,
    }


class ActionFilterForm(forms.Form):
    """Every part may stay empty. Read from the address, so that a filtered list can be kept and sent on."""

    status = forms.ChoiceField(
        label="How far",
        required=False,
        choices=[("", "All"), ("unfinished", "Not finished"), ("overdue", "Overdue"), *ActionStatus.choices],
    )
    section = forms.ChoiceField(label="About", required=False)
    owner = forms.ChoiceField(label="Owner", required=False)

    def __init__(self, data: Any = None, *, sections: Choices, owners: Choices) -> None:
        super().__init__(data)
        self.fields["section"].choices = [("", "All"), *sections]  # type: ignore[attr-defined]
        self.fields["owner"].choices = [("", "All"), *owners]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.add_input(Submit("filter", "Show these actions", css_class="nhsuk-button--secondary"))
