"""What a board member does: find their assessments, answer section by section, check, submit."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_POST

from assessments.actions import reopen_response, save_answers, submit_response
from assessments.clock import now_in_milliseconds
from assessments.device_key import device_key
from assessments.forms.section import SectionForm
from assessments.guards import response_in_round, response_of_member
from assessments.lifecycle import NotNow
from assessments.models import Response
from assessments.presenters.check import checked_sections
from assessments.presenters.my_answers_csv import my_answers_csv
from assessments.presenters.section import draw_section
from assessments.queries.home import home_for
from assessments.queries.last_time import last_time
from assessments.queries.my_answers import my_answers
from assessments.queries.publications import what_waits_of
from assessments.queries.results import results_for
from assessments.queries.sharing import shared_with, shared_with_me
from assessments.queries.sitting import SectionAnswered, Sitting, sitting_for
from ground.methods import get_or_post
from organisations.requests import SignedIn
from organisations.sign_in import kept_form

STILL_HERE = "What you chose and typed is still on this page, so that you can copy it."
NO_SUCH_SECTION = "There is no such section in this round."
KEPT_FOR_YOU = (
    "You were signed out before this page was saved. What you chose and typed is here again: save it with the button "
    "at the end of the page."
)
CHANGED_ELSEWHERE = (
    "While this page was open, {questions} changed in another window or on another device. The later change to each "
    "answer stands."
)


@require_GET
def home(request: SignedIn) -> HttpResponse:
    """My assessments for the organisation that I act for; for a digital lead, the rounds they run as well."""
    if request.acting.must_choose:
        return redirect("act_for")
    context = {"home": home_for(request.user, request.acting), "shared": shared_with_me(request.user, request.acting)}
    return render(request, "assessments/home.html", context)


@require_GET
def answer_round(request: SignedIn, round_id: int) -> HttpResponse:
    """The one address that a lead sends to every member: leads each to their own response, signing in on the way."""
    return redirect("assessments:response", response_in_round(request.user, round_id).pk)


@require_GET
def task_list(request: SignedIn, response_id: int) -> HttpResponse:
    """Before the first question and between sections: terms, sections, how far I am."""
    response = response_of_member(request.user, response_id)
    return _page(request, "task_list", response, _sitting(request, response), **_for_the_device(request, response))


@get_or_post
@gzip_page
def answer_section(request: SignedIn, response_id: int, code: str) -> HttpResponse:
    """Answer one section. What was typed is kept and shown again whenever it cannot be saved."""
    response = response_of_member(request.user, response_id)
    sitting = _sitting(request, response)
    section = sitting.section(code)
    if section is None:
        raise Http404(NO_SUCH_SECTION)
    if request.method == "POST":
        return _save(request, response, sitting, section)
    if kept := kept_form.kept(request):
        form = SectionForm(kept.posted, content=sitting.content, section=section)
        return _section(request, response, sitting, section, form=form, note=KEPT_FOR_YOU, made_at=kept.at)
    if not sitting.can_answer:
        return redirect("assessments:check", response.pk)
    return _section(request, response, sitting, section)


def _sitting(request: SignedIn, response: Response) -> Sitting:
    return sitting_for(response, on_board=_is_on_board(request, response))


def _is_on_board(request: SignedIn, response: Response) -> bool:
    return response.round.organisation_id in request.acting.organisation_ids


def _save(request: SignedIn, response: Response, sitting: Sitting, section: SectionAnswered) -> HttpResponse:
    form = SectionForm(request.POST, content=sitting.content, section=section)
    if not form.is_valid():
        return _section(request, response, sitting, section, form=form, status=422)
    boards = request.acting.organisation_ids
    try:
        save_answers(response=response, answers=form.answers(), reflections=form.reflections(), boards=boards)
    except NotNow as reason:
        return _section(
            request, response, sitting, section, form=form, status=409, note=f"Not saved. {reason} {STILL_HERE}"
        )
    kept_form.let_go(request, request.path)
    if elsewhere := form.changed_elsewhere():
        messages.warning(request, CHANGED_ELSEWHERE.format(questions=_in_words(elsewhere)))
    return _after_saving(request, response, sitting, section)


def _after_saving(request: SignedIn, response: Response, sitting: Sitting, section: SectionAnswered) -> HttpResponse:
    """On to the next section; or back to where the member came from, or wants to stop."""
    if "stop" in request.POST:
        messages.success(request, "Your answers are saved. Come back any time before the round closes.")
        return redirect("assessments:response", response.pk)
    following = sitting.after(section)
    if following is None or _comes_from_check(request):
        return redirect("assessments:check", response.pk)
    return redirect("assessments:section", response.pk, following.asked.code)


def _comes_from_check(request: SignedIn) -> bool:
    return request.GET.get("from") == "check"


def _in_words(numbers: list[int]) -> str:
    """ "question 3", "questions 3, 5 and 8"."""
    *most, last = map(str, numbers)
    return f"questions {', '.join(most)} and {last}" if most else f"question {last}"


def _section(
    request: SignedIn,
    response: Response,
    sitting: Sitting,
    section: SectionAnswered,
    *,
    form: SectionForm | None = None,
    status: int = 200,
    note: str = "",
    made_at: int | None = None,
) -> HttpResponse:
    context = {
        "section": section,
        "drawn": draw_section(section, sitting.content, last_time(response, section.asked), form),
        "form": form,
        "note": note,
        "is_unsaved": form is not None,
        "made_at": made_at,
        "from_check": _comes_from_check(request),
        "page_mark": kept_form.mark_for(request.user, request.path),
        **_for_the_device(request, response),
    }
    return _page(request, "section", response, sitting, status, **context)


@require_GET
def check_answers(request: SignedIn, response_id: int) -> HttpResponse:
    """All my answers on one page, those missing first; the way to submit. Later the board's result beside them."""
    response = response_of_member(request.user, response_id)
    sitting = _sitting(request, response)
    results = results_for(response.round) if sitting.may_read_results else None
    sections = checked_sections(sitting, results)
    context = {
        "sections": sections,
        "shared_with": shared_with(response),
        "waiting": what_waits_of(response),
        **_for_the_device(request, response),
    }
    return _page(request, "check", response, sitting, **context)


def _for_the_device(request: SignedIn, response: Response) -> dict[str, Any]:
    """What the page needs to read what the device still holds, and to send it."""
    return {"device_key": device_key(request.user, response), "now": now_in_milliseconds()}


@require_GET
def answers_csv(request: SignedIn, response_id: int) -> HttpResponse:
    """All my answers as a file for a spreadsheet. Like reading them on the page, it leaves no line."""
    response = response_of_member(request.user, response_id)
    mine = my_answers(response, on_board=_is_on_board(request, response))
    return HttpResponse(
        my_answers_csv(mine),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{mine.file_stem}.csv"'},
    )


@require_POST
def submit(request: SignedIn, response_id: int) -> HttpResponse:
    """Hand in my answers."""
    response = response_of_member(request.user, response_id)
    try:
        submit_response(response=response)
    except NotNow as reason:
        messages.warning(request, str(reason))
        return redirect("assessments:check", response.pk)
    return redirect("assessments:receipt", response.pk)


@require_GET
def receipt(request: SignedIn, response_id: int) -> HttpResponse:
    """That my answers have arrived, and what happens next; for what is not submitted, the way to submit."""
    response = response_of_member(request.user, response_id)
    sitting = _sitting(request, response)
    if not sitting.is_submitted:
        return redirect("assessments:check", response.pk)
    return _page(
        request, "receipt", response, sitting, shared_with=shared_with(response), waiting=what_waits_of(response)
    )


@require_POST
def reopen(request: SignedIn, response_id: int) -> HttpResponse:
    """Take my submission back to change something."""
    response = response_of_member(request.user, response_id)
    try:
        reopen_response(response=response)
    except NotNow as reason:
        messages.warning(request, str(reason))
        return redirect("assessments:check", response.pk)
    messages.success(request, "You can change your answers again. Remember to submit them before the round closes.")
    return redirect("assessments:response", response.pk)


def _page(
    request: SignedIn, template: str, response: Response, sitting: Sitting, status: int = 200, **context: object
) -> HttpResponse:
    round_ = response.round
    page = {"sitting": sitting, "acting_for": round_.organisation, "opened_at": round_.opened_at, **context}
    return render(request, f"assessments/{template}.html", page, status=status)
