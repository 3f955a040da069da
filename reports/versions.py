"""The report of a round as it is now: a draft until the round is signed off, from then on what was signed off."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from assessments.models import Round
from reports.choices import EVERYTHING, Choices
from reports.content import board_report
from reports.document import DRAFT, BoardReport
from reports.material import Material, material_of
from reports.models import ReportVersion
from reports.pdf import render_pdf
from reports.wording import day

UNREAD = ("pdf", "figures", "export")  # large, and of no use to a list


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A signed-off version as pages list it. `superseded_by` is the newest version's number, None for that one."""

    number: int
    signed_off_at: dt.datetime
    signed_off_by: str
    sha256: str
    superseded_by: int | None
    is_in_force: bool  # False for the newest as well, once its sign-off was taken back

    @property
    def state(self) -> str:
        if self.superseded_by is not None:
            return f"Superseded by version {self.superseded_by}"
        return "Signed off" if self.is_in_force else "Sign-off taken back"


def versions_of(round_: Round) -> tuple[VersionLine, ...]:
    """All signed-off versions of the round's report, the newest first (one query)."""
    rows = list(round_.report_versions.defer(*UNREAD).select_related("signed_off_by").order_by("-number"))
    return tuple(_line(row, rows[0].number, is_signed_off=round_.is_signed_off) for row in rows)


def _line(row: ReportVersion, newest: int, *, is_signed_off: bool) -> VersionLine:
    superseded_by = None if row.number == newest else newest
    return VersionLine(
        row.number,
        row.signed_off_at,
        row.signed_off_by.name,
        row.sha256,
        superseded_by,
        is_in_force=is_signed_off and superseded_by is None,
    )


def next_number(round_: Round) -> int:
    """The number that a version gets which is signed off now."""
    newest = round_.report_versions.order_by("-number").values_list("number", flat=True).first()
    return (newest or 0) + 1


def marking_of(number: int, at: dt.datetime) -> str:
    """What a signed-off version says of itself on its cover and every page."""
    return f"Version {number}, signed off on {day(timezone.localdate(at))}"


def report_of(round_: Round, marking: str = DRAFT, choices: Choices = EVERYTHING) -> BoardReport:
    """The report as the figures, positions and actions are now.

    Raises NotNow when the round is not closed, UnknownChoice when it has no such section.
    """
    return report_from(material_of(round_), marking, choices)


def report_from(material: Material, marking: str = DRAFT, choices: Choices = EVERYTHING) -> BoardReport:
    """The report of what was read of a round. Raises UnknownChoice when it has no such section."""
    return board_report(
        material.results,
        material.actions,
        positions=material.positions,
        marking=marking,
        choices=choices,
        context=material.context,
        paper=material.paper,
    )


def report_to_read(round_: Round, versions: tuple[VersionLine, ...], choices: Choices = EVERYTHING) -> BoardReport:
    """The same for the page, marked as what it is; `versions` are those of the round."""
    in_force = next((version for version in versions if version.is_in_force), None)
    if in_force is None:
        return report_of(round_, choices=choices)
    marking = f"{marking_of(in_force.number, in_force.signed_off_at)}; actions as they stand today"
    return report_of(round_, marking, choices)


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A PDF to take away, with the name of the file and, in words, what it is of."""

    pdf: bytes
    name: str
    of: str


def report_to_take(round_: Round, choices: Choices = EVERYTHING) -> ReportFile:
    """What was signed off, byte for byte, or a draft made now; a part is made now, and marked as what it is part of.

    Raises NotNow when the round is not closed, UnknownChoice when it has no such section.
    """
    whole = round_.is_signed_off and choices == EVERYTHING
    version = round_.report_versions.defer("figures", "export").order_by("-number").first() if whole else None
    if version:
        return file_of(version)
    report = report_to_read(round_, versions_of(round_), choices)
    return ReportFile(render_pdf(report), report.file_name, str(round_))


def file_of(version: ReportVersion) -> ReportFile:
    """A signed-off version as it was."""
    return ReportFile(bytes(version.pdf), version.file_name, str(version))
