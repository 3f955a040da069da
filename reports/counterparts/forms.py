"""The form with which a digital lead releases figures."""

from typing import Any

from django import forms

from organisations.people.forms import helper


class ReleaseForm(forms.Form):
    """`seen` is the ODS code of the ICB that the page named."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=5)
    agreed = forms.BooleanField(
        label="The board, or its chair for the board, has agreed to this",
        error_messages={"required": "Confirm that the board, or its chair, has agreed to release the figures."},
    )

    def __init__(self, data: Any = None, *, icb_code: str) -> None:
        super().__init__(data, initial={"seen": icb_code})
        self.helper = helper("Release the figures")
        self.helper.summary_on_page = True
