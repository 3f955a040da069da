"""A list of words as one line of a form."""

import re
from typing import Any

from django import forms


class WordsField(forms.CharField):
    """Words, which the model holds as a list, with commas between them."""

    between = re.compile(r"\s*[,;]\s*")

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        return [word for word in self.between.split(super().clean(value)) if word]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)
