"""What a member has of their own self-assessment alone: their trend, and the document for their appraisal."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assessments.guards import self_assessment_of_member
from assessments.queries.my_answers import my_answers
from assessments.queries.my_trend import my_trend
from organisations.requests import SignedIn
from reports.own.appraisal import appraisal, appraisal_pdf
from reports.own.my_trend import how_it_is_worked_out, trend_parts
from reports.views import download


@require_GET
def trend(request: SignedIn, response_id: int) -> HttpResponse:
    """How my own answers have moved since my earlier rounds."""
    response = self_assessment_of_member(request.user, response_id)
    mine = my_trend(response)
    context = {
        "response": response,
        "framework": mine.content.framework,
        "note": how_it_is_worked_out(mine),
        "parts": trend_parts(mine),
        "acting_for": response.round.organisation,
    }
    return render(request, "reports/my_trend.html", context)


@require_GET
def appraisal_page(request: SignedIn, response_id: int) -> HttpResponse:
    """What is in the document for my appraisal, and the way to it."""
    response = self_assessment_of_member(request.user, response_id)
    framework = response.round.version.framework
    context = {"response": response, "framework": framework, "acting_for": response.round.organisation}
    return render(request, "reports/appraisal_page.html", context)


@require_GET
def appraisal_document(request: SignedIn, response_id: int) -> HttpResponse:
    """The document as a download. Like my answers on the page, it leaves no line: it is mine."""
    response = self_assessment_of_member(request.user, response_id)
    on_board = response.round.organisation_id in request.acting.organisation_ids
    document, extras = appraisal(
        my_answers(response, on_board=on_board),
        my_trend(response),
        role=response.seat.get_role_display(),
        version_note=response.round.version.note,
        with_notes="notes" in request.GET,
    )
    return download(appraisal_pdf(document, extras), document.file_name)
