"""The results of a closed round, on a page and as the board report; and a member's own answers to take away."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assessments.guards import response_of_member, round_with_results
from assessments.queries.my_answers import my_answers
from assessments.queries.positions import positions_of
from assessments.queries.results import results_for
from organisations.audit import record
from organisations.choices import AuditedEvent
from organisations.requests import SignedIn
from reports.content import board_report
from reports.my_answers import own_answers, own_answers_pdf
from reports.pdf import render_pdf


@require_GET
def results(request: SignedIn, round_id: int) -> HttpResponse:
    """The board's results, for the members of the round and its digital leads."""
    round_ = round_with_results(request.user, round_id)
    context = {
        "report": board_report(results_for(round_), positions=positions_of(round_)),
        "round": round_,
        "acting_for": round_.organisation,
    }
    return render(request, "reports/results.html", context)


@require_GET
def report_pdf(request: SignedIn, round_id: int) -> HttpResponse:
    """The board report as a download; a line in the audit trail says who took it (docs/adr/0007)."""
    round_ = round_with_results(request.user, round_id)
    report = board_report(results_for(round_), positions=positions_of(round_))
    content = render_pdf(report)
    record(
        AuditedEvent.REPORT_DOWNLOADED, organisation=round_.organisation, by=request.user, subject=str(round_)
    )  # fmt: skip
    return download(content, report.file_name)


@require_GET
def my_answers_pdf(request: SignedIn, response_id: int) -> HttpResponse:
    """My own answers as a download. Like reading them on the page, it leaves no line."""
    response = response_of_member(request.user, response_id)
    on_board = response.round.organisation_id in request.acting.organisation_ids
    document = own_answers(my_answers(response, on_board=on_board))
    return download(own_answers_pdf(document), document.file_name)


def download(pdf: bytes, file_name: str) -> HttpResponse:
    """A PDF under that name, to be kept rather than shown."""
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{file_name}"'},
    )
