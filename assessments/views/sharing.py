"""A member shares their self-assessment with the chair and takes it back; the chair reads it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from assessments.actions import share_response, take_back_response
from assessments.forms.sharing import ShareForm
from assessments.guards import response_shared_with, self_assessment_of_member
from assessments.lifecycle import NotNow
from assessments.models import Response
from assessments.queries.content import content_of
from assessments.queries.sharing import shared_assessment, sharing_of
from assessments.reasons import NOT_THE_CHAIR
from ground.methods import get_or_post
from organisations.audit import record
from organisations.choices import AuditedEvent
from organisations.models import User
from organisations.requests import SignedIn, posted


@get_or_post
def share(request: SignedIn, response_id: int) -> HttpResponse:
    """What the chair would see, with whom it is shared, and the button that shares it."""
    response = self_assessment_of_member(request.user, response_id)
    sharing = sharing_of(response, on_board=response.round.organisation_id in request.acting.organisation_ids)
    form = ShareForm(posted(request), chairs=sharing.chairs)
    if request.method == "POST" and form.is_valid():
        return _share(request, response, get_object_or_404(User, pk=form.cleaned_data["chair"]))
    if form.errors and not sharing.is_choice:
        messages.warning(request, NOT_THE_CHAIR)
        return redirect("assessments:share", response.pk)
    context = {
        "response": response,
        "sharing": sharing,
        "form": form,
        "content": content_of(response.round),
        "acting_for": response.round.organisation,
    }
    return render(request, "assessments/share.html", context, status=422 if form.errors else 200)


def _share(request: SignedIn, response: Response, chair: User) -> HttpResponse:
    try:
        share_response(response=response, chair=chair)
    except NotNow as reason:
        messages.warning(request, str(reason))
    else:
        messages.success(request, f"{chair.name} can read your self-assessment. You can take it back any time.")
    return redirect("assessments:share", response.pk)


@require_POST
def take_back(request: SignedIn, response_id: int) -> HttpResponse:
    """Stop sharing, in any state of the round, also after leaving the board."""
    response = self_assessment_of_member(request.user, response_id)
    take_back_response(response=response)
    messages.success(request, "Nobody else can read your self-assessment any more.")
    return redirect("assessments:share", response.pk)


@require_GET
def shared(request: SignedIn, response_id: int) -> HttpResponse:
    """A member's self-assessment, for the chair with whom it is shared; a line in the audit trail says who read it."""
    response = response_shared_with(request.user, response_id)
    round_ = response.round
    subject = f"{round_}: {response.person.name}"
    record(AuditedEvent.RESPONSE_READ, organisation=round_.organisation, by=request.user, subject=subject)
    context = {"shared": shared_assessment(response), "acting_for": round_.organisation}
    return render(request, "assessments/shared.html", context)
