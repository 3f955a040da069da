"""The board's discussion of a closed round: what to talk about, indicator by indicator, and what was agreed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from assessments import actions
from assessments.choices import DISCUSSION_LENGTHS, USUAL_LENGTH
from assessments.forms.discussion import AcceptMediansForm, PositionForm
from assessments.guards import round_to_discuss
from assessments.lifecycle import NotNow, RoundMove, is_allowed
from assessments.models import Round
from assessments.presenters.room import on_screen
from assessments.queries.content import content_of
from assessments.queries.discussion import Discussion, Item, discussion_of
from assessments.queries.medians import medians_of
from assessments.queries.positions import Position, positions_of
from assessments.queries.results import results_for
from assessments.reasons import why_not_agree
from ground.methods import get_or_post
from organisations.requests import SignedIn, posted

TYPED = {"reason": "Reason", "dissent": "Dissent"}
CHANGED = (
    "Somebody else changed what is recorded while this page was open. Nothing of theirs is overwritten: see below."
)
LIST_CHANGED = (
    "Figures or agreed positions have changed since this list was made. Nothing is recorded. Here is the list as it "
    "stands now."
)
WITHDRAWN_BY_NOW = "Somebody else has changed it meanwhile, so it is not withdrawn. Here is what is recorded now."


@require_GET
def discussion(request: SignedIn, round_id: int) -> HttpResponse:
    """What to talk about, in order, with what is agreed so far."""
    round_ = round_to_discuss(request.user, round_id)
    context = {
        "discussion": discussion_of(round_),
        "why_not": why_not_agree(round_),
        "lengths": DISCUSSION_LENGTHS,
        "usual_length": USUAL_LENGTH,
    }
    return _page(request, "discussion", round_, context)


@get_or_post
def discuss(request: SignedIn, round_id: int, indicator_code: str) -> HttpResponse:
    """One indicator on the screen of the meeting room, and what the board agrees for it."""
    try:
        round_ = round_to_discuss(request.user, round_id)
    except PermissionDenied as reason:
        return _given_back(request, str(reason))
    indicator = get_object_or_404(round_.indicators(), code=indicator_code)
    found = discussion_of(round_)
    item = found.item(indicator.code)
    form = PositionForm(posted(request), round_=round_, item=item, content=content_of(round_))
    if request.method != "POST" or not form.is_valid():
        return _room(request, round_, found, item, form)
    try:
        actions.agree(
            by=request.user, round_=round_, indicator=indicator, settled=form.settled, seen=form.cleaned_data["seen"]
        )
    except actions.PositionChanged:
        now = positions_of(round_).get(item.code)
        form.show_as_seen(now.mark if now else "")
        form.add_error(None, CHANGED)
        return _room(request, round_, found, item, form, conflict=True, now=now)
    except NotNow as reason:
        form.add_error(None, str(reason))
        return _room(request, round_, found, item, form)
    messages.success(request, f"Recorded for {item.code}: level {form.settled.level}.")
    return _to(round_, found.after(item))


@get_or_post
def withdraw(request: SignedIn, round_id: int, indicator_code: str) -> HttpResponse:
    """Ask once more, then take back what was recorded for an indicator."""
    round_ = round_to_discuss(request.user, round_id)
    indicator = get_object_or_404(round_.indicators(), code=indicator_code)
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        try:
            actions.withdraw_agreement(by=request.user, round_=round_, indicator=indicator, seen=seen)
        except actions.PositionChanged:
            messages.warning(request, WITHDRAWN_BY_NOW)
        except NotNow as reason:
            messages.warning(request, str(reason))
        else:
            messages.success(request, f"Nothing is recorded for {indicator.code} any more.")
        return redirect("assessments:discuss", round_.pk, indicator.code)
    context = {"indicator": indicator, "agreed": positions_of(round_).get(indicator.code)}
    return _page(request, "withdraw_agreement", round_, {**context, "why_not": why_not_agree(round_)})


@get_or_post
def accept_medians(request: SignedIn, round_id: int) -> HttpResponse:
    """List the medians that the board can accept where it is aligned, then record exactly those."""
    round_ = round_to_discuss(request.user, round_id)
    form = AcceptMediansForm(posted(request), round_=round_)
    if request.method == "POST" and form.is_valid():
        try:
            accepted = actions.accept_medians(
                by=request.user, round_=round_, listed=request.POST.getlist("listed"), **form.cleaned_data
            )
        except actions.MediansChanged:
            form.add_error(None, LIST_CHANGED)
        except NotNow as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, f"Recorded: the median of {accepted} indicators is agreed.")
            return redirect("assessments:discussion", round_.pk)
    context = {"form": form, "medians": medians_of(results_for(round_)), "why_not": why_not_agree(round_)}
    return _page(request, "accept_medians", round_, context)


def _room(
    request: SignedIn,
    round_: Round,
    found: Discussion,
    item: Item,
    form: PositionForm,
    *,
    conflict: bool = False,
    now: Position | None = None,
) -> HttpResponse:
    """The screen; after a conflict with what is recorded `now` beside what was typed."""
    content = content_of(round_)
    context = {
        "discussion": found,
        "item": item,
        "room": on_screen(item, content, round_.minimum_group),
        "content": content,
        "comments": found.comments_on(item),
        "before": found.before(item),
        "after": found.after(item),
        "form": form,
        "can_record": form.is_bound or is_allowed(RoundMove.AGREE, round_.state),
        "why_not": why_not_agree(round_),
        "conflict": conflict,
        "now": now,
    }
    return _page(request, "discuss", round_, context)


def _given_back(request: SignedIn, reason: str) -> HttpResponse:
    """Why it cannot be recorded, with what was typed; nothing typed, and it is an ordinary refusal."""
    typed = [(label, request.POST[name]) for name, label in TYPED.items() if request.POST.get(name)]
    if not typed:
        raise PermissionDenied(reason)
    return render(request, "assessments/given_back.html", {"reason": reason, "typed": typed}, status=403)


def _to(round_: Round, following: Item | None) -> HttpResponse:
    if following is None:
        return redirect("assessments:discussion", round_.pk)
    return redirect("assessments:discuss", round_.pk, following.code)


def _page(request: SignedIn, template: str, round_: Round, context: dict[str, object]) -> HttpResponse:
    form = context.get("form")
    wrong = isinstance(form, PositionForm | AcceptMediansForm) and bool(form.errors)
    page = {"round": round_, "acting_for": round_.organisation, **context}
    return render(request, f"assessments/{template}.html", page, status=422 if wrong else 200)
