"""An organisation's audit trail, on a page and as a file."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from organisations.audit import record
from organisations.audit_trail.export import csv_of
from organisations.audit_trail.forms import TrailFilterForm
from organisations.audit_trail.queries import TrailPage, lines_in_words, page_of, trail_of
from organisations.choices import AuditedEvent
from organisations.guards import organisation_with
from organisations.models import Organisation
from organisations.permissions import Permission
from organisations.requests import SignedIn


@require_GET
def audit_trail(request: SignedIn, ods_code: str) -> HttpResponse:
    """Lines of the organisation's trail, newest first. Query: event, since, until (three boxes each), page."""
    organisation, form = _asked(request, ods_code)
    if not form.is_valid():
        return _page(request, organisation, form, status=422)
    page = page_of(trail_of(organisation, **_wanted(form)), request.GET.get("page", "1"))
    return _page(request, organisation, form, page=page, pagination=_pagination(page, request.GET))


@require_GET
def audit_export(request: SignedIn, ods_code: str) -> HttpResponse:
    """The same lines, all of them, as CSV. Taking a copy is itself a line in the trail (docs/adr/0007)."""
    organisation, form = _asked(request, ods_code)
    if not form.is_valid():
        return _page(request, organisation, form, status=422)
    content = csv_of(lines_in_words(trail_of(organisation, **_wanted(form))))
    record(AuditedEvent.AUDIT_EXPORTED, organisation=organisation, by=request.user, subject="CSV file")
    file_name = f"audit-trail-{organisation.ods_code}-{timezone.localdate():%Y-%m-%d}.csv"
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file_name}"'},
    )


def _asked(request: SignedIn, ods_code: str) -> tuple[Organisation, TrailFilterForm]:
    """The organisation whose trail the person may read, and which lines of it they ask for."""
    return organisation_with(request.user, ods_code, Permission.READ_AUDIT_TRAIL), TrailFilterForm(request.GET)


def _wanted(form: TrailFilterForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("event", "since", "until")}


def _page(
    request: SignedIn, organisation: Organisation, form: TrailFilterForm, status: int = 200, **context: object
) -> HttpResponse:
    query = _query(request.GET)
    page = {"organisation": organisation, "acting_for": organisation, "form": form, "query": query, **context}
    return render(request, "audit/trail.html", page, status=status)


def _query(typed: QueryDict, **changes: int) -> str:
    """ "?since_day=1&…" with what was typed into the form and `changes`; empty for neither."""
    kept = [(name, str(value)) for name, value in typed.items() if value and name not in ("page", "filter")]
    query = urlencode([*kept, *changes.items()])
    return f"?{query}" if query else ""


def _pagination(page: TrailPage, typed: QueryDict) -> dict[str, Any]:
    """Parameters of the NHS.UK pagination component; empty when everything is on one page."""
    if not page.links:
        return {}
    items = [
        {"number": link.number, "href": _query(typed, page=link.number), "current": link.is_current}
        if link.number
        else {"ellipsis": True}
        for link in page.links
    ]
    previous = {"href": _query(typed, page=page.previous)} if page.previous else {}
    following = {"href": _query(typed, page=page.following)} if page.following else {}
    return {"items": items, "previous": previous, "next": following}
