"""Making the PDFs that are owed: claim one (commit), draw it outside any transaction, keep it (commit).

A process that ends at any point between leaves a claim, which another takes up after a while: WeasyPrint makes the same
file of the same page, and a version's is stored once. docs/adr/0011-a-report-is-drawn-by-the-worker.md
"""

import datetime as dt
import hashlib
import logging
import zlib
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from assessments.models import Round
from reports.exports.files import CSV, FiguresFile, figures_of_version
from reports.models import ArchiveCopy, Drawing, DrawingState, ReportVersion, VersionPdf
from reports.models.drawing import MOST_ATTEMPTS, PAUSES
from reports.pdf.rendering import pdf_of

logger = logging.getLogger(__name__)


class TakenUp(Exception):
    """Another process has taken this drawing up, or it is gone: nobody waits for ours."""


@transaction.atomic
def ask_for(
    *,
    round_: Round,
    html: str,
    file_name: str,
    version: ReportVersion | None = None,
    figures: FiguresFile | None = None,
) -> Drawing:
    """The drawing of this page: a new one that is owed now, or the one there is. One that failed is tried again.

    With the `figures` to attach, it makes an archive copy of a draft. A version always gets one beside its PDF.
    """
    now = timezone.now()
    attached = figures.content if figures else b""
    digest = hashlib.sha256(f"{file_name}\0{html}\0".encode() + attached).hexdigest()
    owed = {"version": version, "html": zlib.compress(html.encode()), "file_name": file_name}
    if figures:
        owed |= {"figures": zlib.compress(attached), "figures_name": figures.name}
    drawing, is_new = Drawing.objects.get_or_create(
        round=round_, digest=digest, defaults=owed | {"made_at": now, "try_at": now}
    )
    if not is_new and drawing.is_failed:
        ask_again(drawing)
    return drawing


def ask_again(drawing: Drawing) -> None:
    """Owe a drawing once more that failed; any other stays as it is."""
    failed = Drawing.objects.filter(pk=drawing.pk, state=DrawingState.FAILED)
    failed.update(state=DrawingState.WAITING, attempts=0, step=0, try_at=timezone.now())


def draw_waiting(at: dt.datetime | None = None) -> int:
    """Draw everything whose time has come; returns how many drawings were seen to."""
    seen_to = 0
    while draw_next(at):
        seen_to += 1
    return seen_to


def draw_next(at: dt.datetime | None = None) -> bool:
    """Draw what has waited longest. False when nothing waits."""
    now = at or timezone.now()
    drawing = claim(now)
    if drawing is None:
        return False
    draw(drawing, now)
    return True


def claim(now: dt.datetime) -> Drawing | None:
    """Take the next drawing for this process, so that no other draws it; None when there is none.

    Of two processes that see the same one, one changes it and the other finds it changed.
    """
    ready = Drawing.objects.ready(now)
    while found := ready.order_by("try_at", "pk").values_list("pk", "attempts").first():
        key, attempts = found
        one = ready.filter(pk=key, attempts=attempts)
        if one.update(state=DrawingState.DRAWING, claimed_at=now, attempts=attempts + 1, step=0):
            return Drawing.objects.select_related("version").defer("pdf").get(pk=key)
    return None


def draw(drawing: Drawing, now: dt.datetime) -> None:
    """Draw what was claimed. Whatever goes wrong with one must not keep the others from being drawn."""
    try:
        pdf = pdf_of(drawing.source, partial(_tell, drawing))
        _keep(drawing, pdf, _copy(drawing, pdf), now)
    except TakenUp:
        logger.warning("A drawing was taken up by another worker before it was finished")
    except Exception as failure:
        logger.error("A report could not be drawn: %s", type(failure).__name__)
        _after_failure(drawing, now)


def give_up_abandoned(at: dt.datetime) -> int:
    """Say of those that they failed whose drawing ended the process each time; returns how many."""
    return Drawing.objects.given_up(at).update(state=DrawingState.FAILED)


def clear_outdated(at: dt.datetime) -> int:
    """Delete drawings that nobody needs any more; returns how many."""
    return Drawing.objects.outdated(at).delete()[0]


def _own(drawing: Drawing) -> Any:
    """The row, as long as it is this process that draws it."""
    return Drawing.objects.filter(pk=drawing.pk, state=DrawingState.DRAWING, attempts=drawing.attempts)


def _tell(drawing: Drawing, step: int) -> None:
    """Note how far it has come, which also renews the claim. Raises TakenUp."""
    if not _own(drawing).update(step=step, claimed_at=timezone.now()):
        raise TakenUp


def _copy(drawing: Drawing, pdf: bytes) -> bytes:
    """The archive copy of a version, or of a draft for which it was asked; b"" for none."""
    from reports.pdf.archive import Attached, archive_copy  # takes half a second: not at start-up

    if version := drawing.version:
        figures = figures_of_version(version, CSV)
        attached = Attached(figures.content, figures.name, version.signed_off_at)
        return archive_copy(pdf, attached, f"Report {version.reference}, SHA-256 {hashlib.sha256(pdf).hexdigest()}")
    if not drawing.figures_name:
        return b""
    return archive_copy(pdf, Attached(drawing.attached, drawing.figures_name, drawing.made_at))


def _keep(drawing: Drawing, pdf: bytes, copy: bytes, now: dt.datetime) -> None:
    """A draft's PDF, or its copy, stays in its row; both of a version are stored for good, once. Raises TakenUp."""
    done = {"state": DrawingState.DONE, "done_at": now, "html": b"", "figures": b""}
    with transaction.atomic():
        if not _own(drawing).update(**done, pdf=b"" if drawing.version else copy or pdf):
            raise TakenUp
        if drawing.version:
            VersionPdf.keep(drawing.version, pdf)
            ArchiveCopy.keep(drawing.version, copy)


def _after_failure(drawing: Drawing, now: dt.datetime) -> None:
    """Wait, longer each time; after the last attempt leave it to whoever asked."""
    if drawing.attempts >= MOST_ATTEMPTS:
        _own(drawing).update(state=DrawingState.FAILED)
    else:
        _own(drawing).update(state=DrawingState.WAITING, try_at=now + PAUSES[drawing.attempts - 1])
