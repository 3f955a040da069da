"""What the demonstration's boards did with a report: signed it off, and let their system show its figures."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone

from assessments.models import Round
from organisations.systems import others_in_system
from reports.counterparts.releasing import icb_of, release_figures
from reports.signed.sign_off import sign_off

AFTER_CLOSING = dt.timedelta(days=21)


def sign_off_and_release(data: Sequence[Mapping[str, Any]], rounds: Iterable[Round]) -> None:
    """Sign off, in the file's order, the rounds that say so, and release their figures. `rounds` may be none."""
    for wanted, round_ in zip(data, rounds, strict=False):
        if wanted.get("signed_off"):
            _sign_off_and_release(round_)


def _sign_off_and_release(round_: Round) -> None:
    round_.refresh_from_db()
    assert round_.closed_at is not None  # noqa: S101 - the table says so too; this tells the type checker
    lead, at = round_.organisation.seats.digital_leads().get().person, round_.closed_at + AFTER_CLOSING
    sign_off(by=lead, round_=round_, at=at)
    others = list(others_in_system(round_.organisation, timezone.localdate(at)))
    release_figures(by=lead, round_=round_, seen=icb_of(round_.organisation, others).ods_code, at=at)
