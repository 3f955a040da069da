"""What a digital lead sees and does about invitations and reminders."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from assessments import actions
from assessments.forms.notices import ReminderForm
from assessments.guards import round_with
from assessments.lifecycle import NotNow
from assessments.models import Response, Round
from assessments.queries.notices import chase_of
from ground.methods import get_or_post
from organisations.permissions import Permission
from organisations.requests import SignedIn, posted


@require_GET
def chase(request: SignedIn, round_id: int) -> HttpResponse:
    """Members of a round: invited, started, submitted, reminded; and what became of each e-mail."""
    round_ = round_with(request.user, round_id, Permission.RUN_ROUNDS)
    context = {"round": round_, "chase": chase_of(round_), "acting_for": round_.organisation}
    return render(request, "assessments/chase.html", context)


@get_or_post
def remind_all(request: SignedIn, round_id: int) -> HttpResponse:
    """Remind everybody who is still due."""
    return _remind(request, round_with(request.user, round_id, Permission.RUN_ROUNDS))


@get_or_post
def remind(request: SignedIn, round_id: int, response_id: int) -> HttpResponse:
    """Remind one member."""
    round_ = round_with(request.user, round_id, Permission.RUN_ROUNDS)
    return _remind(request, round_, _response(round_, response_id))


def _response(round_: Round, response_id: int) -> Response:
    named = round_.responses.select_related("person", "round__organisation", "round__version__framework")
    return get_object_or_404(named, pk=response_id)


def _remind(request: SignedIn, round_: Round, response: Response | None = None) -> HttpResponse:
    form = ReminderForm(posted(request), button="Send the reminder" if response else "Send the reminders")
    if request.method == "POST" and form.is_valid():
        try:
            reminded = actions.remind(by=request.user, round_=round_, response=response, **form.cleaned_data)
        except NotNow as reason:
            messages.warning(request, str(reason))
        else:
            messages.success(request, _done(reminded))
        return redirect("assessments:chase", round_.pk)
    return _page(request, round_, response, form)


def _done(reminded: int) -> str:
    return "The reminder is on its way." if reminded == 1 else f"Reminders are on their way to {reminded} members."


def _page(request: SignedIn, round_: Round, response: Response | None, form: ReminderForm) -> HttpResponse:
    members = chase_of(round_).members
    chosen = [member for member in members if response is None or member.response_id == response.pk]
    context = {
        "round": round_,
        "form": form,
        "one": chosen[0] if response else None,
        "to_remind": [member for member in chosen if not member.why_not_remind],
        "acting_for": round_.organisation,
    }
    return render(request, "assessments/remind.html", context, status=422 if form.errors else 200)


@require_POST
def send_again(request: SignedIn, round_id: int, response_id: int) -> HttpResponse:
    """Try once more what could not be sent to a member."""
    round_ = round_with(request.user, round_id, Permission.RUN_ROUNDS)
    response = _response(round_, response_id)
    try:
        actions.send_again(by=request.user, response=response)
    except NotNow as reason:
        messages.warning(request, str(reason))
    else:
        messages.success(request, f"The e-mail to {response.person.name} is tried again.")
    return redirect("assessments:chase", round_.pk)
