"""The forms of a draft's parts, as the page of the whole draft shows them in their place."""

import re
from typing import TYPE_CHECKING, Any

from django import forms

from frameworks.admin.help_texts import HELP_TEXTS, LABELS, TAKES_THE_PLACE
from frameworks.choices import VariantCode
from frameworks.editing import Part, siblings
from frameworks.models import FrameworkVersion, Group, Indicator, Section, Theme
from ground.words_field import WordsField

if TYPE_CHECKING:  # the stubs' class takes a type parameter, Django's own does not
    PartModelForm = forms.ModelForm[Any]
else:
    PartModelForm = forms.ModelForm

LAST_NUMBER = re.compile(r"(.*?)(\d+)")
CHECKED = {"rows": 4, "data-wording-check": True}  # static/js/tree.mjs asks about its words as they are typed


class PartForm(PartModelForm):
    """A form of one part of `version`; its place is no field of it. `stored_values` are what the action is given."""

    def __init__(self, version: FrameworkVersion, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, prefix="part", **kwargs)
        self.version = version
        first = next(iter(self.fields.values()))
        first.widget.attrs["autofocus"] = True

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        # An indicator's own check looks further: its code is one of the whole version.
        taken = not isinstance(self.instance, Indicator) and siblings(self.instance).filter(code=code)
        if taken and taken.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(f"Another {self.instance._meta.verbose_name} here has this code.")
        return code

    def stored_values(self) -> dict[str, Any]:
        """Field of the model → value."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class ThemeForm(PartForm):
    class Meta:
        model = Theme
        fields = ("label", "code")
        help_texts = HELP_TEXTS["theme"]


class GroupForm(PartForm):
    class Meta:
        model = Group
        fields = ("title", "code")
        help_texts = HELP_TEXTS["group"]


class CodesField(WordsField):
    between = re.compile(r"[\s,;]+")


class SectionForm(PartForm):
    """The summaries by variant, one field in the model, are a box for each variant that the version has."""

    supersedes = CodesField(required=False, label=TAKES_THE_PLACE, help_text=HELP_TEXTS["section"]["supersedes"])

    class Meta:
        model = Section
        fields = ("title", "code", "summary", "summary_wording", "later_title", "supersedes")
        help_texts = HELP_TEXTS["section"]
        labels = LABELS["section"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 3})}  # noqa: RUF012 - as Django has it

    def __init__(self, version: FrameworkVersion, data: Any = None, **kwargs: Any) -> None:
        super().__init__(version, data, **kwargs)
        for variant in version.variants.all():
            self.fields[f"summary_{variant.code}"] = forms.CharField(
                label=f"Summary as put to: {variant.title}",
                help_text="In place of the summary above, where this variant is asked. May stay empty.",
                required=False,
                initial=self.instance.summary_by_variant.get(variant.code, ""),
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def stored_values(self) -> dict[str, Any]:
        said = {name.removeprefix("summary_"): self.cleaned_data[name] for name in self._summaries()}
        all_said = {code: words for code, words in (self.instance.summary_by_variant | said).items() if words}
        return super().stored_values() | {"summary_by_variant": all_said}

    def _summaries(self) -> list[str]:
        return [name for name in self.fields if name not in (self._meta.fields or ())]


class IndicatorForm(PartForm):
    supersedes = CodesField(required=False, label=TAKES_THE_PLACE, help_text=HELP_TEXTS["indicator"]["supersedes"])

    class Meta:
        model = Indicator
        fields = (
            "text", "guidance", "code", "variant", "theme", "group", "wording", "source", "question", "supersedes",
        )  # fmt: skip
        help_texts = HELP_TEXTS["indicator"]
        labels = LABELS["indicator"]
        widgets = {  # noqa: RUF012 - as Django has it
            "text": forms.Textarea(attrs=CHECKED),
            "guidance": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, version: FrameworkVersion, data: Any = None, **kwargs: Any) -> None:
        super().__init__(version, data, **kwargs)
        self._offer("theme", self.instance.section.themes.all())
        self._offer("group", version.groups.all())
        variants = [(row.code, row.title) for row in version.variants.all()]
        both = [(VariantCode.BOTH.value, VariantCode.BOTH.label)] if len(variants) > 1 else []
        if variants:
            self.fields["variant"] = forms.ChoiceField(
                choices=[*variants, *both], help_text=HELP_TEXTS["indicator"]["variant"]
            )
        else:
            del self.fields["variant"]

    def stored_values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.fields}

    def _offer(self, name: str, rows: Any) -> None:
        """Take the field away where there is nothing to choose from."""
        if not rows.exists():
            del self.fields[name]
            return
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - as the model has it; for the type checker
        field.queryset, field.empty_label = rows, "None"


class MoveForm(forms.Form):
    """Where an indicator should go, for whoever does not want to move it step by step."""

    section = forms.ModelChoiceField(
        queryset=Section.objects.none(), empty_label=None, help_text="The section that it should stand in."
    )
    place = forms.IntegerField(
        min_value=1, label="Place", help_text="1 puts it first. A number higher than there are puts it last."
    )

    def __init__(self, version: FrameworkVersion, data: Any, **kwargs: Any) -> None:
        super().__init__(data, prefix="to", **kwargs)
        field = self.fields["section"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - as declared above; for the type checker
        field.queryset = version.sections.all()
        field.widget.attrs["autofocus"] = True


FORMS: dict[type[Any], type[PartForm]] = {
    Section: SectionForm,
    Theme: ThemeForm,
    Group: GroupForm,
    Indicator: IndicatorForm,
}


def form_of(version: FrameworkVersion, part: Part, data: Any = None) -> PartForm:
    """The form of a part, stored or new."""
    initial = {} if part.pk else _suggested(part)
    return FORMS[type(part)](version, data, instance=part, initial=initial)


def _suggested(part: Part) -> dict[str, str]:
    """A code for a new indicator: the next after those of its section that no version of the framework has had."""
    if not isinstance(part, Indicator):
        return {}
    last = part.section.indicators.order_by("order").values_list("code", flat=True).last()
    found = LAST_NUMBER.fullmatch(last or "")
    if not found:
        return {}
    stem, number = found.groups()
    framework = part.section.version.framework_id
    taken = set(
        Indicator.objects.filter(version__framework=framework, code__startswith=stem).values_list("code", flat=True)
    )
    highest = max(int(code.removeprefix(stem)) for code in taken if code.removeprefix(stem).isdecimal())
    return {"code": f"{stem}{highest + 1:0{len(number)}}"}
