"""What a digital lead finds on coming in: what needs them today, how far rounds are, and all rounds of the board."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.utils import timezone

from assessments.attention import Matter, Standing, Step, matters, next_step, time_left
from assessments.choices import ResponseState, RoundState
from assessments.models import Action, AgreedPosition, Response, Round
from assessments.queries.rounds import RoleRate, rates
from frameworks.choices import VariantCode, VersionState
from frameworks.models import Indicator
from organisations.choices import SeatRole
from organisations.models import Organisation, Seat


@dataclass(frozen=True, slots=True)
class UnderWay:
    """An open round: how far it is."""

    round_id: int
    name: str
    closing_on: dt.date
    time_left: str
    invited: int
    submitted: int
    by_role: tuple[RoleRate, ...]


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round in a line of the table; `next_step` is None for one that was cancelled."""

    round_id: int
    name: str
    state: RoundState
    closing_on: dt.date
    closed_at: dt.datetime | None
    invited: int
    submitted: int
    next_step: Step | None


@dataclass(frozen=True, slots=True)
class Dashboard:
    matters: tuple[Matter, ...]
    under_way: tuple[UnderWay, ...]  # what closes first comes first
    rounds: tuple[RoundLine, ...]  # newest first


@dataclass(frozen=True, slots=True)
class Headcount:
    """The members of a round by their role in words; `left` have no seat any more and have not submitted."""

    invited: Counter[str]
    submitted: Counter[str]
    left: int


NOBODY = Headcount(Counter(), Counter(), 0)


def dashboard_for(organisation: Organisation) -> Dashboard:
    """All rounds of the board and what they need today: two queries, however many rounds and members."""
    today = timezone.localdate()
    heads = _headcounts(organisation, today)
    rounds = [(row, heads.get(row.pk, NOBODY)) for row in _rounds(organisation, today)]
    standings = [_standing(row, head) for row, head in rounds]
    under_way = [_under_way(row, head, today) for row, head in rounds if row.is_open]
    return Dashboard(
        matters=matters(standings, today),
        under_way=tuple(sorted(under_way, key=lambda shown: shown.closing_on)),
        rounds=tuple(_line(row, standing, today) for (row, _), standing in zip(rounds, standings, strict=True)),
    )


def _rounds(organisation: Organisation, today: dt.date) -> QuerySet[Round]:
    """The rounds, newest first, each with what can be counted beside it."""
    for_us = Q(variant=OuterRef("variant")) | Q(variant__in=(VariantCode.BOTH, ""))
    actions = Action.objects.filter(round=OuterRef("pk"))
    return (
        organisation.rounds.select_related("version__framework")
        .annotate(started_on=TruncDate("started_at"))
        .annotate(
            indicators_count=_count(Indicator.objects.filter(for_us, section__rounds=OuterRef("pk"))),
            agreed_count=_count(AgreedPosition.objects.filter(round=OuterRef("pk"))),
            unfinished_count=_count(actions.unfinished()),
            overdue_count=_count(actions.overdue(today)),
            joined_count=_count(_joined(today)),
            is_followed=Exists(_followers()),
        )
        .order_by("-started_at", "-pk")
    )


def _followers() -> QuerySet[Round]:
    """Later rounds of the same board and framework that have opened."""
    same = {"organisation": OuterRef("organisation"), "version__framework": OuterRef("version__framework")}
    later = Round.objects.filter(**same, started_at__gt=OuterRef("started_at"), opened_at__isnull=False)
    return later.exclude(state=RoundState.CANCELLED)


def _count(rows: QuerySet[Any]) -> Subquery:
    """How many rows a subquery finds. `Count` would group them."""
    counted = Func(F("pk"), function="COUNT", output_field=IntegerField())
    return Subquery(rows.order_by().annotate(found=counted).values("found"))


def _joined(today: dt.date) -> QuerySet[Seat]:
    """Seats held today that began after the round was started, of people who are not in it."""
    members = Response.objects.filter(round=OuterRef(OuterRef("pk")), person=OuterRef("person"))
    there_before = Seat.objects.filter(
        organisation=OuterRef("organisation"), person=OuterRef("person"), starts_on__lt=OuterRef("starts_on")
    )
    seats = Seat.objects.held_on(today).filter(organisation=OuterRef("organisation"))
    return seats.filter(~Exists(members), ~Exists(there_before), starts_on__gt=OuterRef("started_on"))


def _headcounts(organisation: Organisation, today: dt.date) -> dict[int, Headcount]:
    """Members by round, counted by role in the database: one query."""
    seated = Seat.objects.held_on(today).filter(organisation=organisation, person=OuterRef("person"))
    rows = (
        Response.objects.filter(round__organisation=organisation)
        .order_by()
        .annotate(is_seated=Exists(seated))
        .values_list("round_id", "seat__role", "state", "is_seated")
        .annotate(members=Count("pk"))
    )
    found: dict[int, list[tuple[str, bool, bool, int]]] = {}
    for round_id, role, state, is_seated, members in rows:
        is_done = state == ResponseState.SUBMITTED
        found.setdefault(round_id, []).append((SeatRole(role).label, is_done, is_seated, members))
    return {round_id: _headcount(counted) for round_id, counted in found.items()}


def _headcount(counted: list[tuple[str, bool, bool, int]]) -> Headcount:
    invited, submitted = Counter[str](), Counter[str]()
    for role, is_done, _, members in counted:
        invited[role] += members
        submitted[role] += members if is_done else 0
    left = sum(members for _, is_done, is_seated, members in counted if not is_done and not is_seated)
    return Headcount(invited, submitted, left)


def _standing(round_: Any, head: Headcount) -> Standing:
    """`round_` carries what `_rounds` has counted."""
    version = round_.version
    return Standing(
        round_id=round_.pk,
        name=_name(round_),
        state=RoundState(round_.state),
        closing_on=round_.closing_on,
        is_published=version.state == VersionState.PUBLISHED,
        is_individual=version.framework.is_individual,
        is_followed=round_.is_followed,
        minimum_group=round_.minimum_group,
        invited=head.invited.total(),
        submitted=head.submitted.total(),
        left=head.left,
        joined=round_.joined_count,
        indicators=round_.indicators_count,
        agreed=round_.agreed_count,
        unfinished=round_.unfinished_count,
        overdue=round_.overdue_count,
    )


def _under_way(round_: Round, head: Headcount, today: dt.date) -> UnderWay:
    return UnderWay(
        round_.pk,
        _name(round_),
        round_.closing_on,
        time_left(round_.closing_on, today),
        head.invited.total(),
        head.submitted.total(),
        rates(head.invited, head.submitted),
    )


def _name(round_: Round) -> str:
    return f"{round_.version.framework.title}, {timezone.localtime(round_.started_at):%B %Y}"


def _line(round_: Round, standing: Standing, today: dt.date) -> RoundLine:
    return RoundLine(
        round_.pk,
        standing.name,
        standing.state,
        round_.closing_on,
        round_.closed_at,
        standing.invited,
        standing.submitted,
        next_step(standing, today),
    )
