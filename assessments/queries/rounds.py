"""What a digital lead sees of a round while it runs: who has and has not submitted, and nothing of any answer."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from django.utils import timezone

from assessments.attention import time_left
from assessments.choices import SECONDS_PER_QUESTION, ResponseState
from assessments.models import Response, Round
from assessments.queries.asked import variant_code, variant_title
from assessments.reasons import UNDER_WAY, why_not_open, why_not_repeat
from frameworks.models import Framework, FrameworkVersion, Indicator
from frameworks.succession import Successor, successors
from organisations.choices import SeatRole
from organisations.models import Organisation, Seat
from organisations.people.queries import left_on


@dataclass(frozen=True, slots=True)
class Member:
    response_id: int
    name: str
    email: str
    role: str
    state: ResponseState
    left_on: dt.date | None  # the last day on the board, for whoever holds no seat there any more


@dataclass(frozen=True, slots=True)
class Progress:
    """The members of a round in order of name, with how far each is."""

    members: tuple[Member, ...]

    def count(self, state: ResponseState) -> int:
        return sum(member.state == state for member in self.members)

    @property
    def invited(self) -> int:
        return len(self.members)

    @property
    def submitted(self) -> int:
        return self.count(ResponseState.SUBMITTED)

    @property
    def started(self) -> int:
        return self.count(ResponseState.STARTED)

    @property
    def not_started(self) -> int:
        return self.count(ResponseState.INVITED)

    @property
    def by_role(self) -> tuple["RoleRate", ...]:
        done = Counter(member.role for member in self.members if member.state == ResponseState.SUBMITTED)
        return rates(Counter(member.role for member in self.members), done)


@dataclass(frozen=True, slots=True)
class RoleRate:
    """How many of those in a role on the board have submitted."""

    role: str
    invited: int
    submitted: int


def rates(invited: Mapping[str, int], submitted: Mapping[str, int]) -> tuple[RoleRate, ...]:
    """Counts by role in words, in the order in which roles are listed everywhere; roles without members left out."""
    roles = [role.label for role in SeatRole if invited.get(role.label)]
    return tuple(RoleRate(role, invited[role], submitted.get(role, 0)) for role in roles)


def progress_for(round_: Round) -> Progress:
    """Members and the state of their responses; whoever has left the board stays, marked as such (two queries)."""
    left = left_on(round_.organisation)
    responses = round_.responses.select_related("person", "seat")
    return Progress(tuple(_member(response, left.get(response.person_id)) for response in responses))


def _member(response: Response, left: dt.date | None) -> Member:
    return Member(
        response.pk,
        response.person.name,
        response.person.email,
        response.seat.get_role_display(),
        ResponseState(response.state),
        left,
    )


def seats_to_invite(round_: Round) -> list[Seat]:
    """Seats held today on the round's board by people who are not in the round yet."""
    seats = round_.organisation.seats.held_on(timezone.localdate()).select_related("person")
    return list(seats.exclude(person__responses__round=round_))


@dataclass(frozen=True, slots=True)
class Overview:
    """The terms of a round in words, and what stands in the way of its next move."""

    framework: str
    is_individual: bool
    version: str
    variant: str
    section_label_plural: str
    sections: tuple[str, ...]
    indicators: int
    targets: tuple[str, ...]
    reminders: str
    why_not_open: str
    why_not_repeat: str
    is_past_closing: bool
    time_left: str


def overview_of(round_: Round) -> Overview:
    """What the lead's page of a round says about it (a fixed number of queries)."""
    framework = round_.version.framework
    scope = list(round_.scope.select_related("section"))
    return Overview(
        framework=framework.title,
        is_individual=framework.is_individual,
        version=round_.version.title,
        variant=variant_title(round_),
        section_label_plural=framework.section_label_plural,
        sections=tuple(scoped.section.title for scoped in scope),
        indicators=round_.indicators().count(),
        targets=targets_in_words((scoped.section.title, scoped.target) for scoped in scope),
        reminders=reminders_in_words(round_.reminder_days),
        why_not_open=why_not_open(round_) if round_.is_draft else "",
        why_not_repeat=why_not_repeat(round_) if round_.has_results else "",
        is_past_closing=round_.is_past_closing(),
        time_left=time_left(round_.closing_on, timezone.localdate()),
    )


def targets_in_words(targets: Iterable[tuple[str, int | None]]) -> tuple[str, ...]:
    """A line for each level aimed for with the sections that aim for it, lowest first; one short line if all do."""
    by_level: dict[int | None, list[str]] = {}
    for section, level in targets:
        by_level.setdefault(level, []).append(section)
    levels = sorted(by_level, key=lambda level: (level is None, level))
    words = {level: "No target" if level is None else f"Level {level}" for level in levels}
    if len(levels) == 1:
        return (words[levels[0]],)
    return tuple(f"{words[level]}: {', '.join(by_level[level])}" for level in levels)


def reminders_in_words(days: Iterable[int]) -> str:
    """Such as "7 days and 1 day before closing"."""
    listed = [days_before(day) for day in sorted(set(days), reverse=True)]
    if not listed:
        return "None are sent by themselves"
    return f"{' and '.join(filter(None, (', '.join(listed[:-1]), listed[-1])))} before closing"


def days_before(day: int) -> str:
    """Such as "7 days"."""
    return "1 day" if day == 1 else f"{day} days"


@dataclass(frozen=True, slots=True)
class Offer:
    """A framework that a new round could use."""

    version_id: int
    framework: str
    size: str
    why_not: str  # "" when it can be chosen
    succession: str = ""  # which takes whose place, in sentences

    @property
    def in_words(self) -> str:
        return " ".join(filter(None, (self.size, self.succession, self.why_not)))


def frameworks_on_offer(organisation: Organisation) -> list[Offer]:
    """Published versions that ask something of this organisation, the newest of each framework."""
    running = set(organisation.rounds.running().values_list("version__framework", flat=True))
    newest: dict[int, FrameworkVersion] = {}
    for version in FrameworkVersion.objects.published().select_related("framework__supersedes"):
        newest.setdefault(version.framework_id, version)
    after, known = successors(), set(FrameworkVersion.objects.readable(staff=False).values_list("framework", flat=True))
    for_us = Indicator.objects.filter(version__in=newest.values()).for_variant(variant_code(organisation))
    sizes = Counter(for_us.values_list("version_id", flat=True))
    return [
        Offer(
            version.pk,
            version.framework.title,
            _size(version, sizes[version.pk]),
            UNDER_WAY if version.framework_id in running else "",
            _succession(version.framework, after, known),
        )
        for version in newest.values()
        if sizes[version.pk]
    ]


def _succession(framework: Framework, after: Mapping[int, tuple[Successor, ...]], known: Set[int]) -> str:
    """In sentences; `known` are the frameworks that boards can read of."""
    before = framework.supersedes
    said = [f"It takes the place of {before.title}."] if before and before.pk in known else []
    return " ".join([*said, *(f"{one.in_words}." for one in after.get(framework.pk, ()))])


def _size(version: FrameworkVersion, indicators: int) -> str:
    minutes = -(-indicators * SECONDS_PER_QUESTION // 60)
    whose = "Each member scores themselves" if version.framework.is_individual else "Members score the organisation"
    return f"{indicators} indicators, about {minutes} minutes for each member. {whose}."
