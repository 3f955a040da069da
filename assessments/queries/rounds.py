"""What a digital lead sees of a round while it runs: who has and has not submitted, and nothing of any answer."""

from collections import Counter
from dataclasses import dataclass

from django.utils import timezone

from assessments.choices import SECONDS_PER_QUESTION, ResponseState, RoundState
from assessments.lifecycle import RoundMove, is_allowed
from assessments.models import Response, Round, RoundSection
from assessments.queries.asked import variant_code
from assessments.reasons import UNDER_WAY, why_not_open
from frameworks.models import FrameworkVersion, Indicator
from organisations.models import Organisation, Seat


@dataclass(frozen=True, slots=True)
class Member:
    response_id: int
    name: str
    email: str
    role: str
    state: ResponseState


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


def progress_for(round_: Round) -> Progress:
    """Members and the state of their responses (one query)."""
    responses = round_.responses.select_related("person", "seat")
    return Progress(tuple(_member(response) for response in responses))


def _member(response: Response) -> Member:
    return Member(
        response.pk,
        response.person.name,
        response.person.email,
        response.seat.get_role_display(),
        ResponseState(response.state),
    )


def seats_to_invite(round_: Round) -> list[Seat]:
    """Seats held today on the round's board by people who are not in the round yet."""
    seats = round_.organisation.seats.held_on(timezone.localdate()).select_related("person")
    return list(seats.exclude(person__responses__round=round_))


@dataclass(frozen=True, slots=True)
class Overview:
    """The terms of a round in words, and what can be done with it now."""

    framework: str
    is_individual: bool
    version: str
    variant: str
    section_label_plural: str
    sections: tuple[str, ...]
    indicators: int
    target: str
    why_not_open: str
    is_past_closing: bool
    allowed: frozenset[str]  # names of RoundMove, in lower case


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
        target=_targets(scope),
        why_not_open=why_not_open(round_) if round_.is_draft else "",
        is_past_closing=round_.is_past_closing(),
        allowed=frozenset(move.name.lower() for move in RoundMove if is_allowed(move, RoundState(round_.state))),
    )


def _targets(scope: list[RoundSection]) -> str:
    targets = sorted({scoped.target for scoped in scope if scoped.target is not None})
    return " or ".join(f"level {target}" for target in targets) or "None"


def variant_title(round_: Round) -> str:
    """The variant in words, such as "Organisation"; "" for a framework without variants."""
    return round_.version.variants.filter(code=round_.variant).values_list("title", flat=True).first() or ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A framework that a new round could use."""

    version_id: int
    framework: str
    size: str
    why_not: str  # "" when it can be chosen


def frameworks_on_offer(organisation: Organisation) -> list[Offer]:
    """Published versions that ask something of this organisation, the newest of each framework."""
    running = set(organisation.rounds.running().values_list("version__framework", flat=True))
    newest: dict[int, FrameworkVersion] = {}
    for version in FrameworkVersion.objects.published().select_related("framework"):
        newest.setdefault(version.framework_id, version)
    for_us = Indicator.objects.filter(version__in=newest.values()).for_variant(variant_code(organisation))
    sizes = Counter(for_us.values_list("version_id", flat=True))
    return [
        Offer(
            version.pk,
            version.framework.title,
            _size(version, sizes[version.pk]),
            UNDER_WAY if version.framework_id in running else "",
        )
        for version in newest.values()
        if sizes[version.pk]
    ]


def _size(version: FrameworkVersion, indicators: int) -> str:
    minutes = -(-indicators * SECONDS_PER_QUESTION // 60)
    whose = "Each member scores themselves" if version.framework.is_individual else "Members score the organisation"
    return f"{indicators} indicators, about {minutes} minutes for each member. {whose}."
