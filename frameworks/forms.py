"""Which version to put beside another."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

from frameworks.models import FrameworkVersion


class CrosswalkForm(forms.Form):
    """Read from the address, so that a crosswalk can be kept and sent on. `chosen` is the version of a valid form."""

    other = forms.ChoiceField(
        label="Put beside",
        error_messages={"required": "Choose a version.", "invalid_choice": "Choose one of the versions in the list."},
    )
    differences = forms.BooleanField(label="Leave out what is the same in both", required=False)

    def __init__(self, data: Any = None, *, versions: list[FrameworkVersion]) -> None:
        super().__init__(data)
        self._versions = {f"{version.framework.code}/{version.code}": version for version in versions}
        names = [(key, f"{version.framework.title}, {version.code}") for key, version in self._versions.items()]
        self.fields["other"].choices = names  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.add_input(Submit("show", "Show side by side", css_class="nhsuk-button--secondary"))

    @property
    def chosen(self) -> FrameworkVersion:
        return self._versions[self.cleaned_data["other"]]
