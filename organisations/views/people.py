"""What a digital lead does about the people on the board: see them, add one or many, change a seat, end it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from ground.methods import get_or_post
from organisations import actions
from organisations.guards import organisation_with
from organisations.models import Organisation, Seat
from organisations.people.forms import ConfirmListForm, EndSeatForm, PeopleListForm, PersonForm, SeatForm
from organisations.people.listed import MOST_PEOPLE
from organisations.people.plan import Outcome, Planned, plan_for
from organisations.people.queries import people_of
from organisations.permissions import Permission, has_permission
from organisations.requests import SignedIn, posted


@require_GET
def people(request: SignedIn, ods_code: str) -> HttpResponse:
    """Everybody on the board, and those who were."""
    organisation = organisation_with(request.user, ods_code, Permission.MANAGE_PEOPLE)
    return _page(request, "people", organisation, people=people_of(organisation))


@get_or_post
def add_person(request: SignedIn, ods_code: str) -> HttpResponse:
    """Seat one person from today."""
    organisation = organisation_with(request.user, ods_code, Permission.MANAGE_PEOPLE)
    form = PersonForm(posted(request))
    if form.is_valid():
        with _refusal_in(form, "email"):
            actions.give_seat(by=request.user, organisation=organisation, **form.cleaned_data)
            messages.success(request, f"{form.cleaned_data['name']} is on the board.")
            return redirect("people", ods_code)
    return _page(request, "add_person", organisation, form)


@get_or_post
def add_people(request: SignedIn, ods_code: str) -> HttpResponse:
    """Paste or upload a list; POST shows what it would do, POST with `confirm` does it, with `edit` gives it back."""
    organisation = organisation_with(request.user, ods_code, Permission.MANAGE_PEOPLE)
    if request.method != "POST" or "edit" in request.POST:
        form = PeopleListForm(text=request.POST.get("text", ""))
        return _page(request, "add_people", organisation, form, most=MOST_PEOPLE)
    form = PeopleListForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, "add_people", organisation, form, most=MOST_PEOPLE)
    if "confirm" in request.POST:
        done = actions.seat_people(by=request.user, organisation=organisation, people=form.people)
        messages.success(request, _summary(done, is_done=True))
        return redirect("people", ods_code)
    plan = plan_for(organisation, form.people)
    good = sum(planned.is_good for planned in plan)
    confirm = ConfirmListForm(text=form.text_read, good=good)
    return _page(request, "preview_people", organisation, confirm, plan=plan, summary=_summary(plan), good=good)


def _summary(plan: list[Planned], *, is_done: bool = False) -> str:
    """The outcomes of a list in words, such as "Will be added: 3. Left out: 1 (line 5).", or "Added: 3. …"."""
    sentences = []
    for outcome in Outcome:
        lines = [str(planned.person.line) for planned in plan if planned.outcome == outcome]
        where = f" (line{'s' if len(lines) > 1 else ''} {', '.join(lines)})" if outcome == Outcome.ERROR else ""
        if lines:
            sentences.append(f"{outcome.after if is_done else outcome.before}: {len(lines)}{where}.")
    return " ".join(sentences)


@get_or_post
def change_seat(request: SignedIn, ods_code: str, seat_id: int) -> HttpResponse:
    """Another role, or a digital lead or no longer one."""
    organisation = organisation_with(request.user, ods_code, Permission.MANAGE_PEOPLE)
    seat = _seat(organisation, seat_id)
    form = SeatForm(posted(request), seat=seat)
    if form.is_valid():
        with _refusal_in(form, None):
            seat = actions.change_seat(by=request.user, seat=seat, **form.cleaned_data)
            messages.success(request, f"{seat.person.name}: {seat.part}.")
            return _back_to_people(request, organisation)
    return _page(request, "change_seat", organisation, form, seat=seat)


@get_or_post
def end_seat(request: SignedIn, ods_code: str, seat_id: int) -> HttpResponse:
    """Ask for the last day, say what it means, then end the seat."""
    organisation = organisation_with(request.user, ods_code, Permission.MANAGE_PEOPLE)
    seat = _seat(organisation, seat_id)
    form = EndSeatForm(posted(request), seat=seat)
    if form.is_valid():
        with _refusal_in(form, "ends_on"):
            actions.end_seat(by=request.user, seat=seat, **form.cleaned_data)
            day = form.cleaned_data["ends_on"]
            messages.success(request, f"The last day of {seat.person.name} in this seat is {day:%-d %B %Y}.")
            return _back_to_people(request, organisation)
    return _page(request, "end_seat", organisation, form, seat=seat)


@contextmanager
def _refusal_in(form: forms.Form, field: str | None) -> Iterator[None]:
    """If the action inside is refused, its reason stands beside `field`, or above the form for None."""
    try:
        yield
    except actions.Refused as reason:
        form.add_error(field, str(reason))


def _seat(organisation: Organisation, seat_id: int) -> Seat:
    return get_object_or_404(organisation.seats.select_related("person", "organisation"), pk=seat_id)


def _back_to_people(request: SignedIn, organisation: Organisation) -> HttpResponse:
    """The list of people; the first page for a lead who has just stopped being one."""
    still_allowed = has_permission(request.user, organisation, Permission.MANAGE_PEOPLE)
    return redirect("people", organisation.ods_code) if still_allowed else redirect("assessments:home")


def _page(
    request: SignedIn, template: str, organisation: Organisation, form: forms.Form | None = None, **context: object
) -> HttpResponse:
    page = {"form": form, "organisation": organisation, "acting_for": organisation, **context}
    status = 422 if form is not None and form.errors else 200
    return render(request, f"organisations/{template}.html", page, status=status)
