"""The admin's page on which somebody who held words of a version against their source notes what they found."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from frameworks.actions import Finding, check_wording
from frameworks.admin.person import person_of
from frameworks.choices import Wording
from frameworks.models import FrameworkVersion, WordingCheck
from frameworks.wording import CheckedSection, Words, checked_sections, in_words, progress_of
from ground.methods import get_or_post

TEMPLATE = "admin/frameworks/frameworkversion/wording.html"
OTHER_WORDS = "Some of these words have been changed since you were shown them. They are as they are now; look again."


class CheckForm(forms.Form):
    """What was looked at (`words` one by one, `sections` whole) and what was found."""

    words = forms.MultipleChoiceField(required=False, error_messages={"invalid_choice": OTHER_WORDS})
    sections = forms.MultipleChoiceField(required=False, error_messages={"invalid_choice": OTHER_WORDS})
    status = forms.ChoiceField(label="What you found", choices=Wording, widget=forms.RadioSelect)
    source = forms.CharField(
        max_length=300,
        required=False,
        label="Against what",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="The edition and where in it, such as “NHS England web page of 4 October 2021, section 3”.",
    )
    checked_on = forms.DateField(label="When", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    note = forms.CharField(
        required=False,
        label="Note",
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text="For content admins.",
    )

    def __init__(self, data: Any, sections: Sequence[CheckedSection]) -> None:
        super().__init__(data, initial={"status": Wording.CONFIRMED, "checked_on": timezone.localdate()})
        self._words = {row.words.key: row.words for section in sections for row in section.rows}
        self._sections = {key_of(section): section for section in sections}
        offered: Mapping[str, Mapping[str, Any]] = {"words": self._words, "sections": self._sections}
        for name, keys in offered.items():
            self.fields[name].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]

    def clean_checked_on(self) -> Any:
        day = self.cleaned_data["checked_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("That day is yet to come.")
        return day

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("status") != Wording.RECALLED and not given.get("source", "x"):
            self.add_error("source", "Say which source you looked at.")
        if not (given.get("words", "x") or given.get("sections", "x")):
            raise forms.ValidationError("Tick the words that you looked at.")
        return given

    def chosen(self) -> list[Words]:
        """Each of the words once, those of whole sections too, in their order."""
        whole = [row.words.key for key in self.cleaned_data["sections"] for row in self._sections[key].rows]
        chosen = {*self.cleaned_data["words"], *whole}
        return [words for key, words in self._words.items() if key in chosen]

    def found(self) -> Finding:
        given = self.cleaned_data
        return Finding(Wording(given["status"]), given["checked_on"], given["source"], given["note"])


def key_of(section: CheckedSection) -> str:
    """Names a section with exactly the words that it has now."""
    said = " ".join(row.words.key for row in section.rows)
    return f"{section.code}:{hashlib.sha256(said.encode()).hexdigest()}"


class WordingPage(admin.ModelAdmin[FrameworkVersion]):
    """Joins the page to a version's own page, which links it. Whether the version is published makes no difference."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(get_or_post(self.wording))
        return [path("<int:pk>/wording/", view, name="frameworks_frameworkversion_wording"), *super().get_urls()]

    def wording(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All words of a version with how sure we are of each; POST notes what was found of those ticked."""
        if not request.user.has_perm("frameworks.add_wordingcheck"):
            raise PermissionDenied
        version = get_object_or_404(FrameworkVersion.objects.select_related("framework"), pk=pk)
        sections = checked_sections(version)
        form = CheckForm(request.POST or None, sections)
        if request.method == "POST" and form.is_valid():
            chosen = form.chosen()
            check_wording(version=version, words=chosen, found=form.found(), by=person_of(request))
            self.message_user(request, f"Noted as “{form.found().status.label}”: {len(chosen)}.", messages.SUCCESS)
            return HttpResponseRedirect(request.get_full_path())
        return self._wording_page(request, version, form, sections)

    def _wording_page(
        self, request: HttpRequest, version: FrameworkVersion, form: CheckForm, sections: Sequence[CheckedSection]
    ) -> HttpResponse:
        left_only = "left" in request.GET
        shown = [(key_of(section), section, _left(section, left_only)) for section in sections]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Check the wording",
            "version": version,
            "form": form,
            "sections": [row for row in shown if row[2]],
            "ticked": {*request.POST.getlist("words"), *request.POST.getlist("sections")},
            "left_only": left_only,
            "confirmed": in_words(progress_of(version), "indicators"),
        }
        return TemplateResponse(request, TEMPLATE, context, status=422 if form.errors else 200)


def _left(section: CheckedSection, left_only: bool) -> list[Any]:
    return [row for row in section.rows if not (left_only and row.standing.is_confirmed)]


@admin.register(WordingCheck)
class WordingCheckAdmin(admin.ModelAdmin[WordingCheck]):
    """Every check that was ever noted; to read."""

    list_display = ("code", "framework", "part", "status", "source", "checked_on", "checked_by")
    list_filter = ("framework", "status", "part")
    list_select_related = ("framework", "checked_by")
    search_fields = ("code", "source", "note")
    ordering = ("-pk",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: WordingCheck | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: WordingCheck | None = None) -> bool:
        return False
