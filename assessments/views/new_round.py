"""How a digital lead starts a round: choose a framework and fill in one form, or as last time."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from assessments import actions
from assessments.forms.new_round import AsLastTimeForm, ChangeRoundForm, FrameworkForm, NewRoundForm
from assessments.guards import round_allowing, round_with
from assessments.lifecycle import NotNow, RoundMove
from assessments.queries.asked import scale_of
from assessments.queries.board_since import board_since
from assessments.queries.repeating import rounds_to_repeat, since_last_time
from assessments.queries.rounds import frameworks_on_offer
from assessments.reasons import why_not_repeat
from frameworks.models import FrameworkVersion
from ground.methods import get_or_post
from organisations.guards import organisation_with
from organisations.permissions import Permission
from organisations.requests import SignedIn, posted

from .posting import attempt, form_page

MADE = "The draft is saved. Look it over; members can answer once you open it."


@get_or_post
def choose_framework(request: SignedIn, ods_code: str) -> HttpResponse:
    """First step of a new round: which framework, because the scope depends on it; or as last time."""
    organisation = organisation_with(request.user, ods_code, Permission.RUN_ROUNDS)
    offers = frameworks_on_offer(organisation)
    form = FrameworkForm(posted(request), offers=offers)
    if request.method == "POST" and form.is_valid():
        return redirect("assessments:new_round", ods_code, form.cleaned_data["version"])
    free = [offer.version_id for offer in offers if not offer.why_not]
    repeatable = rounds_to_repeat(organisation, free)
    return form_page(request, "choose_framework", organisation, form, offers=offers, repeatable=repeatable)


@get_or_post
def new_round(request: SignedIn, ods_code: str, version_id: int) -> HttpResponse:
    """Second step: everything else, with sensible defaults."""
    organisation = organisation_with(request.user, ods_code, Permission.RUN_ROUNDS)
    versions = FrameworkVersion.objects.published().select_related("framework", "scale")
    version = get_object_or_404(versions, pk=version_id)
    seats = list(organisation.seats.held_on(timezone.localdate()))
    form = NewRoundForm(
        posted(request), organisation=organisation, version=version, scale=scale_of(version), seats=seats
    )
    if request.method == "POST" and form.is_valid():
        try:
            round_ = actions.start_round(
                by=request.user,
                organisation=organisation,
                version=version,
                seats=form.cleaned_data["seats"],
                **form.terms(),
            )
        except NotNow as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, MADE)
            return redirect("assessments:round", round_.pk)
    return form_page(request, "new_round", organisation, form, version=version)


@get_or_post
def change_round(request: SignedIn, round_id: int) -> HttpResponse:
    """Change scope and terms while the round is a draft."""
    round_ = round_with(request.user, round_id, Permission.RUN_ROUNDS)
    form = ChangeRoundForm(posted(request), round_=round_, scale=scale_of(round_.version))
    if request.method == "POST" and form.is_valid():
        attempt(
            request,
            lambda: actions.change_round(by=request.user, round_=round_, **form.terms()),
            "The round is changed.",
        )
        return redirect("assessments:round", round_.pk)
    return form_page(request, "change_round", round_.organisation, form, round=round_)


@get_or_post
def as_last_time(request: SignedIn, round_id: int) -> HttpResponse:
    """What a round as this finished one would be, what has changed since, and the two things to choose."""
    last = round_allowing(RoundMove.REPEAT, request.user, round_id, Permission.RUN_ROUNDS)
    board = board_since(last)
    form = AsLastTimeForm(posted(request), organisation=last.organisation, newcomers=board.newcomers)
    if request.method == "POST" and form.is_valid():
        try:
            round_ = actions.start_round_as_last_time(
                by=request.user,
                last=last,
                closing_on=form.cleaned_data["closing_on"],
                newcomers=form.cleaned_data.get("seats", ()),
            )
        except NotNow as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, MADE)
            return redirect("assessments:round", round_.pk)
    return form_page(
        request,
        "as_last_time",
        last.organisation,
        form,
        round=last,
        since=since_last_time(last),
        board=board,
        why_not=why_not_repeat(last),
    )
