"""The board report before it is taken: its cover, and which report is wanted."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from assessments.guards import closed_round_with, round_with_results
from assessments.lifecycle import NotNow, RoundMove, is_allowed
from assessments.models import Round
from assessments.queries.board_actions import round_actions
from assessments.queries.results import results_for
from ground.methods import get_or_post
from organisations.guards import organisation_with
from organisations.permissions import Permission, has_permission
from organisations.requests import SignedIn, posted
from reports.content.sentences import digest, executive_summary
from reports.cover.choice_form import ChoicesForm
from reports.cover.forms import CoverForm, UsualCoverForm
from reports.cover.paper import Paper, paper_facts, paper_of, usual_paper, written_facts
from reports.cover.writing import PaperChanged, mark_of, write_defaults, write_paper
from reports.models import CoverDefaults, RoundCover

CHANGED = (
    "Somebody else changed this cover while the page was open. Nothing of theirs is overwritten: it stands below the "
    "form. What you entered is still here; saving it again replaces theirs."
)
STANDS = "The cover cannot be changed while the round is signed off. Take back the sign-off to change it."


@get_or_post
def cover(request: SignedIn, round_id: int) -> HttpResponse:
    """The cover of the round's report: what stands there, and the form that changes it."""
    round_ = closed_round_with(request.user, round_id, Permission.RUN_ROUNDS)
    sentences = executive_summary(results_for(round_), round_actions(round_))
    form = _cover_form(request, round_, digest(sentences))
    if request.method == "POST" and form.is_valid() and _written(request, round_, form):
        messages.success(request, "The cover is saved.")
        return redirect("reports:board_report", round_.pk)
    stands = paper_of(round_)
    context = {
        "round": round_,
        "form": form,
        "sentences": sentences,
        "is_outdated": bool(stands.own_summary) and stands.summary_seen != digest(sentences),
        "why_not": "" if is_allowed(RoundMove.WRITE_COVER, round_.state) else STANDS,
    }
    return _page(request, "cover", form, context | {"acting_for": round_.organisation})


def _cover_form(request: SignedIn, round_: Round, summary_now: str) -> CoverForm:
    mark = mark_of(RoundCover.objects.filter(round=round_).first())
    return CoverForm(posted(request), paper=paper_of(round_), seen=mark, summary_now=summary_now)


def _written(request: SignedIn, round_: Round, form: CoverForm) -> bool:
    try:
        write_paper(by=request.user, round_=round_, paper=form.paper, seen=form.cleaned_data["seen"])
    except PaperChanged:
        _refuse(form, RoundCover.objects.filter(round=round_).first(), paper_of(round_))
    except NotNow as reason:
        form.add_error(None, str(reason))
    return not form.errors


@get_or_post
def usual_cover(request: SignedIn, ods_code: str) -> HttpResponse:
    """What an organisation sets once for the covers of all its reports."""
    organisation = organisation_with(request.user, ods_code, Permission.RUN_ROUNDS)
    standing = CoverDefaults.objects.filter(organisation=organisation)
    form = UsualCoverForm(posted(request), paper=usual_paper(organisation), seen=mark_of(standing.first()))
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            write_defaults(by=request.user, organisation=organisation, paper=form.paper, seen=seen)
        except PaperChanged:
            _refuse(form, standing.first(), usual_paper(organisation))
        else:
            messages.success(request, "The usual cover is saved.")
            return redirect("reports:usual_cover", ods_code)
    return _page(request, "usual_cover", form, {"form": form, "acting_for": organisation})


@require_GET
def board_report_page(request: SignedIn, round_id: int) -> HttpResponse:
    """Which report is wanted, for everybody who reads the results; and for a lead the way to its cover."""
    round_ = round_with_results(request.user, round_id)
    paper = paper_of(round_)
    context = {
        "round": round_,
        "form": ChoicesForm(round_=round_),
        "is_lead": has_permission(request.user, round_.organisation, Permission.RUN_ROUNDS),
        "facts": paper_facts(paper),
        "marking": paper.protective_marking,
        "summary_is_own": bool(paper.own_summary),
        "acting_for": round_.organisation,
    }
    return render(request, "reports/board_report_page.html", context)


def _refuse(form: UsualCoverForm, now: CoverDefaults | RoundCover | None, theirs: Paper) -> None:
    form.add_error(None, CHANGED)
    form.show_as_seen(mark_of(now))
    form.theirs = written_facts(theirs)


def _page(request: SignedIn, template: str, form: UsualCoverForm, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"reports/{template}.html", context, status=422 if form.errors else 200)
