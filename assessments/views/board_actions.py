"""The board's actions: lists of them for everybody on the board, and forms for its digital leads."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from assessments import actions
from assessments.forms.board_actions import ActionFilterForm, ChangeActionForm, NewActionForm
from assessments.guards import action_of, action_to_change, round_to_plan_from, round_with_actions
from assessments.lifecycle import NotNow
from assessments.models import Round
from assessments.presenters.board_actions import actions_calendar, actions_csv
from assessments.queries import board_actions as queries
from assessments.queries.board_actions import BoardAction
from frameworks.models import Indicator, Section
from ground.methods import get_or_post
from organisations.guards import own_organisation
from organisations.models import Organisation
from organisations.permissions import Permission, has_permission
from organisations.requests import SignedIn, posted

Actions = tuple[BoardAction, ...]
Content = Callable[[Organisation, Actions], str]

FILTERS = ("status", "section", "owner")
CSV, CALENDAR = ("text/csv", "csv"), ("text/calendar", "ics")  # media type, ending of the file's name


@require_GET
def board_list(request: SignedIn, ods_code: str) -> HttpResponse:
    """All actions of the board, overdue and open ones first. Query: status, section, owner."""
    organisation = own_organisation(request.user, ods_code)
    every, form = _asked(organisation, request.GET)
    if not form.is_valid():
        return _list(request, organisation, form, every, status=422)
    return _list(request, organisation, form, every, actions=_chosen(every, form), query=_query(request.GET))


@require_GET
def board_csv(request: SignedIn, ods_code: str) -> HttpResponse:
    """The same actions for a spreadsheet."""
    return _file(request, ods_code, CSV, lambda organisation, chosen: actions_csv(chosen))


@require_GET
def board_calendar(request: SignedIn, ods_code: str) -> HttpResponse:
    """The due dates among the same actions, for a calendar."""

    def address(action: BoardAction) -> str:
        return request.build_absolute_uri(reverse("assessments:action", args=[action.action_id]))

    def content(organisation: Organisation, chosen: Actions) -> str:
        return actions_calendar(f"Actions of {organisation.name}", chosen, address, timezone.now())

    return _file(request, ods_code, CALENDAR, content)


@require_GET
def round_list(request: SignedIn, round_id: int) -> HttpResponse:
    """The actions that came out of a round, and those that it found unfinished."""
    round_ = round_with_actions(request.user, round_id)
    context = {
        "round": round_,
        "planned": queries.round_actions(round_),
        "can_plan": has_permission(request.user, round_.organisation, Permission.PLAN_ACTIONS),
        "acting_for": round_.organisation,
    }
    return render(request, "assessments/round_actions.html", context)


@require_GET
def action_page(request: SignedIn, action_id: int) -> HttpResponse:
    """One action with its history."""
    action = action_of(request.user, action_id)
    context = {
        "in_full": queries.action_in_full(action),
        "can_plan": has_permission(request.user, action.organisation, Permission.PLAN_ACTIONS),
        "acting_for": action.organisation,
    }
    return render(request, "assessments/action.html", context)


@get_or_post
def new_action(request: SignedIn, round_id: int) -> HttpResponse:
    """Add an action. Query: indicator or section, by its code, from which the page was opened."""
    round_ = round_to_plan_from(request.user, round_id)
    form = NewActionForm(
        posted(request),
        subjects=queries.subjects_of(round_),
        owners=queries.owners_on_offer(round_.organisation),
        about=_opened_from(round_, request.GET),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_action(by=request.user, round_=round_, planned=form.planned(), **_subject(form))
        except NotNow as reason:
            form.add_error("owner", str(reason))
        else:
            messages.success(request, "The action is added.")
            return redirect("assessments:round_actions", round_.pk)
    context = {"form": form, "round": round_, "acting_for": round_.organisation}
    return render(request, "assessments/new_action.html", context, status=422 if form.errors else 200)


@get_or_post
def change_action(request: SignedIn, action_id: int) -> HttpResponse:
    """Change an action; what somebody else has changed meanwhile is shown first, and nothing typed is lost."""
    action = action_to_change(request.user, action_id)
    owners = queries.owners_on_offer(action.organisation, action)
    form, meanwhile = ChangeActionForm(posted(request), action=action, owners=owners), None
    if request.method == "POST" and form.is_valid():
        try:
            changed = _change(request, form)
        except actions.ChangedMeanwhile:
            form, meanwhile = form.once_more(action, owners), queries.action_in_full(action)
        except NotNow as reason:
            form.add_error("owner", str(reason))
        else:
            messages.success(request, "The change is saved." if changed else "Nothing was changed.")
            return redirect("assessments:action", action.pk)
    context = {"form": form, "action": action, "meanwhile": meanwhile, "acting_for": action.organisation}
    return render(request, "assessments/change_action.html", context, status=422 if form.errors else 200)


def _change(request: SignedIn, form: ChangeActionForm) -> bool:
    revision, note = form.cleaned_data["revision"], form.cleaned_data["note"]
    return actions.change_action(
        by=request.user, action=form.action, revision=revision, planned=form.planned(), note=note
    )  # fmt: skip


def _subject(form: NewActionForm) -> dict[str, Any]:
    """Section and indicator that the valid form names; it offers those of the round alone."""
    kind, _, key = form.cleaned_data["about"].partition("-")
    if kind == "section":
        return {"section": Section.objects.get(pk=key)}
    indicator = Indicator.objects.select_related("section").get(pk=key)
    return {"section": indicator.section, "indicator": indicator}


def _opened_from(round_: Round, query: QueryDict) -> str:
    """The subject that the query names; "" when it names none of this round's."""
    code = query.get("indicator", "").replace("\0", "")
    if code and (found := round_.indicators().filter(code=code).first()):
        return f"indicator-{found.pk}"
    code = query.get("section", "").replace("\0", "")
    section = round_.sections.filter(code=code).first()
    return f"section-{section.pk}" if section else ""


def _asked(organisation: Organisation, query: QueryDict) -> tuple[Actions, ActionFilterForm]:
    every = queries.actions_of(organisation)
    choices = {"sections": queries.sections_among(every), "owners": queries.owners_among(every)}
    return every, ActionFilterForm(query, **choices)


def _chosen(every: Actions, form: ActionFilterForm) -> Actions:
    return queries.narrowed(every, **{name: form.cleaned_data[name] for name in FILTERS})


def _list(
    request: SignedIn,
    organisation: Organisation,
    form: ActionFilterForm,
    every: Actions,
    status: int = 200,
    **page: Any,
) -> HttpResponse:
    context = {"form": form, "organisation": organisation, "acting_for": organisation, "every": every, **page}
    return render(request, "assessments/actions.html", context, status=status)


def _query(typed: QueryDict) -> str:
    """ "?status=open&…" with what was chosen; empty for nothing."""
    kept = urlencode([(name, typed[name]) for name in FILTERS if typed.get(name)])
    return f"?{kept}" if kept else ""


def _file(request: SignedIn, ods_code: str, kind: tuple[str, str], content: Content) -> HttpResponse:
    """What `content` makes of the actions asked for, as a download."""
    organisation = own_organisation(request.user, ods_code)
    every, form = _asked(organisation, request.GET)
    if not form.is_valid():
        return _list(request, organisation, form, every, status=422)
    media, ending = kind
    name = f"actions-{organisation.ods_code}-{timezone.localdate():%Y-%m-%d}.{ending}"
    return HttpResponse(
        content(organisation, _chosen(every, form)),
        content_type=f"{media}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
