"""How an organisation's board report looks on paper: its colour and logo on the cover. What it says is elsewhere."""

import base64
import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from organisations.audit import record
from organisations.choices import AuditedEvent
from organisations.models import Organisation, User
from reports.cover.writing import PaperChanged, mark_of
from reports.models import ReportLook


@dataclass(frozen=True, slots=True)
class Look:
    """`accent` is a colour such as "#005eb8" or "", `logo` a PNG or nothing."""

    accent: str = ""
    logo: bytes = b""

    @property
    def logo_address(self) -> str:
        """The logo as an address that holds it: drawing a report reads no other file."""
        return f"data:image/png;base64,{base64.b64encode(self.logo).decode()}" if self.logo else ""


USUAL = Look()


def look_of(organisation: Organisation) -> Look:
    """What the organisation has set, or the usual look (one query)."""
    kept = ReportLook.objects.filter(organisation=organisation).first()
    return Look(kept.accent, bytes(kept.logo)) if kept else USUAL


@transaction.atomic
def change_look(*, by: User, organisation: Organisation, look: Look, seen: str, at: dt.datetime | None = None) -> None:
    """Keep `look` for the reports drawn from now on; what was signed off stays as it was drawn.

    `seen` is the mark of what the page showed: raises PaperChanged when something else stands there now. The same once
    more changes nothing.
    """
    fresh = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if look == look_of(fresh):
        return
    kept = ReportLook.objects.filter(organisation=fresh).first()
    if seen != mark_of(kept):
        raise PaperChanged
    kept = kept or ReportLook(organisation=fresh, revision=0)
    kept.accent, kept.logo, kept.revision = look.accent, look.logo, kept.revision + 1
    kept.changed_by, kept.changed_at = by, at or timezone.now()
    kept.save()
    record(AuditedEvent.LOOK_CHANGED, organisation=fresh, by=by, subject=str(fresh), at=at)
