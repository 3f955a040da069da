"""Reading frameworks. Anyone signed in may; drafts are for content admins."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from frameworks import queries
from frameworks.comparison import compare
from frameworks.documents.changes import compare_versions
from frameworks.exchange.stored import stored_document
from frameworks.models import FrameworkVersion
from frameworks.readiness import version_before


@require_safe
def framework_list(request: HttpRequest) -> HttpResponse:
    """Every framework with its versions."""
    return render(request, "frameworks/list.html", {"frameworks": queries.frameworks(staff=request.user.is_staff)})


@require_safe
def current_version(request: HttpRequest, code: str) -> HttpResponse:
    """The version of a framework that boards are asked now."""
    version = queries.current_version(code, staff=request.user.is_staff)
    if version is None:
        raise Http404("There is no such framework.")
    return _version_page(request, version)


@require_safe
def version(request: HttpRequest, code: str, version_code: str) -> HttpResponse:
    """One version in full."""
    return _version_page(request, _readable_version(request, code, version_code))


@require_safe
def changes(request: HttpRequest, code: str, version_code: str) -> HttpResponse:
    """What a version says otherwise than the one published before it; 404 where there is none."""
    after = _readable_version(request, code, version_code)
    before = version_before(after)
    if before is None:
        raise Http404("No earlier version was published.")
    found = compare_versions(stored_document(before), stored_document(after))
    return render(request, "frameworks/changes.html", {"version": after, "before": before, "changes": found})


@require_safe
def compare_variants(request: HttpRequest, code: str, version_code: str) -> HttpResponse:
    """What a trust and an ICS are asked, side by side; 404 for a framework that asks everyone the same."""
    text = queries.version_text(_readable_version(request, code, version_code))
    if not text.can_compare:
        raise Http404("This framework asks the same of everyone.")
    return render(request, "frameworks/compare.html", {"version": text, "sections": compare(text.sections)})


@require_safe
def print_version(request: HttpRequest, code: str, version_code: str) -> HttpResponse:
    """One version on one long page without navigation."""
    text = queries.version_text(_readable_version(request, code, version_code))
    return render(request, "frameworks/print.html", {"version": text})


def _version_page(request: HttpRequest, version: FrameworkVersion) -> HttpResponse:
    said = {"version": queries.version_text(version), "before": version_before(version)}
    return render(request, "frameworks/version.html", said)


def _readable_version(request: HttpRequest, code: str, version_code: str) -> FrameworkVersion:
    """The version, or 404 if there is none or it is a draft that the reader may not see."""
    versions = queries.readable_versions(code, staff=request.user.is_staff)
    return get_object_or_404(versions, code=version_code)
