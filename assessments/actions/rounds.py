"""What a digital lead does to a round."""

import datetime as dt
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from django.db import transaction
from django.utils import timezone

from assessments.actions.locking import locked_round as _locked
from assessments.actions.notices import invite
from assessments.actions.publishing import publish
from assessments.choices import DEFAULT_MINIMUM_GROUP
from assessments.lifecycle import ROUND_MOVES, NotNow, RoundMove, check
from assessments.models import Reopening, Response, Round, RoundSection
from assessments.models.round import REMINDER_DAYS
from assessments.queries.asked import variant_code
from assessments.reasons import NOT_OVER, UNDER_WAY, why_not_open, why_not_reopen
from frameworks.models import FrameworkVersion, Indicator, Section
from organisations.actions import give_seat
from organisations.audit import record
from organisations.choices import AuditedEvent, SeatRole
from organisations.models import Organisation, Seat, User

Targets = Mapping[int, int | None]  # the key of a section → the level that the board aims for there
NO_TARGETS: Targets = MappingProxyType({})


def variant_for(organisation: Organisation, version: FrameworkVersion) -> str | None:
    """The variant that `organisation` answers: "ics" for an ICB, "organisation" for a trust, "" without variants.

    None when the framework has no indicators for such an organisation.
    """
    if not version.variants.exists():
        return ""
    code = variant_code(organisation)
    return code if Indicator.objects.filter(version=version).for_variant(code).exists() else None


@transaction.atomic
def start_round(
    *,
    by: User,
    organisation: Organisation,
    version: FrameworkVersion,
    sections: Iterable[Section],
    closing_on: dt.date,
    target: int | None = None,
    targets: Targets = NO_TARGETS,
    minimum_group: int = DEFAULT_MINIMUM_GROUP,
    reminder_days: Iterable[int] = REMINDER_DAYS,
    seats: Iterable[Seat] = (),
    at: dt.datetime | None = None,
) -> Round:
    """Make a draft round over `sections` of a published version, with the holders of `seats` in it.

    The board aims for `target` in every section but those that have a level of their own in `targets`. Raises NotNow
    when the version is not published or asks nothing of this kind of organisation, or when a round of the same
    framework is under way there; ValueError for a seat on another board.
    """
    at = at or timezone.now()
    organisation = Organisation.objects.select_for_update(no_key=True).get(
        pk=organisation.pk
    )  # one new round at a time
    variant = variant_for(organisation, version)
    _check_can_start(organisation, version, variant)
    round_ = Round.objects.create(
        organisation=organisation, version=version, variant=variant or "", closing_on=closing_on,
        minimum_group=minimum_group, reminder_days=list(reminder_days), started_by=by, started_at=at,
    )  # fmt: skip
    _set_scope(round_, sections, target, targets)
    _record(AuditedEvent.ROUND_STARTED, round_, by, at)
    members = list(seats)
    if members:
        add_members(by=by, round_=round_, seats=members, at=at)
    return round_


def _check_can_start(organisation: Organisation, version: FrameworkVersion, variant: str | None) -> None:
    if not FrameworkVersion.objects.published().filter(pk=version.pk).exists():
        raise NotNow(f"{version} is not published.")
    if variant is None:
        raise NotNow(f"{version.framework} has no indicators for {organisation}.")
    if organisation.rounds.running().filter(version__framework=version.framework).exists():
        raise NotNow(UNDER_WAY)


@transaction.atomic
def change_round(
    *,
    by: User,
    round_: Round,
    sections: Iterable[Section],
    closing_on: dt.date,
    target: int | None,
    targets: Targets = NO_TARGETS,
    minimum_group: int,
    reminder_days: Iterable[int] | None = None,
) -> None:
    """Replace the scope and terms of a draft; reminders stay as they are unless given.

    Raises NotNow once it is open: by then scope and terms are frozen.
    """
    round_ = _locked(round_, RoundMove.CHANGE)
    round_.closing_on, round_.minimum_group = closing_on, minimum_group
    if reminder_days is not None:
        round_.reminder_days = list(reminder_days)
    round_.save(update_fields=["closing_on", "minimum_group", "reminder_days"])
    round_.scope.all().delete()
    _set_scope(round_, sections, target, targets)
    _record(AuditedEvent.ROUND_CHANGED, round_, by)


def _set_scope(round_: Round, sections: Iterable[Section], target: int | None, targets: Targets) -> None:
    chosen = list(sections)
    if any(section.version_id != round_.version_id for section in chosen):
        raise ValueError("The scope of a round is of its own framework version.")
    RoundSection.objects.bulk_create(
        RoundSection(round=round_, section=section, target=targets.get(section.pk, target)) for section in chosen
    )


@transaction.atomic
def add_members(*, by: User, round_: Round, seats: Iterable[Seat], at: dt.datetime | None = None) -> int:
    """Invite the holders of `seats`; who is in the round already stays as they are. Returns how many were added.

    Raises NotNow when the round is over, ValueError when a seat is on another board.
    """
    at = at or timezone.now()
    round_ = _locked(round_, RoundMove.ADD_MEMBERS)
    members = set(round_.responses.values_list("person_id", flat=True))
    new = [seat for seat in seats if seat.person_id not in members]
    if any(seat.organisation_id != round_.organisation_id for seat in new):
        raise ValueError("A member of a round holds a seat on its board.")
    Response.objects.bulk_create(
        Response(round=round_, person_id=seat.person_id, seat=seat, invited_at=at) for seat in new
    )
    if new:
        _record(AuditedEvent.ROUND_MEMBERS_ADDED, round_, by, at, f"{len(new)} members")
    if round_.is_open:
        invite(by=by, round_=round_, at=at)
    return len(new)


@transaction.atomic
def add_new_member(*, by: User, round_: Round, name: str, email: str, role: SeatRole) -> Seat:
    """Seat somebody on the round's board from today and invite them.

    Raises NotNow when the round is over, AlreadySeated when they are on the board already.
    """
    check(RoundMove.ADD_MEMBERS, round_.state)
    seat = give_seat(by=by, organisation=round_.organisation, email=email, name=name, role=role)
    add_members(by=by, round_=round_, seats=[seat])
    return seat


@transaction.atomic
def remove_member(*, by: User, response: Response) -> None:
    """Take a member out of a draft round. Raises NotNow once it is open: by then answers may exist."""
    round_ = _locked(response.round, RoundMove.CHANGE)
    _record(AuditedEvent.ROUND_MEMBER_REMOVED, round_, by, None, response.person.name)
    response.delete()


@transaction.atomic
def open_round(*, by: User, round_: Round, at: dt.datetime | None = None) -> None:
    """Freeze scope and terms, let members answer and invite them.

    Raises NotNow without members or with a closing date gone by.
    """
    at = at or timezone.now()
    round_ = _locked(round_, RoundMove.OPEN)
    reason = why_not_open(round_, at)
    if reason:
        raise NotNow(reason)
    round_.opened_at = at
    _move(round_, RoundMove.OPEN)
    _record(AuditedEvent.ROUND_OPENED, round_, by, at)
    invite(by=by, round_=round_, at=at)


@transaction.atomic
def move_closing_date(*, by: User, round_: Round, closing_on: dt.date) -> None:
    """Choose another closing date. Raises NotNow for an earlier one in an open round, or when the round is over."""
    round_ = _locked(round_, RoundMove.MOVE_CLOSING_DATE)
    if round_.is_open and closing_on < round_.closing_on:
        raise NotNow("The closing date of an open round can only move to a later day.")
    round_.closing_on = closing_on
    round_.save(update_fields=["closing_on"])
    _record(AuditedEvent.ROUND_EXTENDED, round_, by, None, f"to {closing_on:%-d %B %Y}")


@transaction.atomic
def close_round(*, by: User | None, round_: Round, count_unsubmitted: bool, at: dt.datetime | None = None) -> None:
    """Freeze all answers. Whether unsubmitted ones count is chosen here, once, before any result is seen.

    A round that was reopened keeps what was chosen the first time. `by` is None for the portal itself. Raises NotNow
    if it would close a round before the end of its closing date.
    """
    at = at or timezone.now()
    round_ = _locked(round_, RoundMove.CLOSE)
    if by is None and not round_.is_past_closing(at):
        raise NotNow(NOT_OVER)
    _wait_for_saves(round_)
    round_.closed_at = at
    if round_.unsubmitted_counted is None:
        round_.unsubmitted_counted = count_unsubmitted
    _move(round_, RoundMove.CLOSE)
    publish(round_, at)
    counted = "counted" if round_.unsubmitted_counted else "not counted"
    _record(AuditedEvent.ROUND_CLOSED, round_, by, at, f"unsubmitted answers {counted}")


@transaction.atomic
def reopen_round(*, by: User, round_: Round, closing_on: dt.date, reason: str, at: dt.datetime | None = None) -> None:
    """Let members answer again until the end of `closing_on`, for a reason that is kept.

    Raises NotNow when the round is not closed, is about the members themselves, or a later one has been opened since;
    ValueError without a reason or with a date gone by.
    """
    at = at or timezone.now()
    round_ = _locked(round_, RoundMove.REOPEN)
    if refusal := why_not_reopen(round_):
        raise NotNow(refusal)
    if not reason.strip() or closing_on < timezone.localdate(at):
        raise ValueError("a reopening has a reason and a closing date to come")
    round_.closing_on, round_.closed_at = closing_on, None
    _move(round_, RoundMove.REOPEN)
    Reopening.objects.create(round=round_, at=at, by=by, was_signed_off=False, reason=reason.strip())
    _record(AuditedEvent.ROUND_REOPENED, round_, by, at)


@transaction.atomic
def cancel_round(*, by: User, round_: Round) -> None:
    """Give up a draft or open round; what members answered is kept but shown to nobody."""
    round_ = _locked(round_, RoundMove.CANCEL)
    _wait_for_saves(round_)
    _move(round_, RoundMove.CANCEL)
    _record(AuditedEvent.ROUND_CANCELLED, round_, by)


def _wait_for_saves(round_: Round) -> None:
    """Let saves under way finish: each holds its own response's row, and looks at the round's state after that."""
    list(round_.responses.order_by("pk").select_for_update(of=("self",)).values_list("pk"))


def _move(round_: Round, move: RoundMove) -> None:
    round_.state = ROUND_MOVES[move].leads_to or round_.state
    round_.save()


def _record(
    event: AuditedEvent, round_: Round, by: User | None, at: dt.datetime | None = None, detail: str = ""
) -> None:
    subject = f"{round_}: {detail}" if detail else str(round_)
    record(event, organisation=round_.organisation, by=by, subject=subject, at=at)
