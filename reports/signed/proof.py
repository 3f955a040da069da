"""How a reader can tell that a paper is the one that was signed off: fingerprint, reference, and where to check."""

import hashlib
import json
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.urls import reverse

from reports.content.document import DRAFT, BoardReport, Fact
from reports.models import ReportVersion
from reports.signed.frozen import frozen


def figures_of(report: BoardReport) -> Any:
    """All that the report says, without what is said about checking it."""
    return frozen(replace(report, proof=()))


def fingerprint(report: BoardReport) -> str:
    """SHA-256 of what the report says, whether it is marked as a draft or as a version."""
    return checksum(figures_of(replace(report, marking=DRAFT)))


def checksum(figures: Any) -> str:
    """SHA-256 of figures as JSON: keys sorted, no spaces, UTF-8; so that it does not depend on how they are stored."""
    said = json.dumps(figures, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def with_proof(report: BoardReport, version: ReportVersion) -> BoardReport:
    """The report with what stands on the method page of a signed-off one.

    A file cannot hold its own checksum, so that of its figures is printed, which can be downloaded as JSON; the file's
    own is known to the page named there.
    """
    return replace(
        report,
        proof=(
            Fact("Reference of this report", version.reference),
            Fact("SHA-256 of its figures", checksum(version.export)),
            Fact(
                "Is this file unchanged?",
                f"Choose the file or type the reference at {settings.PORTAL_URL}{reverse('reports:verify')}. "
                "Anybody can, without signing in.",
            ),
        ),
    )
