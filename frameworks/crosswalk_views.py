"""Two versions side by side, on a page and as a file. Anyone signed in may; drafts are for content admins."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from frameworks import queries
from frameworks.documents.crosswalk import Crosswalk, Item, crosswalk
from frameworks.forms import CrosswalkForm
from frameworks.models import FrameworkVersion
from frameworks.succession import side_of
from ground.spreadsheets import csv_of


@require_safe
def crosswalk_page(request: HttpRequest, code: str, version_code: str) -> HttpResponse:
    """Choose a version to put beside this one. Query: other (framework/version), differences."""
    left, form = _asked(request, code, version_code)
    if not form.is_bound or not form.is_valid():
        return render(
            request, "frameworks/crosswalk.html", {"left": left, "form": form}, status=422 if form.errors else 200
        )
    found, only = crosswalk(side_of(left), side_of(form.chosen)), form.cleaned_data["differences"]
    shown = [(group, [row for row in group.rows if not (only and row.is_the_same)]) for group in found.groups]
    said = {"left": left, "right": form.chosen, "form": form, "counts": found.counts, "query": request.GET.urlencode()}
    return render(request, "frameworks/crosswalk.html", {**said, "groups": [pair for pair in shown if pair[1]]})


@require_safe
def crosswalk_file(request: HttpRequest, code: str, version_code: str) -> HttpResponse:
    """The same as CSV, always whole: a line for each pair of sections and of indicators."""
    left, form = _asked(request, code, version_code)
    if not form.is_valid():
        return render(request, "frameworks/crosswalk.html", {"left": left, "form": form}, status=422)
    right = form.chosen
    content = csv_of(_header(left, right), _lines(crosswalk(side_of(left), side_of(right)), left))
    name = f"crosswalk-{left.framework.code}-{left.code}-{right.framework.code}-{right.code}.csv"
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _asked(request: HttpRequest, code: str, version_code: str) -> tuple[FrameworkVersion, CrosswalkForm]:
    """The version in the address, or 404, and the choice of another that the reader may see: its framework's first."""
    found = queries.readable_versions_of_all(staff=request.user.is_staff)
    left = get_object_or_404(found, framework__code=code, code=version_code)
    others = sorted(found.exclude(pk=left.pk), key=lambda version: version.framework_id != left.framework_id)
    return left, CrosswalkForm(request.GET if "other" in request.GET else None, versions=others)


def _header(left: FrameworkVersion, right: FrameworkVersion) -> list[str]:
    sides = [[f"Section, {side}", f"Code, {side}", f"Words, {side}"] for side in (left, right)]
    return ["What", *sides[0], "Relation", *sides[1]]


def _lines(found: Crosswalk, left: FrameworkVersion) -> Iterator[list[str]]:
    for group in found.groups:
        for pair in group.sections:
            kind = left.framework.section_label.capitalize()
            yield [kind, *_cells(pair.left), pair.in_words, *_cells(pair.right)]
        for pair in group.rows:
            yield ["Indicator", *_cells(pair.left), pair.in_words, *_cells(pair.right)]


def _cells(item: Item | None) -> list[str]:
    return [item.section, item.code, item.text] if item else ["", "", ""]
