"""The page on which an organisation sets the colour and the logo of its board reports."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from ground.methods import get_or_post
from organisations.guards import organisation_with
from organisations.people.forms import helper
from organisations.permissions import Permission
from organisations.requests import SignedIn
from reports.cover.writing import PaperChanged, mark_of
from reports.look.colours import UnknownColour, colour_of, why_unreadable
from reports.look.logo import UnusableLogo, logo_from
from reports.look.look import Look, change_look, look_of
from reports.models import ReportLook

CHANGED = (
    "Somebody else changed colour or logo while the page was open, and theirs stands. Saving again replaces it. If you "
    "had chosen a file, choose it again."
)
NOT_BOTH = "Choose a new logo or remove the one there is, not both."


class LookForm(forms.Form):
    """Colour and logo. `seen` is the mark of what the page showed."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=50)
    accent = forms.CharField(
        label="Colour (optional)",
        help_text="For the headings of the cover, such as #005eb8. Left empty, it has the usual blue.",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "nhsuk-input--width-10"}),
        required=False,
    )
    logo = forms.FileField(
        label="Logo (optional)",
        help_text="A PNG or JPEG picture of up to 1 MB. It stands at the top of the cover, and is read out as the "
        "organisation's name.",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        allow_empty_file=True,
        required=False,
    )
    remove_logo = forms.BooleanField(label="Remove the logo", required=False)

    def __init__(self, data: Any = None, files: Any = None, *, look: Look, seen: str) -> None:
        super().__init__(data, files, initial={"accent": look.accent, "seen": seen})
        self.helper, self.stands = helper("Save colour and logo"), look
        if not look.logo:
            del self.fields["remove_logo"]

    def clean_accent(self) -> str:
        """The colour as it is kept; one that cannot be read on white is refused, with the nearest that can."""
        if not self.cleaned_data["accent"]:
            return ""
        try:
            colour = colour_of(self.cleaned_data["accent"])
        except UnknownColour as reason:
            raise forms.ValidationError(str(reason)) from reason
        if said := why_unreadable(colour):
            raise forms.ValidationError(said)
        return colour

    def clean_logo(self) -> bytes | None:
        """The new logo, drawn anew; None where no file was chosen."""
        file = self.cleaned_data["logo"]
        if file is None:
            return None
        try:
            return logo_from(file.read())
        except UnusableLogo as reason:
            raise forms.ValidationError(str(reason)) from reason

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("logo") and self.cleaned_data.get("remove_logo"):
            self.add_error("remove_logo", NOT_BOTH)
        return self.cleaned_data

    @property
    def look(self) -> Look:
        """What was entered, once it is valid."""
        kept = b"" if self.cleaned_data.get("remove_logo") else self.stands.logo
        return Look(self.cleaned_data["accent"], self.cleaned_data["logo"] or kept)


@get_or_post
def look(request: SignedIn, ods_code: str) -> HttpResponse:
    """What stands, and the form that changes it."""
    organisation = organisation_with(request.user, ods_code, Permission.RUN_ROUNDS)
    stands, kept = look_of(organisation), ReportLook.objects.filter(organisation=organisation).defer("logo")
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = LookForm(*sent, look=stands, seen=mark_of(kept.first()))
    if request.method == "POST" and form.is_valid():
        try:
            change_look(by=request.user, organisation=organisation, look=form.look, seen=form.cleaned_data["seen"])
        except PaperChanged:
            form.add_error(None, CHANGED)
            form.data = request.POST.copy()
            form.data["seen"] = mark_of(kept.first())
        else:
            messages.success(request, "Colour and logo are saved.")
            return redirect("reports:look", ods_code)
    context = {"form": form, "has_logo": bool(stands.logo), "acting_for": organisation}
    return render(request, "reports/look.html", context, status=422 if form.errors else 200)


@require_GET
def logo(request: SignedIn, ods_code: str) -> HttpResponse:
    """The logo as it was drawn anew, for the page that changes it. SecurityMiddleware forbids reading it as text."""
    found = look_of(organisation_with(request.user, ods_code, Permission.RUN_ROUNDS)).logo
    if not found:
        raise Http404("There is no logo.")
    return HttpResponse(found, content_type="image/png")
