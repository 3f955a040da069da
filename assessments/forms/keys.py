"""Choosing rows by their keys."""

from typing import Any, TypeVar

from django import forms
from django.db.models import Model

Row = TypeVar("Row", bound=Model)
MOST_DIGITS = 18  # of a number that a database can hold


class KeysField(forms.ModelMultipleChoiceField[Row]):
    """As Django's, but a key that no database could hold is refused like any other that is not on offer."""

    def clean(self, value: Any) -> Any:
        for key in value or ():
            if len(str(key)) > MOST_DIGITS:
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": key}
                )
        return super().clean(value)
