"""Template tags that draw the NHS.UK design system.

`{% nhsuk "tag" text="Open" %}` calls the NHS.UK macro of that name; `{% nhsuk_field field %}` draws a Django form field
with the right one. The crispy-forms pack in templates/nhsuk/ is built on the second, so that `{% crispy form %}` gives
NHS.UK markup. A parameter `hint__text="…"` is passed as `{"hint": {"text": "…"}}`.
"""

import json
import re
from functools import cache, lru_cache
from typing import Any

import jinja2
from django import forms, template
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.boundfield import BoundField
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

Params = dict[str, Any]

# Components are kept in memory by their parameters, but only while those hold no typed text: nobody's words stay.
TEXT_AREAS = frozenset({"textarea", "characterCount"})
WITHOUT_TYPED_TEXT = frozenset({"radios", "checkboxes", "button", "tag", "backLink"})


@cache
def environment() -> jinja2.Environment:
    """Where the NHS.UK macros are read from, once."""
    return jinja2.Environment(
        undefined=jinja2.ChainableUndefined,
        loader=jinja2.PackageLoader("nhsuk_frontend_jinja"),
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def draw(component: str, params: Params) -> SafeString:
    """HTML of an NHS.UK component, named as its macro is (camelCase)."""
    if component in WITHOUT_TYPED_TEXT or params.get("value") == "":
        return _draw_cached(component, json.dumps(params, sort_keys=True))
    if component in TEXT_AREAS:
        return _filled(draw(component, params | {"value": ""}), params["value"])
    return _draw(component, params)


def _filled(empty: SafeString, text: str) -> SafeString:
    """A text area that was drawn empty, and so may be kept in memory, with what somebody typed."""
    return SafeString(empty.replace("></textarea>", f">{escape(text)}</textarea>", 1))


@lru_cache(maxsize=8192)
def _draw_cached(component: str, params: str) -> SafeString:
    return _draw(component, json.loads(params))


def _draw(component: str, params: Params) -> SafeString:
    folder = re.sub(r"(?<!^)(?=[A-Z])", "-", component).lower()
    macro = getattr(environment().get_template(f"nhsuk/components/{folder}/macro.jinja").module, component)
    return mark_safe(str(macro(params)))  # noqa: S308 - the macros escape every parameter


@register.simple_tag(name="nhsuk")
def nhsuk_component(component: str, **params: Any) -> SafeString:
    """Draw a component from flat keyword parameters; `a__b=1` means `{"a": {"b": 1}}`."""
    nested: Params = {}
    for key, value in params.items():
        *path, last = key.split("__")
        target = nested
        for step in path:
            target = target.setdefault(step, {})
        target[last] = str(value) if isinstance(value, str) else value
    return draw(component, nested)


@register.simple_tag
def nhsuk_draw(component: str, params: Params) -> SafeString:
    """Draw a component from parameters that a view has put together, in the macro's own words."""
    return draw(component, params)


@register.filter
def nhsuk_classes(classes: str) -> str:
    """Only the design system's classes and our own: crispy-forms puts Bootstrap's on its buttons."""
    return " ".join(name for name in classes.split() if name.startswith(("nhsuk-", "app-")))


@register.simple_tag
def nhsuk_field(field: BoundField) -> SafeString:
    """Draw a bound form field: label or legend, hint, error message and the control."""
    widget = field.field.widget
    if widget.is_hidden:
        return mark_safe(str(field))  # noqa: S308 - Django renders hidden inputs escaped
    for kind, painter in PAINTERS:
        if isinstance(widget, kind):
            component, params = painter(field)
            return draw(component, params) + _as_shown(field)
    raise TypeError(f"The NHS.UK pack cannot draw {type(widget).__name__} ({field.name}).")


def _as_shown(field: BoundField) -> SafeString:
    """What the field showed when the page was made, as a hidden input, where the form asks for it."""
    return SafeString(field.as_hidden(only_initial=True) if field.field.show_hidden_initial else "")


@register.simple_tag
def nhsuk_error_summary(form: forms.BaseForm) -> SafeString:
    """The error summary at the top of a form that did not validate; nothing otherwise."""
    if not form.errors:
        return SafeString()
    entries = [{"text": message, "href": f"#{_link_target(form, name)}"} for name, message in _errors(form)]
    return draw("errorSummary", {"titleText": "There is a problem", "errorList": entries})


def _errors(form: forms.BaseForm) -> list[tuple[str, str]]:
    return [(name, str(message)) for name, messages in form.errors.items() for message in messages]


def _link_target(form: forms.BaseForm, name: str) -> str:
    if name == NON_FIELD_ERRORS:
        return "maincontent"
    field = form[name]
    if isinstance(field.field.widget, forms.SelectDateWidget):
        return f"{field.auto_id}-day"
    return field.auto_id


# --- a bound field in the words of the macros ---------------------------------------------------------------------


def _common(field: BoundField) -> Params:
    params: Params = {"name": field.html_name, "id": field.auto_id, "idPrefix": field.auto_id}
    if field.help_text:
        params["hint"] = {"text": str(field.help_text)}
    if field.errors:
        params["errorMessage"] = {"text": " ".join(str(message) for message in field.errors)}
    return params


def _labelled(field: BoundField) -> Params:
    return _common(field) | {"label": {"text": str(field.label), "classes": _label_classes(field, "nhsuk-label--s")}}


def _in_fieldset(field: BoundField) -> Params:
    legend = {"text": str(field.label), "classes": _label_classes(field, "nhsuk-fieldset__legend--s")}
    params = _common(field) | {"fieldset": {"legend": legend}}
    params.pop("id")
    return params


def _label_classes(field: BoundField, default: str) -> str:
    return str(getattr(field.field, "label_classes", default))


def _items(field: BoundField) -> list[Params]:
    """Choices as radio or checkbox items. A field may carry `hints` (value → text) and `divider_before` (a value)."""
    chosen = {str(value) for value in _as_list(field.value())}
    hints = getattr(field.field, "hints", {})
    items: list[Params] = []
    for value, label in field.field.choices:  # type: ignore[attr-defined]  # only choice fields come here
        if value and value == getattr(field.field, "divider_before", None):
            items.append({"divider": "or"})
        item: Params = {"value": str(value), "text": str(label), "checked": str(value) in chosen}
        if value in hints:
            item["hint"] = {"text": str(hints[value])}
        items.append(item)
    return items


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple | set) else [value]


def _radios(field: BoundField) -> tuple[str, Params]:
    return "radios", _in_fieldset(field) | {"items": _items(field)}


def _checkboxes(field: BoundField) -> tuple[str, Params]:
    return "checkboxes", _in_fieldset(field) | {"items": _items(field)}


def _checkbox(field: BoundField) -> tuple[str, Params]:
    item = {"value": "on", "text": str(field.label), "checked": bool(field.value())}
    if field.help_text:
        item["hint"] = {"text": str(field.help_text)}
    params = _common(field) | {"items": [item]}
    params.pop("hint", None)
    params.pop("id")  # the box itself has it; twice on a page, the label would belong to neither
    return "checkboxes", params


def _select(field: BoundField) -> tuple[str, Params]:
    chosen = str(field.value() if field.value() is not None else "")
    choices = field.field.choices  # type: ignore[attr-defined]  # only choice fields come here
    items = [{"value": str(value), "text": str(label), "selected": str(value) == chosen} for value, label in choices]
    return "select", _labelled(field) | {"items": items}


def _textarea(field: BoundField) -> tuple[str, Params]:
    attrs = field.field.widget.attrs
    params = _labelled(field) | {"value": field.value() or "", "rows": attrs.get("rows", 4)}
    if "maxlength" in attrs:
        return "characterCount", params | {"maxlength": int(attrs["maxlength"])}
    return "textarea", params


def _input(field: BoundField) -> tuple[str, Params]:
    widget = field.field.widget
    params = _labelled(field) | {"type": getattr(widget, "input_type", "text"), "value": _text(field)}
    for ours, theirs in (("autocomplete", "autocomplete"), ("inputmode", "inputmode"), ("class", "classes")):
        if ours in widget.attrs:
            params[theirs] = widget.attrs[ours]
    params["attributes"] = {key: widget.attrs[key] for key in ("maxlength",) if key in widget.attrs}
    return "input", params


def _file(field: BoundField) -> tuple[str, Params]:
    return "fileUpload", _labelled(field)


def _text(field: BoundField) -> str:
    value = field.value()
    return "" if value is None else str(value)


def _date(field: BoundField) -> tuple[str, Params]:
    """A date in three boxes (NHS.UK date input) over Django's SelectDateWidget, which reads them back."""
    typed = field.form.data if field.form.is_bound else {}
    stored = field.field.widget.format_value(field.value())
    error = " nhsuk-input--error" if field.errors else ""
    boxes = [
        {
            "id": f"{field.auto_id}-{part}",
            "name": f"{field.html_name}_{part}",
            "label": part.title(),
            "value": str(typed.get(f"{field.html_name}_{part}", stored[part] or "")),
            "classes": f"nhsuk-input--width-{width}{error}",
        }
        for part, width in (("day", 2), ("month", 2), ("year", 4))
    ]
    return "dateInput", _in_fieldset(field) | {"id": field.auto_id, "items": boxes}


PAINTERS = (
    (forms.CheckboxSelectMultiple, _checkboxes),  # a kind of RadioSelect in Django, so it comes first
    (forms.RadioSelect, _radios),
    (forms.CheckboxInput, _checkbox),
    (forms.SelectDateWidget, _date),
    (forms.Select, _select),
    (forms.Textarea, _textarea),
    (forms.FileInput, _file),
    (forms.widgets.Input, _input),
)
