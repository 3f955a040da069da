"""Forms of a digital lead who starts a round: anew, or as last time."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone

from assessments.choices import DEFAULT_MINIMUM_GROUP
from assessments.disclosure import SMALLEST_MINIMUM_GROUP
from assessments.models import Round
from assessments.models.round import REMINDER_DAYS
from assessments.queries.board_since import Newcomers
from assessments.queries.rounds import Offer, days_before, reminders_in_words
from assessments.scoring.types import Scale
from frameworks.models import FrameworkVersion, Section
from organisations.models import Organisation, Seat
from organisations.people.forms import helper

from .details import Details
from .keys import KeysField
from .rounds import ClosingDateField, SeatChoice

DAYS_TO_ANSWER = 28
LARGEST_MINIMUM_GROUP = 10
DAYS_OFFERED = (14, 7, 3, 2, 1)
NO_TARGET = "none"


class SectionChoice(KeysField[Section]):
    def label_from_instance(self, section: Section) -> str:
        return section.title


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
        field.hints = {str(offer.version_id): offer.in_words for offer in offers}  # type: ignore[attr-defined]
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
    """Closing date, target, scope and terms of a draft; the last two behind lines that open.

    `terms()` gives them in the words of the actions.
    """

    closing_on = ClosingDateField()

    def __init__(self, data: Any = None, *, version: FrameworkVersion, scale: Scale, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.plural = version.framework.section_label_plural
        self.sections = list(version.sections.all())
        self.levels = [(str(level.value), f"{level.value}. {level.label}") for level in scale.levels]
        self._add_scope(version)
        self._add_targets()
        self._add_privacy_and_reminders()

    def _add_scope(self, version: FrameworkVersion) -> None:
        self.fields["sections"] = SectionChoice(
            queryset=version.sections.all(),
            label=f"Which {self.plural} are in scope?",
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": f"Choose at least one of the {self.plural}."},
        )

    def _add_targets(self) -> None:
        self.fields["target"] = forms.ChoiceField(
            label="Which level is the board aiming for? (optional)",
            help_text="Printed in the report beside the scores.",
            choices=[("", "No target"), *self.levels],
            required=False,
        )
        own = [("", "The same as the others"), *self.levels, (NO_TARGET, "No target")]
        for section in self.sections:
            self.fields[_target_of(section)] = forms.ChoiceField(label=section.title, choices=own, required=False)

    def _add_privacy_and_reminders(self) -> None:
        self.fields["minimum_group"] = forms.TypedChoiceField(
            label="Smallest group to show figures for",
            help_text="A figure based on fewer members is withheld, so that nobody can work out who gave which score.",
            choices=[(size, f"{size} members") for size in range(SMALLEST_MINIMUM_GROUP, LARGEST_MINIMUM_GROUP + 1)],
            coerce=int,
        )
        days = sorted({*DAYS_OFFERED, *self.initial["reminder_days"]}, reverse=True)
        self.fields["reminder_days"] = forms.TypedMultipleChoiceField(
            label="When are members reminded who have not submitted yet?",
            help_text="Nobody is reminded more than once a day, and nobody who has submitted.",
            choices=[(day, f"{days_before(day)} before closing") for day in days],
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )

    def _behind_lines(self) -> tuple[Details, ...]:
        """What has sensible defaults; each line says how it is now."""
        chosen, of = len(self.initial["sections"]), len(self.sections)
        scope = f"all {of} {self.plural}" if chosen == of else f"{chosen} of {of} {self.plural}"
        reminders = reminders_in_words(self.initial["reminder_days"]).lower()
        return (
            Details(
                f"A different target for some of the {self.plural}", *(_target_of(section) for section in self.sections)
            ),
            Details(f"Scope: {scope}", "sections"),
            Details(f"Privacy: figures from {self.initial['minimum_group']} members up", "minimum_group"),
            Details(f"Reminders: {reminders}", "reminder_days"),
        )

    def terms(self) -> dict[str, Any]:
        """Scope and terms as `start_round` and `change_round` take them, once the form is valid."""
        given = self.cleaned_data
        own = {section.pk: given[_target_of(section)] for section in self.sections}
        return {
            "sections": given["sections"],
            "closing_on": given["closing_on"],
            "target": _level(given["target"]),
            "targets": {key: _level(choice) for key, choice in own.items() if choice},
            "minimum_group": given["minimum_group"],
            "reminder_days": given["reminder_days"],
        }


class NewRoundForm(RoundForm):
    """A new round, members included."""

    def __init__(
        self,
        data: Any = None,
        *,
        organisation: Organisation,
        version: FrameworkVersion,
        scale: Scale,
        seats: Sequence[Seat],
    ) -> None:
        """`seats` are those held today: all of them take part unless unticked."""
        super().__init__(data, version=version, scale=scale, initial=_usual(version))
        self.fields["seats"] = SeatChoice(
            queryset=organisation.seats.filter(pk__in=[seat.pk for seat in seats]).select_related("person"),
            initial=[seat.pk for seat in seats],
            label="Who takes part?",
            help_text="Everyone with a seat on the board is ticked. You can add others later. Nothing is sent yet.",
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.helper = helper("Save the draft")
        self.helper.layout = Layout("closing_on", "target", *self._behind_lines(), "seats")


class ChangeRoundForm(RoundForm):
    """Scope and terms of a draft, as they are."""

    def __init__(self, data: Any = None, *, round_: Round, scale: Scale) -> None:
        super().__init__(data, version=round_.version, scale=scale, initial=_as_it_is(round_))
        self.helper = helper("Save the changes")
        self.helper.layout = Layout("closing_on", "target", *self._behind_lines())


class AsLastTimeForm(forms.Form):
    """All that a round as last time asks: until when, and who of those that were not in it."""

    closing_on = ClosingDateField()

    def __init__(self, data: Any = None, *, organisation: Organisation, newcomers: Newcomers) -> None:
        super().__init__(data, initial={"closing_on": _in_four_weeks()})
        if newcomers.seats:
            keys = [seat.pk for seat in newcomers.seats]
            self.fields["seats"] = SeatChoice(
                queryset=organisation.seats.filter(pk__in=keys).select_related("person").order_by("person__name"),
                initial=sorted(newcomers.joined),
                label="Who else takes part?",
                help_text="On the board today and not in the last round. Whoever has joined since is ticked.",
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        self.helper = helper("Save the draft")


def _target_of(section: Section) -> str:
    return f"target-{section.code}"


def _level(choice: str) -> int | None:
    return int(choice) if choice.isdecimal() else None


def _in_four_weeks() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=DAYS_TO_ANSWER)


def _usual(version: FrameworkVersion) -> dict[str, Any]:
    return {
        "closing_on": _in_four_weeks(),
        "sections": [section.pk for section in version.sections.all()],
        "minimum_group": DEFAULT_MINIMUM_GROUP,
        "reminder_days": REMINDER_DAYS,
    }


def _as_it_is(round_: Round) -> dict[str, Any]:
    """The level that most sections aim for is the one for all; the others have their own."""
    scope = list(round_.scope.select_related("section"))
    usual = Counter(scoped.target for scoped in scope).most_common(1)[0][0] if scope else None
    own = {
        _target_of(scoped.section): NO_TARGET if scoped.target is None else str(scoped.target)
        for scoped in scope
        if scoped.target != usual
    }
    return {
        "closing_on": round_.closing_on,
        "sections": [scoped.section_id for scoped in scope],
        "target": "" if usual is None else str(usual),
        "minimum_group": round_.minimum_group,
        "reminder_days": round_.reminder_days,
        **own,
    }
