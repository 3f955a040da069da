"""The results of a closed round, on a page and as the board report; and a member's own answers to take away."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assessments.guards import response_of_member, round_with_results
from assessments.models import Round
from assessments.queries.my_answers import my_answers
from assessments.queries.results import RoundResults, results_for
from organisations.audit import record
from organisations.choices import AuditedEvent
from organisations.permissions import Permission, has_permission
from organisations.requests import SignedIn
from reports.content.choices import Choices, UnknownChoice, from_query
from reports.content.document import Finding
from reports.content.ranking import Order, ranking
from reports.content.sides import HEADING, NOBODY_ANSWERED, two_sides_of_the_board
from reports.own.my_answers import own_answers, own_answers_pdf
from reports.signed.versions import ReportFile, report_to_read, versions_of


@require_GET
def results(request: SignedIn, round_id: int) -> HttpResponse:
    """The board's results, for the members of the round and its digital leads."""
    round_ = round_with_results(request.user, round_id)
    versions = versions_of(round_)
    context = {
        "report": report_to_read(round_, versions),
        "round": round_,
        "versions": versions,
        "plans_for": round_ if has_permission(request.user, round_.organisation, Permission.PLAN_ACTIONS) else None,
        "acting_for": round_.organisation,
    }
    return render(request, "reports/results.html", context)


@require_GET
def indicators(request: SignedIn, round_id: int) -> HttpResponse:
    """All indicators in one table, in the order asked for (`?order=`; anything else is the lowest score first).

    `?view=sides` compares both sides of the board instead: by section, the only way that tells nothing of anybody.
    """
    round_ = round_with_results(request.user, round_id)
    results = results_for(round_)
    if results.facts.subject_is_individual:
        raise Http404
    order = next((order for order in Order if order.code == request.GET.get("order")), Order.LOWEST)
    context = {
        "ranking": ranking(results, order),
        "sides": _sides(results) if request.GET.get("view") == "sides" else (),
        "facts": results.facts,
        "round": round_,
        "plans_for": round_ if has_permission(request.user, round_.organisation, Permission.PLAN_ACTIONS) else None,
        "acting_for": round_.organisation,
    }
    return render(request, "reports/indicators.html", context)


def _sides(results: RoundResults) -> tuple[Finding, ...]:
    """The comparison of both sides of the board, or in words why there is none."""
    return two_sides_of_the_board(results) or (Finding("sides", HEADING, NOBODY_ANSWERED, None),)


@require_GET
def my_answers_pdf(request: SignedIn, response_id: int) -> HttpResponse:
    """My own answers as a download. Like reading them on the page, it leaves no line."""
    response = response_of_member(request.user, response_id)
    on_board = response.round.organisation_id in request.acting.organisation_ids
    document = own_answers(my_answers(response, on_board=on_board))
    return download(own_answers_pdf(document), document.file_name)


def asked_choices(request: SignedIn, round_: Round) -> Choices:
    """Which report the address, or a form, asks for. Raises Http404 for one that there is not."""
    given = request.GET.dict() | request.POST.dict()
    sections = set(round_.sections.values_list("code", flat=True)) if given else set()
    individual = round_.version.framework.is_individual
    try:
        return from_query(given, sections, has_indicators=not individual)
    except UnknownChoice as unknown:
        raise Http404(str(unknown)) from unknown


def take(request: SignedIn, round_: Round, file: ReportFile) -> HttpResponse:
    """The report as a download; a line in the audit trail says who took it (docs/adr/0007)."""
    record(AuditedEvent.REPORT_DOWNLOADED, organisation=round_.organisation, by=request.user, subject=file.of)
    return download(file.pdf, file.name)


def download(pdf: bytes, file_name: str) -> HttpResponse:
    """A PDF under that name, to be kept rather than shown."""
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{file_name}"'},
    )
