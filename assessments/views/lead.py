"""What a digital lead does: start a round, add members, open it, follow it, close it."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments import actions
from assessments.choices import RoundState
from assessments.forms.rounds import CloseForm, ClosingDateForm, FrameworkForm, MembersForm, NewMemberForm, RoundForm
from assessments.guards import closed_round_with, round_with
from assessments.lifecycle import NotNow
from assessments.queries.asked import scale_of
from assessments.queries.notices import invitations_of
from assessments.queries.results import comments_for
from assessments.queries.rounds import frameworks_on_offer, overview_of, progress_for, seats_to_invite
from assessments.reasons import why_wait
from frameworks.models import FrameworkVersion
from organisations.actions import Refused
from organisations.audit import record
from organisations.choices import AuditedEvent
from organisations.guards import organisation_with
from organisations.models import Organisation
from organisations.permissions import Permission
from organisations.requests import SignedIn, posted

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def choose_framework(request: SignedIn, ods_code: str) -> HttpResponse:
    """First step of a new round: which framework."""
    organisation = organisation_with(request.user, ods_code, Permission.RUN_ROUNDS)
    offers = frameworks_on_offer(organisation)
    form = FrameworkForm(posted(request), offers=offers)
    if request.method == "POST" and form.is_valid():
        return redirect("assessments:new_round", ods_code, form.cleaned_data["version"])
    return _form(request, "choose_framework", organisation, form, offers=offers)


@get_or_post
def new_round(request: SignedIn, ods_code: str, version_id: int) -> HttpResponse:
    """Second step: scope, closing date, target, minimum group."""
    organisation = organisation_with(request.user, ods_code, Permission.RUN_ROUNDS)
    versions = FrameworkVersion.objects.published().select_related("framework", "scale")
    version = get_object_or_404(versions, pk=version_id)
    form = RoundForm(posted(request), version=version, scale=scale_of(version))
    if request.method == "POST" and form.is_valid():
        try:
            round_ = actions.start_round(
                by=request.user, organisation=organisation, version=version, **form.cleaned_data
            )
        except NotNow as reason:
            form.add_error(None, str(reason))
        else:
            return redirect("assessments:members", round_.pk)
    return _form(request, "new_round", organisation, form, version=version)


@get_or_post
def change_round(request: SignedIn, round_id: int) -> HttpResponse:
    """Change scope and terms while the round is a draft."""
    round_ = round_with(request.user, round_id, Permission.RUN_ROUNDS)
    form = RoundForm(posted(request), version=round_.version, scale=scale_of(round_.version), round_=round_)
    if request.method == "POST" and form.is_valid():
        _attempt(
            request,
            lambda: actions.change_round(by=request.user, round_=round_, **form.cleaned_data),
            "The round is changed.",
        )
        return redirect("assessments:round", round_.pk)
    return _form(request, "change_round", round_.organisation, form, round=round_)


@require_GET
def round_page(request: SignedIn, round_id: int) -> HttpResponse:
    """Where a round stands, and the next step."""
    round_ = round_with(request.user, round_id, Permission.RUN_ROUNDS)
    context = {
        "round": round_,
        "state": RoundState(round_.state),
        "overview": overview_of(round_),
        "progress": progress_for(round_),
        "invitations": invitations_of(round_),
        "acting_for": round_.organisation,
        "answer_url": request.build_absolute_uri(reverse("assessments:answer", args=[round_.pk])),
    }
    return render(request, "assessments/round.html", context)


@get_or_post
def choose_members(request: SignedIn, round_id: int) -> HttpResponse:
    """Invite people who have a seat on the board."""
    round_ = round_with(request.user, round_id, Permission.RUN_ROUNDS)
    seats = seats_to_invite(round_)
    form = MembersForm(posted(request), organisation=round_.organisation, seats=seats)
    if request.method == "POST" and form.is_valid():
        seats_chosen = form.cleaned_data["seats"]
        _attempt(
            request,
            lambda: actions.add_members(by=request.user, round_=round_, seats=seats_chosen),
            "The members are in the round.",
        )
        return redirect("assessments:round", round_.pk)
    return _form(request, "choose_members", round_.organisation, form, round=round_, seats=seats)


@get_or_post
def new_member(request: SignedIn, round_id: int) -> HttpResponse:
    """Seat somebody who is new to the board here, and invite them."""
    round_ = round_with(request.user, round_id, Permission.RUN_ROUNDS)
    form = NewMemberForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_new_member(by=request.user, round_=round_, **form.cleaned_data)
        except (Refused, NotNow) as reason:
            form.add_error("email" if isinstance(reason, Refused) else None, str(reason))
        else:
            messages.success(request, f"{form.cleaned_data['name']} is on the board and in the round.")
            return redirect("assessments:round", round_.pk)
    return _form(request, "new_member", round_.organisation, form, round=round_)


@require_POST
def remove_member(request: SignedIn, round_id: int, response_id: int) -> HttpResponse:
    """Take a member out of a draft."""
    round_ = round_with(request.user, round_id, Permission.RUN_ROUNDS)
    response = get_object_or_404(round_.responses.select_related("person", "round"), pk=response_id)
    _attempt(
        request,
        lambda: actions.remove_member(by=request.user, response=response),
        f"{response.person.name} is no longer in the round.",
    )
    return redirect("assessments:round", round_.pk)


@require_POST
def open_round(request: SignedIn, round_id: int) -> HttpResponse:
    """Let members answer."""
    round_ = round_with(request.user, round_id, Permission.RUN_ROUNDS)
    _attempt(
        request,
        lambda: actions.open_round(by=request.user, round_=round_),
        "The round is open. Invitations are on their way.",
    )
    return redirect("assessments:round", round_.pk)


@get_or_post
def closing_date(request: SignedIn, round_id: int) -> HttpResponse:
    """Choose the closing date of a draft, or move that of an open round to a later day."""
    round_ = round_with(request.user, round_id, Permission.RUN_ROUNDS)
    form = ClosingDateForm(posted(request), round_=round_)
    if request.method == "POST" and form.is_valid():
        try:
            actions.move_closing_date(by=request.user, round_=round_, closing_on=form.cleaned_data["closing_on"])
        except NotNow as reason:
            form.add_error("closing_on", str(reason))
        else:
            messages.success(request, "The closing date has moved.")
            return redirect("assessments:round", round_.pk)
    return _form(request, "closing_date", round_.organisation, form, round=round_)


@get_or_post
def close_round(request: SignedIn, round_id: int) -> HttpResponse:
    """Close for good: says what that means, and asks whether unsubmitted answers count."""
    round_ = round_with(request.user, round_id, Permission.RUN_ROUNDS)
    progress = progress_for(round_)
    form = CloseForm(posted(request), unsubmitted=progress.started)
    if request.method == "POST" and form.is_valid():
        count = form.cleaned_data.get("count_unsubmitted", False)
        _attempt(
            request,
            lambda: actions.close_round(by=request.user, round_=round_, count_unsubmitted=count),
            "The round is closed. Here are the results.",
        )
        return redirect("assessments:round", round_.pk)
    too_few = why_wait(round_, progress.submitted)
    return _form(request, "close", round_.organisation, form, round=round_, progress=progress, too_few=too_few)


@get_or_post
def cancel_round(request: SignedIn, round_id: int) -> HttpResponse:
    """Ask once more, then give the round up."""
    round_ = round_with(request.user, round_id, Permission.RUN_ROUNDS)
    if request.method == "POST":
        _attempt(request, lambda: actions.cancel_round(by=request.user, round_=round_), "The round is cancelled.")
        return redirect("assessments:round", round_.pk)
    return render(request, "assessments/cancel.html", {"round": round_, "acting_for": round_.organisation})


@require_GET
def comments(request: SignedIn, round_id: int) -> HttpResponse:
    """Members' comments for the board, without names, in an order that says nothing; reading them is audited."""
    round_ = closed_round_with(request.user, round_id, Permission.READ_COMMENTS)
    record(AuditedEvent.COMMENTS_READ, organisation=round_.organisation, by=request.user, subject=str(round_))
    context = {"round": round_, "indicators": comments_for(round_), "acting_for": round_.organisation}
    return render(request, "assessments/comments.html", context)


def _attempt(request: SignedIn, action: Callable[[], object], done: str) -> None:
    """Run an action that a page offered; say that it is done, or why the state no longer allows it."""
    try:
        action()
    except NotNow as reason:
        messages.warning(request, str(reason))
    else:
        messages.success(request, done)


def _form(
    request: SignedIn, template: str, organisation: Organisation, form: forms.Form, **context: object
) -> HttpResponse:
    page = {"form": form, "organisation": organisation, "acting_for": organisation, **context}
    return render(request, f"assessments/{template}.html", page, status=422 if form.errors else 200)
