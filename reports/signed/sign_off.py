"""Signing a round off with its report: from then on the figures stand, and the report is kept as it was."""

import datetime as dt
from pathlib import PurePath

from django.db import transaction
from django.utils import timezone

from assessments.actions import sign_off_round
from assessments.lifecycle import NotNow
from assessments.models import Round
from organisations.models import User
from reports.content.material import Material, material_of
from reports.cover.writing import keep_paper
from reports.exports.document import document_of
from reports.exports.figures import Figures
from reports.exports.gather import figures_from
from reports.look.look import look_of
from reports.models import ReportVersion
from reports.models.version import new_reference
from reports.pdf.drawing import ask_for
from reports.pdf.rendering import report_html
from reports.signed.proof import figures_of, fingerprint, with_proof
from reports.signed.versions import marking_of, next_number, report_from

CHANGED = "Something in the report has changed since you looked at it. Nothing is signed off. Look again, and sign off."


@transaction.atomic
def sign_off(*, by: User, round_: Round, at: dt.datetime | None = None, seen: str | None = None) -> ReportVersion:
    """Move the round to signed off and keep what its report says as the next version; both or neither.

    Nobody waits for the PDF: it is owed from then on (docs/adr/0011). `seen` is the fingerprint of the report that the
    person looked at; None for whoever looks at none. Raises NotNow when the round is not closed, or the report is
    another by now.
    """
    at = at or timezone.now()
    fresh = sign_off_round(by=by, round_=round_, at=at)
    number = next_number(fresh)
    material, marking = material_of(fresh), marking_of(number, at)
    report = report_from(material, marking)
    if seen is not None and seen != fingerprint(report):
        raise NotNow(CHANGED)
    keep_paper(by=by, round_=fresh, at=at)
    version = ReportVersion.objects.create(
        round=fresh,
        number=number,
        reference=new_reference(),
        signed_off_at=at,
        signed_off_by=by,
        file_name=f"{PurePath(report.file_name).stem}-version-{number}.pdf",
        figures=figures_of(report),
        export=document_of(_figures(material, marking)),
    )
    html = report_html(with_proof(report, version), look_of(fresh.organisation))
    ask_for(round_=fresh, html=html, file_name=version.file_name, version=version)
    return version


def _figures(material: Material, marking: str) -> Figures:
    beside = material.context.counterparts
    return figures_from(material.results, material.actions, material.positions, counterparts=beside, marking=marking)
