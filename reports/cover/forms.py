"""Forms for the cover of a board paper: an organisation's usual one, and that of one round's report."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from organisations.people.forms import helper
from reports.content.document import Fact
from reports.cover.paper import FIELDS, STANDING, Paper
from reports.models import Assurance, ProtectiveMarking, Purpose
from reports.models.paper import LINE, SUMMARY_LENGTH, WORDS

NOT_SAID = ("", "Leave it out")


def _line(label: str, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=LINE, required=False)


def _words(label: str, hint: str, *, rows: int = 3, longest: int = WORDS) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows, "maxlength": str(longest)})
    return forms.CharField(label=label, help_text=hint, widget=area, max_length=longest, required=False)


def _one_of(label: str, choices: list[tuple[str, str]], hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, help_text=hint, choices=[*choices, NOT_SAID], required=False)


class UsualCoverForm(forms.Form):
    """What is mostly the same on all papers. `seen` is the mark of the cover that the page showed."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=50)
    meeting = _line("Meeting", "For example, Board of directors, public session.")
    author = _line("Author", "Name and job title.")
    lead_director = _line("Lead director", "Name and job title.")
    purpose = _one_of("Purpose", Purpose.choices)
    assurance = _one_of("Assurance level", Assurance.choices, "How much assurance this paper gives, in your judgement.")
    assurance_framework = _words("Links to the Board Assurance Framework", "For example, the numbers of the risks.")
    considered_by = _words("Previously considered by", "Committees, with dates.")
    protective_marking = _one_of(
        "Protective marking", ProtectiveMarking.choices, "Printed on every page of the report."
    )

    def __init__(self, data: Any = None, *, paper: Paper, seen: str) -> None:
        super().__init__(data, initial={name: getattr(paper, name) for name in FIELDS} | {"seen": seen})
        self.helper = self._helper()
        self.theirs: tuple[Fact, ...] = ()  # what somebody else wrote meanwhile

    def _helper(self) -> FormHelper:
        return helper("Save the usual cover")

    @property
    def paper(self) -> Paper:
        """What was entered, once it is valid."""
        return Paper(**{name: self.cleaned_data[name] for name in STANDING})

    def show_as_seen(self, mark: str) -> None:
        """From here on the page shows what stands under `mark`, so that saving it again is meant."""
        self.data = {**{name: self.data.get(name) for name in self.data}, "seen": mark}


class CoverForm(UsualCoverForm):
    """The cover of one round's report."""

    meeting_on = forms.DateField(
        label="Date of the meeting (optional)",
        help_text="For example, 31 3 2027.",
        widget=forms.SelectDateWidget(),
        required=False,
        error_messages={"invalid": "Enter a real day, with a day, a month and a year."},
    )
    agenda_item = _line("Agenda item", "For example, 7.")
    recommendation = _words(
        "The board is asked to (optional)",
        "A line for each thing that it is asked to do. Left empty, the report asks it to note the results, to discuss "
        "what stands out and to agree next steps.",
        rows=4,
    )
    own_summary = _words(
        "Executive summary in your own words (optional)",
        "Left empty, the sentences above are printed. Do not name members.",
        rows=8,
        longest=SUMMARY_LENGTH,
    )

    field_order = ("seen", "own_summary", "recommendation", "meeting", "meeting_on", "agenda_item", *STANDING[1:])

    def __init__(self, data: Any = None, *, paper: Paper, seen: str, summary_now: str) -> None:
        """`summary_now` is the digest of the generated sentences that the page shows."""
        super().__init__(data, paper=paper, seen=seen)
        self.summary_now, self.stood = summary_now, paper

    def _helper(self) -> FormHelper:
        return helper("Save the cover")

    @property
    def paper(self) -> Paper:
        """What was entered; a summary that was not touched still rests on the figures it was written against."""
        entered = {name: self.cleaned_data[name] for name in FIELDS if name != "summary_seen"}
        same = entered["own_summary"] == self.stood.own_summary
        seen = self.stood.summary_seen if same else self.summary_now
        return Paper(**entered, summary_seen=seen if entered["own_summary"] else "")
