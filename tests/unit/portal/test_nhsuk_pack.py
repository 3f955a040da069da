"""The crispy pack draws NHS.UK markup for every kind of field, with errors, hints and nothing unescaped."""

from crispy_forms.utils import render_crispy_form
from django import forms
from django.test import RequestFactory
from django.utils.html import escape

from wgll_portal.nhsuk import _draw_cached, draw, nhsuk_classes, nhsuk_component

CHOICES = [("a", "First <b>"), ("b", "Second")]


class EveryField(forms.Form):
    text = forms.CharField(label="Text <b>", help_text="Help & more", max_length=10)
    email = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    words = forms.CharField(widget=forms.Textarea, max_length=20)
    free = forms.CharField(widget=forms.Textarea)
    radio = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect)
    boxes = forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    agree = forms.BooleanField(label="I agree", help_text="Read it first")
    choice = forms.ChoiceField(choices=CHOICES)
    day = forms.DateField(widget=forms.SelectDateWidget())
    secret = forms.CharField(widget=forms.HiddenInput, initial="hidden")


def html_of(form: forms.Form) -> str:
    context = {"csrf_token": "token", "request": RequestFactory().get("/")}
    return " ".join(render_crispy_form(form, context=context).split())


def test_every_field_is_drawn_as_its_component() -> None:
    html = html_of(EveryField())
    for component in ("input", "textarea", "character-count", "radios", "checkboxes", "select", "date-input"):
        assert f"nhsuk-{component}" in html, component
    assert html.count("<fieldset") == 3  # radios, checkboxes, date; a single checkbox needs none
    assert 'value="hidden"' in html
    assert 'value="token"' in html
    assert "nhsuk-error-summary" not in html


def test_labels_and_choices_are_escaped() -> None:
    html = html_of(EveryField())
    assert "Text &lt;b&gt;" in html
    assert "First &lt;b&gt;" in html
    assert "<b>" not in html
    assert "Help &amp; more" in html


def test_checkboxes_may_take_several_and_radios_one() -> None:
    html = html_of(EveryField({"boxes": ["a", "b"], "radio": "b"}))
    assert html.count('type="checkbox" value="a" checked') == 1
    assert html.count('type="checkbox" value="b" checked') == 1
    assert html.count('type="radio" value="b" checked') == 1


def test_each_error_is_in_the_summary_and_beside_its_field_and_the_link_lands() -> None:
    form = EveryField({"text": "far too long for this", "day_day": "31", "day_month": "2", "day_year": "2026"})
    html = html_of(form)
    assert html.index("nhsuk-error-summary") < html.index("<form")
    for name in form.errors.keys() - {"secret"}:
        target = form[name].auto_id + ("-day" if name == "day" else "")
        assert f'href="#{target}"' in html
        assert f'id="{target}"' in html
    assert html.count("nhsuk-error-message") == len(form.errors) - 1


def test_what_was_typed_comes_back() -> None:
    html = html_of(EveryField({"text": "<kept>", "free": "Long & kept", "day_day": "31", "day_month": "x"}))
    assert 'value="&lt;kept&gt;"' in html
    assert "Long &amp; kept" in html
    assert 'value="31"' in html
    assert 'value="x"' in html


def test_hints_belong_to_single_choices_and_a_divider_sets_them_apart() -> None:
    form = EveryField()
    field = form.fields["radio"]
    field.hints = {"b": "About the second"}  # type: ignore[attr-defined]
    field.divider_before = "b"  # type: ignore[attr-defined]
    html = html_of(form)
    assert html.index("First") < html.index("nhsuk-radios__divider") < html.index("About the second")


def test_components_take_nested_parameters_and_escape_them() -> None:
    assert "&lt;script&gt;" in nhsuk_component("tag", text="<script>")
    assert 'class="nhsuk-hint"' in nhsuk_component("input", name="a", id="a", label__text="A", hint__text="B")
    assert "nhsuk-error-summary" in draw("errorSummary", {"titleText": "There is a problem", "errorList": []})


def test_typed_text_is_never_kept_in_memory() -> None:
    """A text area is kept empty, once; an input with a value not at all."""
    box = {"name": "box", "id": "box", "label": {"text": "A box that no other test draws"}}
    kept = _draw_cached.cache_info().currsize
    for words in ("My <words>", "Other words", ""):
        assert f">{escape(words)}</textarea>" in draw("textarea", {**box, "value": words})
        assert _draw_cached.cache_info().currsize == kept + 1
    draw("input", {**box, "value": "My words"})
    assert _draw_cached.cache_info().currsize == kept + 1


def test_only_our_own_classes_stay_on_buttons() -> None:
    assert nhsuk_classes("btn btn-primary nhsuk-button--secondary app-quiet") == "nhsuk-button--secondary app-quiet"
