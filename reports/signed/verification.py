"""Whether a file, or a reference on paper, is a report that was signed off; for anybody who asks."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.fields.json import KT

from reports.models import ReportVersion
from reports.models.version import ALPHABET, GROUP_LENGTH
from reports.signed.versions import is_drawn, line_of


@dataclass(frozen=True, slots=True)
class Verified:
    """What anybody may know of a version that was signed off, and nothing else of it."""

    organisation: str
    framework: str
    dates: str
    number: int
    signed_off_at: dt.datetime
    state: str
    is_in_force: bool
    superseded_by: int | None
    reference: str
    sha256: str  # "" until its PDF is made
    is_copy: bool = False  # what was asked about is its archive copy


def of_file(chunks: Iterable[bytes]) -> Verified | None:
    """The version whose PDF or archive copy is this file, byte for byte; None if there is none. It is not kept."""
    checksum = hashlib.sha256()
    for chunk in chunks:
        checksum.update(chunk)
    digest = checksum.hexdigest()
    if found := _verified(file__sha256=digest):
        return found
    copied = _verified(archive_copy__sha256=digest)
    return replace(copied, is_copy=True) if copied else None


def of_reference(typed: str) -> Verified | None:
    """The version with this reference, however it is spaced or in lower case; None if there is none."""
    letters = "".join(letter for letter in typed.upper() if letter in ALPHABET)
    groups = [letters[start : start + GROUP_LENGTH] for start in range(0, len(letters), GROUP_LENGTH)]
    return _verified(reference="-".join(groups))


def _verified(**by: str) -> Verified | None:
    related = ("round__organisation", "round__version__framework", "signed_off_by", "file")
    versions = ReportVersion.objects.select_related(*related).defer("figures", "export", "file__content")
    newest = ReportVersion.objects.filter(round=OuterRef("round")).order_by("-number").values("number")[:1]
    version = versions.annotate(dates=KT("figures__round_dates"), newest=Subquery(newest)).filter(**by).first()
    return _told(version) if version else None


def _told(version: Any) -> Verified:
    round_ = version.round
    line = line_of(version, version.newest, is_signed_off=round_.is_signed_off)
    return Verified(
        organisation=round_.organisation.name,
        framework=f"{round_.version.framework.title}, version {round_.version.code}",
        dates=version.dates or "",
        number=line.number,
        signed_off_at=line.signed_off_at,
        state=line.state,
        is_in_force=line.is_in_force,
        superseded_by=line.superseded_by,
        reference=line.reference,
        sha256=version.file.sha256 if is_drawn(version) else "",
    )
