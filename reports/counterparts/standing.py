"""Where the figures of a round stand in its system: what stands beside them, and whether they stand beside others."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from assessments.lifecycle import NotNow, RoundMove, check
from assessments.models import Round
from assessments.queries.results import RoundResults, results_for
from organisations.models import Organisation
from organisations.systems import others_in_system
from reports.counterparts.beside import Counterpart
from reports.counterparts.reading import counterparts_of, released_now
from reports.counterparts.releasing import icb_of, why_no_system
from reports.models import Release


@dataclass(frozen=True, slots=True)
class Released:
    """That the figures are released. They are shown while the round is signed off.

    `moved_to` is the ICB of a trust that has another by now, which is shown nothing; "" for everybody else.
    """

    to: str
    at: dt.datetime
    by: str
    is_shown: bool
    moved_to: str


@dataclass(frozen=True, slots=True)
class Standing:
    """`others` are the names of the boards of the system today; `why_not` says why nothing can be released now.

    `since` is what others released after the round was signed off, so that its report does not have it.
    """

    is_icb: bool
    others: tuple[str, ...]
    icb_code: str
    beside: tuple[Counterpart, ...]
    since: tuple[Counterpart, ...]
    released: Released | None
    why_not: str

    @property
    def can_release(self) -> bool:
        return not (self.released or self.why_not)

    @property
    def readers(self) -> str:
        """Who would show the figures, in words."""
        return (
            f"The {len(self.others)} trusts of your system" if self.is_icb and len(self.others) > 1 else self.others[0]
        )


def standing_of(round_: Round) -> Standing:
    """For the lead of a closed round about the organisation. Raises NotNow when it is not closed."""
    organisation = round_.organisation
    others = list(others_in_system(organisation, timezone.localdate()))
    why_not = why_no_system(organisation, others)
    icb = None if why_not else icb_of(organisation, others)
    results = results_for(round_)
    beside = counterparts_of(round_, results)
    return Standing(
        is_icb=organisation.is_icb,
        others=tuple(other.name for other in others),
        icb_code=icb.ods_code if icb else "",
        beside=beside,
        since=_since(round_, results, beside) if round_.is_signed_off else (),
        released=_released(round_, icb),
        why_not=why_not or _why_not_now(round_),
    )


def _since(round_: Round, results: RoundResults, beside: tuple[Counterpart, ...]) -> tuple[Counterpart, ...]:
    """What is released by now, less what was signed off with the round."""
    kept = {board.reference for board in beside}
    return tuple(board for board in released_now(round_, results) if board.reference not in kept)


def _why_not_now(round_: Round) -> str:
    try:
        check(RoundMove.RELEASE, round_.state)
    except NotNow:
        return "Only what is signed off can be released."
    return ""


def _released(round_: Round, icb_now: Organisation | None) -> Released | None:
    row = Release.objects.filter(round=round_, taken_back_at=None).select_related("icb", "released_by").first()
    if row is None:
        return None
    to = "the trusts of your system" if row.icb_id == round_.organisation_id else row.icb.name
    moved_to = icb_now.name if icb_now and icb_now != row.icb else ""
    return Released(to, row.released_at, row.released_by.name, round_.is_signed_off, moved_to)
