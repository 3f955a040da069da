"""The report of a round as it is now: a draft until the round is signed off, from then on what was signed off."""

import datetime as dt
from dataclasses import dataclass
from pathlib import PurePath

from django.utils import timezone

from assessments.models import Round
from reports.content.board_report import board_report
from reports.content.choices import EVERYTHING, Choices, Kind
from reports.content.document import DRAFT, BoardReport
from reports.content.material import Material, material_of
from reports.content.wording import day
from reports.models import ReportVersion

UNREAD = ("figures", "export", "file__content")  # large, and of no use to a list


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A signed-off version as pages list it. `superseded_by` is the newest version's number, None for that one."""

    number: int
    signed_off_at: dt.datetime
    signed_off_by: str
    reference: str
    sha256: str  # "" until its PDF is made
    superseded_by: int | None
    is_in_force: bool  # False for the newest as well, once its sign-off was taken back

    @property
    def state(self) -> str:
        if self.superseded_by is not None:
            return f"Superseded by version {self.superseded_by}"
        return "Signed off" if self.is_in_force else "Sign-off taken back"


def versions_of(round_: Round) -> tuple[VersionLine, ...]:
    """All signed-off versions of the round's report, the newest first (one query)."""
    rows = list(round_.report_versions.select_related("signed_off_by", "file").defer(*UNREAD).order_by("-number"))
    return tuple(line_of(row, rows[0].number, is_signed_off=round_.is_signed_off) for row in rows)


def line_of(row: ReportVersion, newest: int, *, is_signed_off: bool) -> VersionLine:
    """A version as it stands now, when `newest` is the number of the round's newest."""
    superseded_by = None if row.number == newest else newest
    return VersionLine(
        row.number,
        row.signed_off_at,
        row.signed_off_by.name,
        row.reference,
        row.file.sha256 if is_drawn(row) else "",
        superseded_by,
        is_in_force=is_signed_off and superseded_by is None,
    )


def is_drawn(version: ReportVersion) -> bool:
    """Whether its PDF is made."""
    return hasattr(version, "file")


def number_after(versions: tuple[VersionLine, ...]) -> int:
    """The number that a version gets which is signed off now; `versions` are those there are, the newest first."""
    return versions[0].number + 1 if versions else 1


def next_number(round_: Round) -> int:
    """The same, read from the database."""
    return number_after(versions_of(round_))


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
    return report_of(round_, _marking_of_part(in_force, choices), choices)


def _marking_of_part(version: VersionLine, choices: Choices) -> str:
    """What a report made of a signed-off round says of itself. One section alone says nothing of actions."""
    said = marking_of(version.number, version.signed_off_at)
    if choices.kind is not Kind.FULL:
        said = f"Part of {said[:1].lower()}{said[1:]}"
    return said if choices.kind is Kind.SECTION else f"{said}; actions as they stand today"


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A PDF to take away, with the name of the file and, in words, what it is of."""

    pdf: bytes
    name: str
    of: str


def version_in_force(round_: Round) -> ReportVersion | None:
    """What was signed off; None while the round is not, so that its report is a draft."""
    if not round_.is_signed_off:
        return None
    return round_.report_versions.select_related("file").defer("figures", "export").order_by("-number").first()


def file_of(version: ReportVersion) -> ReportFile:
    """A signed-off version whose PDF is made, as it was."""
    return ReportFile(bytes(version.file.content), version.file_name, str(version))


def copy_of(version: ReportVersion) -> ReportFile:
    """Its archive copy, which is made with its PDF."""
    copy = version.archive_copy
    return ReportFile(bytes(copy.content), f"{PurePath(version.file_name).stem}-archive-copy.pdf", str(copy))
