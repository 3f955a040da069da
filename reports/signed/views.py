"""Signing a round off, taking that back, and the versions of its report."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from assessments.actions import take_back_sign_off
from assessments.guards import closed_round_with, round_with
from assessments.lifecycle import NotNow, RoundMove, check
from assessments.models import Round
from assessments.models.response import COMMENT_LENGTH
from assessments.queries.sign_off import sign_off_checks
from ground.methods import get_or_post
from organisations.people.forms import helper
from organisations.permissions import Permission
from organisations.requests import SignedIn, posted
from reports.content.material import material_of
from reports.signed.proof import fingerprint
from reports.signed.sign_off import sign_off
from reports.signed.versions import number_after, report_from, versions_of


class TakeBackForm(forms.Form):
    """Why a sign-off is taken back."""

    reason = forms.CharField(
        label="Why is the sign-off taken back?",
        help_text="Kept with the round, with your name.",
        max_length=COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter why the sign-off is taken back."},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.helper = helper("Take back the sign-off", css_class="nhsuk-button--warning")


@get_or_post
def sign_off_page(request: SignedIn, round_id: int) -> HttpResponse:
    """What to look at once more, and the button that signs off."""
    round_ = closed_round_with(request.user, round_id, Permission.RUN_ROUNDS)
    if request.method == "POST":
        return _sign_off(request, round_)
    return render(request, "reports/sign_off.html", _context(round_))


def _sign_off(request: SignedIn, round_: Round) -> HttpResponse:
    try:
        version = sign_off(by=request.user, round_=round_, seen=request.POST.get("seen", ""))
    except NotNow as reason:
        messages.warning(request, str(reason))
        return redirect("reports:sign_off", round_.pk)
    messages.success(request, f"The round is signed off. Version {version.number} of the report is kept.")
    return redirect("reports:results", round_.pk)


def _context(round_: Round) -> dict[str, Any]:
    versions = versions_of(round_)
    return {
        "round": round_,
        "number": number_after(versions),
        "versions": versions,
        "taken_back": round_.reopenings.filter(was_signed_off=True).select_related("by").order_by("-at", "-pk"),
        "acting_for": round_.organisation,
        **({} if round_.is_signed_off else _to_sign_off(round_)),
    }


def _to_sign_off(round_: Round) -> dict[str, Any]:
    """What to look at before, and which report it is that the person is looking at."""
    material = material_of(round_)
    checks = sign_off_checks(material.results, material.actions)
    return {
        "checks": checks,
        "to_look_at": sum(not checked.is_fine for checked in checks),
        "seen": fingerprint(report_from(material)),
    }


@get_or_post
def take_back(request: SignedIn, round_id: int) -> HttpResponse:
    """Ask for the reason, then make the round a closed one again."""
    round_ = round_with(request.user, round_id, Permission.RUN_ROUNDS)
    _must_be_signed_off(round_)
    form = TakeBackForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            take_back_sign_off(by=request.user, round_=round_, reason=form.cleaned_data["reason"])
        except NotNow as reason:
            messages.warning(request, str(reason))
        else:
            messages.success(request, "The sign-off is taken back. The version that was signed off is kept.")
        return redirect("reports:sign_off", round_.pk)
    context = {"form": form, "round": round_, "acting_for": round_.organisation}
    return render(request, "reports/take_back_sign_off.html", context, status=422 if form.errors else 200)


def _must_be_signed_off(round_: Round) -> None:
    try:
        check(RoundMove.TAKE_BACK_SIGN_OFF, round_.state)
    except NotNow as reason:
        raise PermissionDenied(str(reason)) from reason
