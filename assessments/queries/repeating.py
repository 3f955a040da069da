"""A finished round done again: what it would be made of, and what has changed since."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from assessments.changed_since import (
    Asked,
    BoardChanges,
    FrameworkChanges,
    Seated,
    compare_boards,
    compare_frameworks,
)
from assessments.models import Round
from assessments.queries.asked import scale_of, variant_code
from assessments.queries.rounds import reminders_in_words, targets_in_words
from frameworks.models import FrameworkVersion, Indicator, Section
from frameworks.succession import sections_followed, successors
from organisations.models import Organisation, Seat
from organisations.models.seat import SeatQuerySet
from organisations.people.queries import left_on


@dataclass(frozen=True, slots=True)
class Repetition:
    """What a round as `last` would be made of today."""

    version: FrameworkVersion
    sections: tuple[Section, ...]
    targets: dict[int, int | None]  # the key of a section → the level aimed for there
    seats: tuple[Seat, ...]  # held today by those who took part


def repetition_of(last: Round) -> Repetition:
    """In the newest published version: the same sections (all of them, if all were in scope), targets and members.

    A section that is new aims for what all others aim for, if that is one level; a level that the new scale does not
    have is no target. Without a published version it is the round's own, which `start_round` then refuses.
    """
    version = _newest_version(last) or last.version
    before = {scoped.section.code: scoped.target for scoped in last.scope.select_related("section")}
    was = _what_each_was(version, before)
    sections = _same_sections(last, version, was)
    levels = {level.value for level in scale_of(version).levels}
    shared = next(iter(set(before.values()))) if len(set(before.values())) == 1 else None
    wanted = {section.pk: before.get(was.get(section.code, ""), shared) for section in sections}
    targets = {key: target if target in levels else None for key, target in wanted.items()}
    return Repetition(version, sections, targets, tuple(_seats_today(last).filter(person__responses__round=last)))


def _newest_version(last: Round) -> FrameworkVersion | None:
    versions = FrameworkVersion.objects.published().filter(framework=last.version.framework)
    return versions.select_related("framework", "scale").order_by("-code").first()


def _what_each_was(version: FrameworkVersion, codes: Collection[str]) -> dict[str, str]:
    """Code of a section of `version` → which of these earlier `codes` it was; those that are new have no entry."""
    lines = {code: (code, *followed) for code, followed in sections_followed(version).items()}
    return {code: next(one for one in line if one in codes) for code, line in lines.items() if {*line} & {*codes}}


def _same_sections(last: Round, version: FrameworkVersion, was: Mapping[str, str]) -> tuple[Section, ...]:
    in_scope = set(last.scope.values_list("section__code", flat=True))
    whole = set(last.version.sections.values_list("code", flat=True)) <= in_scope
    return tuple(section for section in version.sections.all() if whole or section.code in was)


def _seats_today(last: Round) -> SeatQuerySet:
    return last.organisation.seats.held_on(timezone.localdate()).select_related("person")


@dataclass(frozen=True, slots=True)
class Newcomers:
    """Seats held today by people who did not take part; `joined` since that round opened."""

    seats: tuple[Seat, ...]
    joined: frozenset[int]  # keys of seats


def newcomers_since(last: Round) -> Newcomers:
    """Who sits on the board today and was not in `last`, in order of name (two queries)."""
    seats = tuple(_seats_today(last).exclude(person__responses__round=last).order_by("person__name", "pk"))
    opened_on = timezone.localdate(last.opened_at)
    there_then = set(last.organisation.seats.held_on(opened_on).values_list("person", flat=True))
    return Newcomers(seats, frozenset(seat.pk for seat in seats if seat.person_id not in there_then))


@dataclass(frozen=True, slots=True)
class Scope:
    """What would be in scope, in words, and what of the earlier scope cannot be kept."""

    sections: tuple[str, ...]
    targets: tuple[str, ...]
    gone: tuple[str, ...]  # sections that the newest version has no more
    left_out: tuple[str, ...]  # sections that are new, while not all of the framework was in scope
    loses_targets: bool  # a level aimed for is none of the newest version's levels


@dataclass(frozen=True, slots=True)
class SinceLastTime:
    """What the page says before a round is started as the last one: what it would be, and what has changed."""

    framework: str
    version: str
    is_newer_version: bool
    replaced_by: tuple[str, ...]  # sentences: which frameworks take the place of this one, and from when
    section_label_plural: str
    indicators: int
    scope: Scope
    reminders: str
    changes: FrameworkChanges
    board: BoardChanges


def since_last_time(last: Round) -> SinceLastTime:
    """What a round as `last` would be today, and how that differs from it (a fixed number of queries)."""
    again = repetition_of(last)
    now = _asked(Indicator.objects.filter(section__in=again.sections).for_variant(variant_code(last.organisation)))
    return SinceLastTime(
        framework=again.version.framework.title,
        version=again.version.title,
        is_newer_version=again.version.pk != last.version_id,
        replaced_by=tuple(one.in_words for one in successors().get(again.version.framework_id, ())),
        section_label_plural=again.version.framework.section_label_plural,
        indicators=len(now),
        scope=_scope(last, again),
        reminders=reminders_in_words(last.reminder_days),
        changes=compare_frameworks(_asked(last.indicators()), now),
        board=_board_changes(last, again.seats),
    )


def _scope(last: Round, again: Repetition) -> Scope:
    before = {scoped.section.code: scoped for scoped in last.scope.select_related("section")}
    known = set(last.version.sections.values_list("code", flat=True))
    offered = {section.code: section for section in again.version.sections.all()}
    chosen = {section.code: section for section in again.sections}
    targets = {code: again.targets[section.pk] for code, section in chosen.items()}
    was = _what_each_was(again.version, known)
    kept = {was[code]: target for code, target in targets.items() if was.get(code) in before}
    return Scope(
        sections=tuple(section.title for section in chosen.values()),
        targets=targets_in_words((section.title, targets[code]) for code, section in chosen.items()),
        gone=tuple(scoped.section.title for code, scoped in before.items() if code not in was.values()),
        left_out=tuple(section.title for code, section in offered.items() if code not in was.keys() | chosen.keys()),
        loses_targets=any(before[code].target != target for code, target in kept.items()),
    )


def _asked(indicators: QuerySet[Indicator]) -> list[Asked]:
    return [
        Asked(row.code, row.section.title, row.text, tuple(row.supersedes))
        for row in indicators.select_related("section")
    ]


def _board_changes(last: Round, seats: Iterable[Seat]) -> BoardChanges:
    members = {
        response.person_id: Seated(response.person.name, response.seat.get_role_display())
        for response in last.responses.select_related("person", "seat")
    }
    today = {seat.person_id: Seated(seat.person.name, seat.get_role_display()) for seat in seats}
    return compare_boards(members, today, left_on(last.organisation))


@dataclass(frozen=True, slots=True)
class Repeatable:
    round_id: int
    framework: str
    started_at: dt.datetime


def rounds_to_repeat(organisation: Organisation, version_ids: Iterable[int]) -> tuple[Repeatable, ...]:
    """The last finished round of each framework of which one of these versions can be used now (one query)."""
    rounds = organisation.rounds.with_results().filter(version__framework__versions__in=version_ids)
    newest: dict[int, Repeatable] = {}
    for row in rounds.select_related("version__framework").order_by("-closed_at", "-pk"):
        made = Repeatable(row.pk, row.version.framework.title, row.started_at)
        newest.setdefault(row.version.framework_id, made)
    return tuple(newest.values())
