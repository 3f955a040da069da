"""A finished round done again: what it would be made of, and what has changed since."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from assessments.changed_since import Asked, FrameworkChanges, compare_frameworks
from assessments.models import Round, RoundSection
from assessments.queries.asked import variant_code
from assessments.queries.rounds import reminders_in_words, targets_in_words
from frameworks.models import FrameworkVersion, Indicator, Section
from frameworks.succession import sections_followed, successors
from organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Repetition:
    """What a round as `last` would ask today."""

    version: FrameworkVersion
    sections: tuple[Section, ...]
    targets: dict[int, int | None]  # the key of a section → the level aimed for there


@dataclass(frozen=True, slots=True)
class _Offer:
    """The scope of a finished round, and what its framework offers now: read once for all that is made of the two."""

    version: FrameworkVersion  # the newest that is published, else the round's own
    before: Mapping[str, RoundSection]  # the scope as it was, by the section's code
    known: frozenset[str]  # codes of all sections of the round's own version
    sections: tuple[Section, ...]  # of `version`
    followed: Mapping[str, tuple[str, ...]]  # code of one of `sections` → codes of all whose place it takes

    def was(self, codes: Collection[str]) -> dict[str, str]:
        """Code of a section on offer → which of these earlier `codes` it was; those that are new have no entry."""
        lines = {code: (code, *followed) for code, followed in self.followed.items()}
        return {code: next(one for one in line if one in codes) for code, line in lines.items() if {*line} & {*codes}}


def _offer_after(last: Round) -> _Offer:
    version = _newest_version(last) or last.version
    return _Offer(
        version=version,
        before={scoped.section.code: scoped for scoped in last.scope.select_related("section")},
        known=frozenset(last.version.sections.values_list("code", flat=True)),
        sections=tuple(version.sections.all()),
        followed=sections_followed(version),
    )


def _newest_version(last: Round) -> FrameworkVersion | None:
    versions = FrameworkVersion.objects.published().filter(framework=last.version.framework)
    return versions.select_related("framework", "scale").order_by("-code").first()


def repetition_of(last: Round) -> Repetition:
    """In the newest published version: the same sections (all of them, if all were in scope) and targets.

    A section that is new aims for what all others aim for, if that is one level; a level that the new scale does not
    have is no target. Without a published version it is the round's own, which `start_round` then refuses.
    """
    return _repetition(_offer_after(last))


def _repetition(offer: _Offer) -> Repetition:
    was, before = offer.was(offer.before), {code: scoped.target for code, scoped in offer.before.items()}
    whole = offer.known <= offer.before.keys()
    sections = tuple(section for section in offer.sections if whole or section.code in was)
    levels = set(offer.version.scale.levels.values_list("value", flat=True))
    shared = next(iter(set(before.values()))) if len(set(before.values())) == 1 else None
    wanted = {section.pk: before.get(was.get(section.code, ""), shared) for section in sections}
    targets = {key: target if target in levels else None for key, target in wanted.items()}
    return Repetition(offer.version, sections, targets)


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


def since_last_time(last: Round) -> SinceLastTime:
    """What a round as `last` would be today, and how that differs from it (a fixed number of queries)."""
    offer = _offer_after(last)
    again = _repetition(offer)
    now = _asked(Indicator.objects.filter(section__in=again.sections).for_variant(variant_code(last.organisation)))
    return SinceLastTime(
        framework=again.version.framework.title,
        version=again.version.title,
        is_newer_version=again.version.pk != last.version_id,
        replaced_by=tuple(one.in_words for one in successors().get(again.version.framework_id, ())),
        section_label_plural=again.version.framework.section_label_plural,
        indicators=len(now),
        scope=_scope(offer, again),
        reminders=reminders_in_words(last.reminder_days),
        changes=compare_frameworks(_asked(last.indicators()), now),
    )


def _scope(offer: _Offer, again: Repetition) -> Scope:
    chosen = {section.code: section for section in again.sections}
    targets = {code: again.targets[section.pk] for code, section in chosen.items()}
    before, was = offer.before, offer.was(offer.known)
    kept = {was[code]: target for code, target in targets.items() if was.get(code) in before}
    return Scope(
        sections=tuple(section.title for section in chosen.values()),
        targets=targets_in_words((section.title, targets[code]) for code, section in chosen.items()),
        gone=tuple(scoped.section.title for code, scoped in before.items() if code not in was.values()),
        left_out=tuple(one.title for one in offer.sections if one.code not in was.keys() | chosen.keys()),
        loses_targets=any(before[code].target != target for code, target in kept.items()),
    )


def _asked(indicators: QuerySet[Indicator]) -> list[Asked]:
    return [
        Asked(row.code, row.section.title, row.text, tuple(row.supersedes))
        for row in indicators.select_related("section")
    ]


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
