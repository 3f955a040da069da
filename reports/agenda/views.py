"""The agenda of a board's discussion, to take away."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from assessments.choices import DISCUSSION_LENGTHS, USUAL_LENGTH
from assessments.guards import round_to_discuss
from assessments.queries.discussion import discussion_of
from organisations.audit import record
from organisations.choices import AuditedEvent
from organisations.requests import SignedIn
from reports.agenda.items import agenda, agenda_pdf
from reports.views import download

BY_NAME = {str(minutes): minutes for minutes in DISCUSSION_LENGTHS}


@require_GET
def agenda_document(request: SignedIn, round_id: int) -> HttpResponse:
    """The agenda for as many minutes as were chosen; a line in the audit trail says who took it (docs/adr/0007)."""
    round_ = round_to_discuss(request.user, round_id)
    minutes = BY_NAME.get(request.GET.get("minutes", ""), USUAL_LENGTH)
    document = agenda(discussion_of(round_), minutes)
    content = agenda_pdf(document)
    subject = f"{round_}: agenda of the board discussion"
    record(AuditedEvent.REPORT_DOWNLOADED, organisation=round_.organisation, by=request.user, subject=subject)
    return download(content, document.file_name)
