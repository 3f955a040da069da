"""What a digital lead does with a round that is there: add members, open it, follow it, close it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from assessments import actions
from assessments.choices import RoundState
from assessments.forms.rounds import CloseForm, ClosingDateForm, MembersForm, NewMemberForm
from assessments.guards import round_with
from assessments.lifecycle import NotNow
from assessments.presenters.round_steps import steps_of
from assessments.queries.board_actions import open_actions_of
from assessments.queries.notices import invitations_of
from assessments.queries.rounds import overview_of, progress_for, seats_to_invite
from assessments.reasons import why_wait
from ground.methods import get_or_post
from organisations.actions import Refused
from organisations.permissions import Permission
from organisations.requests import SignedIn, posted

from .posting import attempt, form_page


@require_GET
def round_page(request: SignedIn, round_id: int) -> HttpResponse:
    """Where a round stands, and the next step."""
    round_ = round_with(request.user, round_id, Permission.RUN_ROUNDS)
    overview, progress = overview_of(round_), progress_for(round_)
    context = {
        "round": round_,
        "state": RoundState(round_.state),
        "overview": overview,
        "progress": progress,
        "steps": steps_of(round_, overview, progress),
        "invitations": invitations_of(round_),
        "actions": open_actions_of(round_.organisation),
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
        attempt(
            request,
            lambda: actions.add_members(by=request.user, round_=round_, seats=seats_chosen),
            "The members are in the round.",
        )
        return redirect("assessments:round", round_.pk)
    return form_page(request, "choose_members", round_.organisation, form, round=round_, seats=seats)


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
    return form_page(request, "new_member", round_.organisation, form, round=round_)


@require_POST
def remove_member(request: SignedIn, round_id: int, response_id: int) -> HttpResponse:
    """Take a member out of a draft."""
    round_ = round_with(request.user, round_id, Permission.RUN_ROUNDS)
    response = get_object_or_404(round_.responses.select_related("person", "round"), pk=response_id)
    attempt(
        request,
        lambda: actions.remove_member(by=request.user, response=response),
        f"{response.person.name} is no longer in the round.",
    )
    return redirect("assessments:round", round_.pk)


@require_POST
def open_round(request: SignedIn, round_id: int) -> HttpResponse:
    """Let members answer."""
    round_ = round_with(request.user, round_id, Permission.RUN_ROUNDS)
    attempt(
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
    return form_page(request, "closing_date", round_.organisation, form, round=round_)


@get_or_post
def close_round(request: SignedIn, round_id: int) -> HttpResponse:
    """Close: says what that means, and asks at the first time whether unsubmitted answers count."""
    round_ = round_with(request.user, round_id, Permission.RUN_ROUNDS)
    progress = progress_for(round_)
    is_first = round_.unsubmitted_counted is None  # a round that was reopened keeps what was chosen then
    form = CloseForm(posted(request), unsubmitted=progress.started if is_first else 0)
    if request.method == "POST" and form.is_valid():
        count = form.cleaned_data.get("count_unsubmitted", False)
        attempt(
            request,
            lambda: actions.close_round(by=request.user, round_=round_, count_unsubmitted=count),
            "The round is closed. Here are the results.",
        )
        return redirect("assessments:round", round_.pk)
    too_few = why_wait(round_, progress.submitted)
    return form_page(request, "close", round_.organisation, form, round=round_, progress=progress, too_few=too_few)


@get_or_post
def cancel_round(request: SignedIn, round_id: int) -> HttpResponse:
    """Ask once more, then give the round up."""
    round_ = round_with(request.user, round_id, Permission.RUN_ROUNDS)
    if request.method == "POST":
        attempt(request, lambda: actions.cancel_round(by=request.user, round_=round_), "The round is cancelled.")
        return redirect("assessments:round", round_.pk)
    return render(request, "assessments/cancel.html", {"round": round_, "acting_for": round_.organisation})
