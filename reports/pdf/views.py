"""Asking for a report's PDF, how far it has come, and the file."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from assessments.guards import round_of_reader, round_with_results
from assessments.models import Round
from ground.methods import get_or_post
from organisations.permissions import organisations_of
from organisations.requests import SignedIn
from reports.content.choices import EVERYTHING, Choices
from reports.exports.files import CSV, figures_to_take
from reports.look.look import look_of
from reports.models import Drawing, ReportVersion
from reports.pdf.drawing import ask_again, ask_for
from reports.pdf.rendering import report_html
from reports.signed.versions import (
    ReportFile,
    copy_of,
    file_of,
    is_drawn,
    report_to_read,
    version_in_force,
    versions_of,
)
from reports.views import asked_choices, take


@get_or_post
def report_pdf(request: SignedIn, round_id: int) -> HttpResponse:
    """The board report, or the part that the address asks for.

    What was signed off is a download; anything else is a button that has it made.
    """
    round_ = round_with_results(request.user, round_id)
    choices = asked_choices(request, round_)
    if replace(choices, as_archive=False) == EVERYTHING and (version := version_in_force(round_)):
        return _version(request, round_, version, as_archive=choices.as_archive)
    if request.method == "POST":
        return _ask(round_, choices)
    context = {"round": round_, "choices": choices, "acting_for": round_.organisation}
    return render(request, "reports/make_pdf.html", context)


def _ask(round_: Round, choices: Choices) -> HttpResponse:
    """A draft; once the round is signed off, a part that is marked as what it is part of."""
    versions = versions_of(round_) if round_.is_signed_off else ()  # none is in force before
    report = report_to_read(round_, versions, choices)
    drawing = ask_for(
        round_=round_,
        html=report_html(report, look_of(round_.organisation)),
        file_name=report.file_name,
        figures=figures_to_take(round_, CSV) if choices.as_archive else None,
    )
    return redirect("reports:drawing", round_.pk, drawing.pk)


@require_GET
def report_version(request: SignedIn, round_id: int, number: int, *, as_archive: bool = False) -> HttpResponse:
    """A version as it was signed off, byte for byte, whatever has become of the round since; or its archive copy."""
    mine = ReportVersion.objects.filter(round__organisation__in=organisations_of(request.user))
    version = get_object_or_404(
        mine.defer("figures", "export").select_related("round__version__framework", "file"),
        round__pk=round_id,
        number=number,
    )
    return _version(request, round_of_reader(request.user, round_id), version, as_archive=as_archive)


def _version(request: SignedIn, round_: Round, version: ReportVersion, *, as_archive: bool) -> HttpResponse:
    """Its file or the copy; or, as long as they are being made, how far they have come."""
    if is_drawn(version):
        return take(request, round_, copy_of(version) if as_archive else file_of(version))
    return redirect("reports:drawing", round_.pk, version.drawing.pk)


@get_or_post
def drawing_page(request: SignedIn, round_id: int, drawing_id: int) -> HttpResponse:
    """How far a PDF has come, and the file once it is there. POST tries again what has failed."""
    round_, drawing = _drawing(request, round_id, drawing_id)
    if request.method == "POST":
        ask_again(drawing)
        return redirect("reports:drawing", round_.pk, drawing.pk)
    return render(
        request, "reports/drawing.html", {"round": round_, "drawing": drawing, "acting_for": round_.organisation}
    )


@require_GET
def drawn_pdf(request: SignedIn, round_id: int, drawing_id: int) -> HttpResponse:
    """The PDF that was made; as long as it is not, the page that says how far it has come."""
    round_, drawing = _drawing(request, round_id, drawing_id)
    if drawing.version:
        return redirect("reports:report_version", round_.pk, drawing.version.number)
    if not drawing.is_done:
        return redirect("reports:drawing", round_.pk, drawing.pk)
    return take(request, round_, ReportFile(bytes(drawing.pdf), drawing.file_name, str(round_)))


def _drawing(request: SignedIn, round_id: int, drawing_id: int) -> tuple[Round, Drawing]:
    """One for whoever reads the round's results; a draft's only as long as these are to be read.

    Raises Http404 or PermissionDenied.
    """
    round_ = round_of_reader(request.user, round_id)
    drawings = (
        Drawing.objects.filter(round=round_)
        .select_related("version")
        .defer("html", "version__figures", "version__export")
    )
    drawing = get_object_or_404(drawings, pk=drawing_id)
    if drawing.version is None:
        round_with_results(request.user, round_id)
    return round_, drawing
