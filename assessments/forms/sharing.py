"""With whom a member shares their self-assessment."""

from collections.abc import Sequence
from typing import Any

from django import forms

from assessments.queries.sharing import Chair
from assessments.reasons import NOT_THE_CHAIR
from organisations.people.forms import helper


class ShareForm(forms.Form):
    """One chair is named on the button; of several, the member chooses.

    The person is sent along either way, so that whoever became chair while the page was open is not given it.
    """

    def __init__(self, data: Any = None, *, chairs: Sequence[Chair]) -> None:
        super().__init__(data)
        only = chairs[0] if len(chairs) == 1 else None
        self.fields["chair"] = forms.ChoiceField(
            label="With whom do you want to share it?",
            choices=[(str(chair.person_id), chair.name) for chair in chairs],
            widget=forms.HiddenInput if only else forms.RadioSelect,
            initial=only.person_id if only else None,
            error_messages={"required": "Choose with whom to share.", "invalid_choice": NOT_THE_CHAIR},
        )
        self.helper = helper(f"Share with {only.name}" if only else "Share")
        self.helper.summary_on_page = True
