"""What a digital lead does to a closed round besides the discussion: reads and chooses comments, opens it again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from assessments import actions
from assessments.forms.after_closing import CommentsForm, ReopenForm
from assessments.guards import closed_round_with, round_with
from assessments.lifecycle import RoundMove, is_allowed
from assessments.queries.results import comments_for
from assessments.reasons import why_not_reopen
from assessments.views.posting import attempt, form_page
from ground.methods import get_or_post
from organisations.audit import record
from organisations.choices import AuditedEvent
from organisations.permissions import Permission
from organisations.requests import SignedIn, posted


@get_or_post
def comments(request: SignedIn, round_id: int) -> HttpResponse:
    """Members' comments for the board, without names, in an order that says nothing; reading them is audited."""
    round_ = closed_round_with(request.user, round_id, Permission.READ_COMMENTS)
    indicators = comments_for(round_)
    form = CommentsForm(posted(request), indicators=indicators)
    if request.method == "POST" and form.is_valid():
        chosen = form.chosen
        attempt(
            request,
            lambda: actions.choose_comments(by=request.user, round_=round_, chosen=chosen),
            "The choice is saved. The report prints what is ticked.",
        )
        return redirect("assessments:comments", round_.pk)
    record(AuditedEvent.COMMENTS_READ, organisation=round_.organisation, by=request.user, subject=str(round_))
    may_choose = is_allowed(RoundMove.CHOOSE_COMMENTS, round_.state)
    return form_page(
        request, "comments", round_.organisation, form, round=round_, indicators=indicators, may_choose=may_choose
    )


@get_or_post
def reopen_round(request: SignedIn, round_id: int) -> HttpResponse:
    """Ask for a reason and a date, say what becomes of late answers, then open the round again."""
    round_ = round_with(request.user, round_id, Permission.RUN_ROUNDS)
    form, why_not = ReopenForm(posted(request)), why_not_reopen(round_)
    if request.method == "POST" and why_not:
        messages.warning(request, why_not)
        return redirect("assessments:round", round_.pk)
    if request.method == "POST" and form.is_valid():
        attempt(
            request,
            lambda: actions.reopen_round(by=request.user, round_=round_, **form.cleaned_data),
            "The round is open again. Tell the members who are to answer.",
        )
        return redirect("assessments:round", round_.pk)
    return form_page(request, "reopen_round", round_.organisation, form, round=round_, why_not=why_not)
