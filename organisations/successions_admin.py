"""The support desk's page of what an organisation came from, what took over from it, and which ICB it belongs to."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from ground.methods import get_or_post
from organisations.models import Organisation, Succession
from organisations.requests import person_of
from organisations.successions import (
    CannotSucceed,
    name_successor,
    relations_of,
    take_back_successor,
    why_not_succeed,
)

TEMPLATE = "admin/organisations/relations.html"


class SuccessorForm(forms.Form):
    """Which organisation took over, and when. The code is typed: whoever calls the desk knows it."""

    successor = forms.CharField(
        max_length=5, label="ODS code of the organisation that takes over", help_text="3 to 5 letters and digits."
    )
    took_effect_on = forms.DateField(
        label="From which day",
        help_text="Such as 1 April 2027 or 2027-04-01. The other organisation closes on the day before.",
        error_messages={"invalid": "Give a day, such as 1 April 2027."},
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"],
    )

    def __init__(self, organisation: Organisation, data: Any = None) -> None:
        super().__init__(data)
        self.organisation = organisation

    def clean_successor(self) -> Organisation:
        code = self.cleaned_data["successor"].strip().upper()
        found = Organisation.objects.filter(ods_code=code).first()
        if found is None:
            raise forms.ValidationError(f"There is no organisation with the ODS code {code}. Add it first.")
        return found

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if {"successor", "took_effect_on"} <= said.keys():
            reason = why_not_succeed(self.organisation, said["successor"], said["took_effect_on"])
            if reason:
                self.add_error("successor", reason)
        return said


class RelationsPage(admin.ModelAdmin[Organisation]):
    """Joins the page to an organisation's own, which links it."""

    change_form_template = "admin/organisations/organisation_change_form.html"

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(get_or_post(self.relations))
        back = self.admin_site.admin_view(require_POST(self.take_back))
        return [
            path("<int:pk>/relations/", page, name="organisations_organisation_relations"),
            path("<int:pk>/relations/<int:succession>/", back, name="organisations_organisation_take_back"),
            *super().get_urls(),
        ]

    def relations(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All relations; POST shows what naming a successor does, POST with `confirmed` does it."""
        organisation = self._organisation(request, pk, "view" if request.method != "POST" else "change")
        form = SuccessorForm(organisation, request.POST if request.method == "POST" else None)
        planned = form.cleaned_data if form.is_valid() else None
        if planned and "confirmed" in request.POST and self._named(request, organisation, form):
            return HttpResponseRedirect(self._address(organisation))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "organisation": organisation,
            "title": "Predecessors, successors and ICB",
            "subtitle": str(organisation),
            "found": relations_of(organisation),
            "form": form,
            "planned": planned if form.is_valid() else None,
            "may_change": self.has_change_permission(request),
        }
        return TemplateResponse(request, TEMPLATE, context, status=422 if form.errors else 200)

    def take_back(self, request: HttpRequest, pk: int, succession: int) -> HttpResponse:
        organisation = self._organisation(request, pk, "change")
        rows = Succession.objects.select_related("predecessor", "successor")
        row = get_object_or_404(rows, pk=succession, predecessor=organisation)
        take_back_successor(by=person_of(request), succession=row)
        closed = f" Its last day is still {organisation.closed_on:%-d %B %Y}." if organisation.closed_on else ""
        self.message_user(request, f"{row.successor} is no longer named as a successor of {organisation}.{closed}")
        return HttpResponseRedirect(self._address(organisation))

    def _named(self, request: HttpRequest, organisation: Organisation, form: SuccessorForm) -> bool:
        try:
            row = name_successor(by=person_of(request), organisation=organisation, **form.cleaned_data)
        except CannotSucceed as reason:  # somebody else was faster
            form.add_error("successor", str(reason))
            return False
        day = f"{row.took_effect_on:%-d %B %Y}"
        self.message_user(request, f"{row.successor} takes over from {organisation} on {day}.", messages.SUCCESS)
        return True

    def _organisation(self, request: HttpRequest, pk: int, permission: str) -> Organisation:
        """The organisation, or 404. Raises PermissionDenied."""
        allowed = self.has_view_permission(request) if permission == "view" else self.has_change_permission(request)
        if not allowed:
            raise PermissionDenied
        return get_object_or_404(Organisation, pk=pk)

    def _address(self, organisation: Organisation) -> str:
        return reverse("admin:organisations_organisation_relations", args=[organisation.pk])
