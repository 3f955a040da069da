"""The page on which anybody can tell whether a report is one that was signed off. No sign-in."""

import datetime as dt
from typing import Any

from allauth.core import ratelimit
from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ground.methods import get_or_post
from organisations.people.forms import helper
from reports.signed.verification import Verified, of_file, of_reference

LARGEST_FILE = 4 * 1024 * 1024  # bytes; a report with all that it can hold has less than two million
TOO_LARGE = "The file is too large to be a report of this portal: those have less than 4 MB."
ONE_OF_BOTH = "Choose a file or enter a reference."
NOT_BOTH = "Choose a file or enter a reference, not both: this page answers for one at a time."


class VerifyForm(forms.Form):
    """A file, or the reference that stands in it."""

    file = forms.FileField(
        label="Choose the PDF",
        help_text="It is compared with what was signed off, and not kept.",
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        allow_empty_file=True,
        required=False,
    )
    reference = forms.CharField(
        label="Or enter its reference",
        help_text="It stands on the page “Method”, for example 7KQM-2XWD-N4HT-9RBC.",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "nhsuk-input--width-20"}),
        required=False,
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.helper = helper("Verify")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_FILE:
            raise forms.ValidationError(TOO_LARGE)
        return file

    def clean(self) -> dict[str, Any]:
        given = [name for name in ("file", "reference") if self.cleaned_data.get(name)]
        if not self.errors and len(given) != 1:
            self.add_error("file", NOT_BOTH if given else ONE_OF_BOTH)
        return self.cleaned_data

    def verified(self) -> Verified | None:
        """The version that it is; None if it is none."""
        if file := self.cleaned_data["file"]:
            return of_file(file.chunks())
        return of_reference(self.cleaned_data["reference"])


@login_not_required
@get_or_post
def verify(request: HttpRequest) -> HttpResponse:
    """The form; then, in plain words, what the file or reference is."""
    if request.method != "POST":
        return render(request, "reports/verify.html", {"form": VerifyForm()})
    if not ratelimit.consume(request, action="verify_report"):
        again = timezone.localtime() + dt.timedelta(minutes=settings.SIGN_IN_LOCKOUT_MINUTES + 1)
        return render(request, "429.html", {"again": again, "page_of_all": True}, status=429)
    form = VerifyForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "reports/verify.html", {"form": form}, status=422)
    return render(request, "reports/verified.html", {"found": form.verified(), "file": form.cleaned_data["file"]})
