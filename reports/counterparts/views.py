"""A digital lead sees what stands beside their round, releases its figures to their system, and takes that back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from assessments.guards import closed_round_with
from assessments.lifecycle import NotNow
from assessments.models import Round
from ground.methods import get_or_post
from organisations.permissions import Permission
from organisations.requests import SignedIn, posted
from reports.counterparts.forms import ReleaseForm
from reports.counterparts.releasing import ABOUT_MEMBERS, release_figures, take_back_release
from reports.counterparts.standing import standing_of

RELEASED_ALREADY = "The figures are released already."


@get_or_post
def side_by_side(request: SignedIn, round_id: int) -> HttpResponse:
    """What stands beside the round, to whom its figures are released, and the form that releases them."""
    round_ = _round_of_lead(request, round_id)
    standing = standing_of(round_)
    if request.method == "POST" and not standing.can_release:
        messages.warning(request, standing.why_not or RELEASED_ALREADY)
        return redirect("reports:side_by_side", round_.pk)
    form = ReleaseForm(posted(request), icb_code=standing.icb_code)
    if request.method == "POST" and form.is_valid():
        return _release(request, round_, form.cleaned_data["seen"])
    context = {"round": round_, "standing": standing, "form": form, "acting_for": round_.organisation}
    return render(request, "reports/side_by_side.html", context, status=422 if form.errors else 200)


def _release(request: SignedIn, round_: Round, seen: str) -> HttpResponse:
    try:
        release_figures(by=request.user, round_=round_, seen=seen)
    except NotNow as reason:
        messages.warning(request, str(reason))
    else:
        messages.success(request, "The figures are released. You can take that back at any time.")
    return redirect("reports:side_by_side", round_.pk)


@require_POST
def take_back(request: SignedIn, round_id: int) -> HttpResponse:
    """Show the figures beside no other board's any more."""
    round_ = _round_of_lead(request, round_id)
    take_back_release(by=request.user, round_=round_)
    messages.success(request, "No other board is shown the figures any more.")
    return redirect("reports:side_by_side", round_.pk)


def _round_of_lead(request: SignedIn, round_id: int) -> Round:
    round_ = closed_round_with(request.user, round_id, Permission.RUN_ROUNDS)
    if round_.version.framework.is_individual:
        raise PermissionDenied(ABOUT_MEMBERS)
    return round_
