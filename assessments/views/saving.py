"""Every change as it is made: one small request, answered only when the database has it for good."""

from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token

from assessments.actions import Saved, save_answers
from assessments.clock import now_in_milliseconds
from assessments.forms.changes import NotChanges, read_changes
from assessments.guards import response_of_member
from assessments.lifecycle import NotNow
from assessments.models import Response
from assessments.queries.news import news_since
from assessments.reasons import why_not_save
from ground.methods import get_or_post
from organisations.requests import SignedIn
from organisations.sign_in import kept_form

NOT_OURS = "This was not sent by a page of the portal, or by an old one. Reload the page."


@get_or_post
def answers(request: SignedIn, response_id: int) -> HttpResponse:
    """POST saves changes (the format: assessments/forms/changes.py). GET tells what has changed since revision `seen`.

    Both answer with the newest revision and with what changed `elsewhere`, as names of fields and their values.
    """
    return _save(request, response_id) if request.method == "POST" else _news(request, response_id)


def _save(request: SignedIn, response_id: int) -> HttpResponse:
    """The action itself finds the member's response: a query less for what is asked most of all."""
    try:
        changes = read_changes(request.body)
        saved = save_answers(
            response=Response(pk=response_id, person=request.user),
            answers=changes.answers,
            reflections=changes.reflections,
            seen=changes.seen,
            boards=request.acting.organisation_ids,
        )
    except (NotChanges, ValueError):
        response_of_member(request.user, response_id)  # what is not theirs is a 404, whatever they send
        return JsonResponse({"why_not": NOT_OURS}, status=400)
    except NotNow as reason:
        return JsonResponse({"why_not": str(reason)}, status=409)
    except Response.DoesNotExist as nobodys:
        raise Http404 from nobodys
    kept_form.let_go(request, changes.page)
    problems = [{"name": problem.name, "message": problem.message} for problem in changes.problems]
    return JsonResponse(_told(saved) | {"problems": problems})


def _news(request: SignedIn, response_id: int) -> JsonResponse:
    """With a token, because signing in again in another window has made the page's own useless."""
    response = response_of_member(request.user, response_id)
    on_board = response.round.organisation_id in request.acting.organisation_ids
    seen = request.GET.get("seen", "0")
    saved = news_since(response, int(seen) if seen.isdecimal() and len(seen) < 10 else 0)
    why_not = why_not_save(response, on_board=on_board)
    return JsonResponse(_told(saved) | {"token": get_token(request), "why_not": why_not})


def _told(saved: Saved) -> dict[str, object]:
    elsewhere = [
        {"name": f"{kind}-{row.indicator_id}", "value": value}
        for row in saved.answers
        for kind, value in (("answer", row.choice), ("comment", row.comment), ("note", row.note))
    ]
    elsewhere += [{"name": f"reflection-{row.section_id}-{row.box_id}", "value": row.text} for row in saved.reflections]
    return {"revision": saved.revision, "now": now_in_milliseconds(), "elsewhere": elsewhere}
