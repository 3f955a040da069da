"""The files in which the figures can be taken away: of the round as it is now, or of a version as it was signed off."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.text import slugify

from assessments.models import Round
from assessments.queries.board_actions import round_actions
from assessments.queries.results import results_for
from reports.counterparts.reading import counterparts_of
from reports.exports.document import document_of, figures_in
from reports.exports.figures import Figures, without_comments
from reports.exports.gather import figures_from
from reports.exports.long_table import csv_of_figures
from reports.exports.workbook import workbook_of
from reports.models import ReportVersion


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: how its name ends, what browsers are told it is, and what makes its bytes."""

    suffix: str
    content_type: str
    make: Callable[[Figures], bytes]


@dataclass(frozen=True, slots=True)
class FiguresFile:
    """Figures to take away: bytes, the file's name, and, in words, what they are of."""

    content: bytes
    content_type: str
    name: str
    of: str


def csv_bytes(figures: Figures) -> bytes:
    """One long table of all figures."""
    return csv_of_figures(figures).encode()


def json_bytes(figures: Figures) -> bytes:
    """The document that docs/report-figures.schema.json describes."""
    return json.dumps(document_of(figures), ensure_ascii=False, indent=1).encode()


KINDS = {
    kind.suffix: kind
    for kind in (
        Kind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook_of),
        Kind("csv", "text/csv; charset=utf-8", csv_bytes),
        Kind("json", "application/json", json_bytes),
    )
}


CSV = KINDS["csv"]


def figures_to_take(round_: Round, kind: Kind, *, with_comments: bool = True) -> FiguresFile:
    """The figures of the version in force, or of a draft made now. Raises NotNow when the round is not closed."""
    versions = round_.report_versions.defer("figures").order_by("-number")
    version = versions.first() if round_.is_signed_off else None
    if version:
        return figures_of_version(version, kind, with_comments=with_comments)
    results = results_for(round_)
    beside = counterparts_of(round_, results)
    figures = figures_from(results, round_actions(round_), results.positions, counterparts=beside)
    about = figures.about
    stem = slugify(f"{about.ods_code} {round_.version.framework.short_title} figures {about.closed_on} draft")
    return _file(figures, kind, stem, _of(round_, kind), with_comments=with_comments)


def figures_of_version(version: ReportVersion, kind: Kind, *, with_comments: bool = True) -> FiguresFile:
    """The figures of a signed-off version as they were, whatever has changed since."""
    stem = f"{PurePath(version.file_name).stem}-figures"
    return _file(figures_in(version.export), kind, stem, _of(version, kind), with_comments=with_comments)


def _file(figures: Figures, kind: Kind, stem: str, of: str, *, with_comments: bool) -> FiguresFile:
    if with_comments:
        return FiguresFile(kind.make(figures), kind.content_type, f"{stem}.{kind.suffix}", of)
    made = kind.make(without_comments(figures))
    name = f"{stem}-without-comments.{kind.suffix}"
    return FiguresFile(made, kind.content_type, name, f"{of} without members' comments")


def _of(thing: Round | ReportVersion, kind: Kind) -> str:
    return f"{thing}: figures ({kind.suffix.upper()})"
