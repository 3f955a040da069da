"""Signing a round off with its report: from then on the figures stand, and the report is kept as it was."""

import datetime as dt
import hashlib
from pathlib import PurePath

from django.db import transaction
from django.utils import timezone

from assessments.actions import sign_off_round
from assessments.lifecycle import NotNow, RoundMove, check
from assessments.models import Round
from organisations.models import User
from reports.exports.document import document_of
from reports.exports.gather import figures_from
from reports.frozen import frozen
from reports.material import material_of
from reports.models import ReportVersion
from reports.paper_writing import keep_paper
from reports.pdf import render_pdf
from reports.versions import marking_of, next_number, report_from, report_of

CHANGED = (
    "Something in the report changed while it was being made. Nothing is signed off. Look at it, and sign off again."
)


def sign_off(*, by: User, round_: Round, at: dt.datetime | None = None) -> ReportVersion:
    """Move the round to signed off and keep its report as the next version; both or neither.

    The PDF takes seconds, so it is made before anything is locked; under the lock it is checked that it still says what
    the board's figures are. Raises NotNow when the round is not closed, or the report has changed meanwhile.
    """
    at = at or timezone.now()
    check(RoundMove.SIGN_OFF, round_.state)
    number = next_number(round_)
    marking = marking_of(number, at)
    report = report_of(round_, marking)
    pdf, figures = render_pdf(report), frozen(report)
    with transaction.atomic():
        fresh = sign_off_round(by=by, round_=round_, at=at)
        material = material_of(fresh)
        if next_number(fresh) != number or frozen(report_from(material, marking)) != figures:
            raise NotNow(CHANGED)
        keep_paper(by=by, round_=fresh, at=at)
        return ReportVersion.objects.create(
            round=fresh,
            number=number,
            signed_off_at=at,
            signed_off_by=by,
            file_name=f"{PurePath(report.file_name).stem}-version-{number}.pdf",
            pdf=pdf,
            sha256=hashlib.sha256(pdf).hexdigest(),
            figures=figures,
            export=document_of(figures_from(material, marking)),
        )
