"""Writing the cover of a board paper. Nothing that somebody else wrote meanwhile is overwritten unseen."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from assessments.actions.locking import locked_round
from assessments.lifecycle import RoundMove
from assessments.models import Round
from organisations.audit import record
from organisations.choices import AuditedEvent
from organisations.models import Organisation, User
from reports.cover.paper import FIELDS, Paper, usual_paper
from reports.models import CoverDefaults, ReportLook, RoundCover


class PaperChanged(Exception):
    """Somebody else has changed this cover since it was read; theirs stands."""


def mark_of(cover: CoverDefaults | RoundCover | ReportLook | None) -> str:
    """Tells a cover, as it stands, from what was before it and what will be after; "" for none."""
    return f"{cover.pk}.{cover.revision}" if cover else ""


@transaction.atomic
def write_paper(*, by: User, round_: Round, paper: Paper, seen: str, at: dt.datetime | None = None) -> None:
    """Keep `paper` as the cover of the round's report. `seen` is the mark of the cover that the page showed.

    Raises PaperChanged when another cover stands there now, NotNow unless the round is closed and not signed off.
    """
    fresh = locked_round(round_, RoundMove.WRITE_COVER)
    cover = RoundCover.objects.filter(round=fresh).first()
    values = {name: getattr(paper, name) for name in FIELDS}
    if _write(cover or RoundCover(round=fresh, revision=0), values, by, seen, at):
        record(AuditedEvent.COVER_WRITTEN, organisation=fresh.organisation, by=by, subject=str(fresh), at=at)


@transaction.atomic
def write_defaults(
    *, by: User, organisation: Organisation, paper: Paper, seen: str, at: dt.datetime | None = None
) -> None:
    """Keep what `paper` says as the organisation's usual cover. Raises PaperChanged as `write_paper` does.

    Covers that were written for a round stay as they are.
    """
    fresh = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    cover = CoverDefaults.objects.filter(organisation=fresh).first()
    if _write(cover or CoverDefaults(organisation=fresh, revision=0), paper.standing, by, seen, at):
        record(AuditedEvent.COVER_DEFAULTS_WRITTEN, organisation=fresh, by=by, subject=str(fresh), at=at)


def keep_paper(*, by: User, round_: Round, at: dt.datetime) -> None:
    """Make the organisation's usual cover the round's own, unless it has one: what is signed off changes no more."""
    paper = usual_paper(round_.organisation)
    values = {name: getattr(paper, name) for name in FIELDS}
    RoundCover.objects.get_or_create(round=round_, defaults=values | {"changed_by": by, "changed_at": at})


def _write(
    cover: CoverDefaults | RoundCover, values: dict[str, Any], by: User, seen: str, at: dt.datetime | None
) -> bool:
    """Whether anything was written: the same once more changes nothing."""
    stands = cover.pk is not None
    if stands and all(getattr(cover, name) == value for name, value in values.items()):
        return False
    if seen != (mark_of(cover) if stands else ""):
        raise PaperChanged
    for name, value in values.items():
        setattr(cover, name, value)
    cover.changed_by, cover.changed_at = by, at or timezone.now()
    cover.revision += 1
    cover.save()
    return True
