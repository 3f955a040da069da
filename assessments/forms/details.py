"""Fields behind a line that opens: what most people leave as it is."""

from typing import Any

from crispy_forms.layout import LayoutObject
from django import forms
from django.template.loader import render_to_string


class Details(LayoutObject):
    """NHS.UK details around fields; open where one of them was refused, so that its message is in sight."""

    def __init__(self, summary: str, *fields: str) -> None:
        self.summary, self.fields = summary, list(fields)

    def render(self, form: forms.Form, context: Any, template_pack: str = "nhsuk", **kwargs: Any) -> str:
        fields = self.get_rendered_fields(form, context, template_pack, **kwargs)
        is_open = any(name in form.errors for name in self.fields)
        page = {"summary": self.summary, "fields": fields, "is_open": is_open}
        return render_to_string("nhsuk/layout/details.html", page)
