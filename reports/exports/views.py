"""The report's figures as files: spreadsheet, CSV and JSON; and the published form of the JSON."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET

from assessments.guards import round_of_reader, round_with_results
from assessments.models import Round
from organisations.audit import record
from organisations.choices import AuditedEvent
from organisations.permissions import organisations_of
from organisations.requests import SignedIn
from reports.content.choices import COMMENTS
from reports.exports.document import SCHEMA_FILE
from reports.exports.files import KINDS, FiguresFile, Kind, figures_of_version, figures_to_take
from reports.models import ReportVersion


@require_GET
def figures(request: SignedIn, round_id: int, suffix: str) -> HttpResponse:
    """The figures of a closed round: what was signed off, or a draft."""
    kind = _kind(suffix)
    round_ = round_with_results(request.user, round_id)
    return _take(request, round_, figures_to_take(round_, kind, with_comments=_with_comments(request)))


@require_GET
def version_figures(request: SignedIn, round_id: int, number: int, suffix: str) -> HttpResponse:
    """The figures of a signed-off version as they were then."""
    kind = _kind(suffix)
    mine = ReportVersion.objects.filter(round__organisation__in=organisations_of(request.user))
    rows = mine.defer("figures").select_related("round__version__framework")
    version = get_object_or_404(rows, round__pk=round_id, number=number)
    file = figures_of_version(version, kind, with_comments=_with_comments(request))
    return _take(request, round_of_reader(request.user, round_id), file)


@login_not_required
@require_GET
def figures_schema(request: SignedIn) -> HttpResponse:
    """What the JSON is made of, as a JSON Schema, for whoever writes a program that reads it."""
    content = (settings.BASE_DIR / "docs" / SCHEMA_FILE).read_bytes()
    return HttpResponse(content, content_type="application/schema+json")


def _kind(suffix: str) -> Kind:
    if suffix not in KINDS:
        raise Http404
    return KINDS[suffix]


def _with_comments(request: SignedIn) -> bool:
    """As the board report is asked for; with them unless `comments=no`."""
    asked = COMMENTS.get(request.GET.get("comments", "yes"))
    if asked is None:
        raise Http404
    return asked


def _take(request: SignedIn, round_: Round, file: FiguresFile) -> HttpResponse:
    """The file as a download; a line in the audit trail says who took it (docs/adr/0007)."""
    record(AuditedEvent.REPORT_DOWNLOADED, organisation=round_.organisation, by=request.user, subject=file.of)
    headers = {
        "Content-Disposition": f'attachment; filename="{file.name}"',
        "Link": f'<{request.build_absolute_uri(reverse("reports:figures_schema"))}>; rel="describedby"',
    }
    return HttpResponse(file.content, content_type=file.content_type, headers=headers)
