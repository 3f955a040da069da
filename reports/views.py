"""The results of a closed round, on a page and as the board report."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assessments.guards import round_with_results
from assessments.queries.results import results_for
from organisations.requests import SignedIn
from reports.content import board_report
from reports.pdf import render_pdf


@require_GET
def results(request: SignedIn, round_id: int) -> HttpResponse:
    """The board's results, for the members of the round and its digital leads."""
    round_ = round_with_results(request.user, round_id)
    context = {"report": board_report(results_for(round_)), "round": round_, "acting_for": round_.organisation}
    return render(request, "reports/results.html", context)


@require_GET
def report_pdf(request: SignedIn, round_id: int) -> HttpResponse:
    """The board report as a download."""
    report = board_report(results_for(round_with_results(request.user, round_id)))
    return HttpResponse(
        render_pdf(report),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{report.file_name}"'},
    )
