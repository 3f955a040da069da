"""What a round asks, in words: the same for every member and frozen once it is open, so it is read once a process.

A round's scope and variant are frozen when it opens, and a published version never changes (product rule §2, §3).
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from assessments.models import Round, RoundSection
from assessments.queries.asked import scale_of, sections_asked, variant_title
from assessments.scoring.types import IndicatorAsked, Level, Scale, SectionAsked
from frameworks.models import FrameworkVersion, GlossaryTerm, Indicator, Section
from frameworks.succession import sections_followed
from frameworks.wording import Words, summary_of, words_of


@dataclass(frozen=True, slots=True)
class QuestionContent:
    """One indicator as it is asked."""

    indicator_id: int
    code: str
    number: int  # within its section, from 1
    text: str
    guidance: str
    group: str  # heading above it, "" when it has none or goes on under the one before
    words: tuple[tuple[str, str], ...]  # glossary terms that occur in it, with their meaning


@dataclass(frozen=True, slots=True)
class Box:
    """Room for words about a whole section, such as examples."""

    box_id: int
    label: str
    description: str


@dataclass(frozen=True, slots=True)
class SectionContent:
    section_id: int
    code: str
    title: str
    summary: str
    number: int  # within the round, from 1
    questions: tuple[QuestionContent, ...]
    follows: tuple[str, ...] = ()  # codes of earlier sections whose place it takes


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that a round asks of one variant."""

    framework: str
    framework_short: str
    section_label: str
    section_label_plural: str
    is_individual: bool
    scale: Scale
    levels: tuple[Level, ...]  # in the order in which they are offered
    boxes: tuple[Box, ...]
    sections: tuple[SectionContent, ...]
    indicator_ids: frozenset[int]
    section_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class ThemeOf:
    """What an indicator is about: a theme of its section, or only itself. Counterparts are about the same."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What figures and reports need of a round that has been open: frozen by then, as its content is."""

    sections: tuple[SectionAsked, ...]
    variant: str  # in words, such as "Organisation"; "" for a framework without variants
    indicators_said: tuple[Words, ...]  # what the indicators in scope say, for how sure we are of that
    summaries_said: tuple[Words, ...]  # the same of the sections in scope
    supersedes: tuple[tuple[str, tuple[str, ...]], ...]  # code → those whose wording it replaces


def asked_of(round_: Round) -> Asked:
    """The same for a round's figures: sections with their targets, once a process."""
    return _asked(round_.pk, round_.opened_at)


def content_of(round_: Round) -> Content:
    """What `round_`, open at least once, asks. Several queries the first time in a process, none after that."""
    return _content(round_.version_id, round_.variant, _scope(round_.pk, round_.opened_at))


def content_now(version: FrameworkVersion, variant: str) -> Content:
    """What all of `version` asks of `variant`, read anew each time: it may be a draft. It must have a scale."""
    section_ids = tuple(version.sections.values_list("pk", flat=True))
    return _read(version, variant, section_ids, scale_of(version))


def asked_in(content: Content) -> tuple[SectionAsked, ...]:
    """The same in the words of scoring, without targets."""
    return tuple(
        SectionAsked(
            section.code,
            section.title,
            tuple(IndicatorAsked(question.code, question.text) for question in section.questions),
            follows=section.follows,
        )
        for section in content.sections
    )


def scale_of_version(version_id: int) -> Scale:
    """The scale of a published version, read once a process."""
    return _scale(version_id)


def themes_of_version(version_id: int) -> Mapping[str, ThemeOf]:
    """What each indicator of a published version is about, by the indicator's code; read once a process."""
    return _themes(version_id)


def forget() -> None:
    """Read everything anew: for tests, where another version may come to have the same key."""
    for cached in (_scope, _scale, _themes, _content, _asked):
        cached.cache_clear()


@lru_cache(maxsize=4096)
def _scope(round_id: int, opened_at: dt.datetime | None) -> tuple[int, ...]:
    """The sections in scope. `opened_at` is part of the key only: a draft's scope can change."""
    return tuple(RoundSection.objects.filter(round=round_id).values_list("section", flat=True))


@lru_cache(maxsize=256)
def _asked(round_id: int, opened_at: dt.datetime | None) -> Asked:
    round_ = Round.objects.select_related("version").get(pk=round_id)
    rows = list(round_.indicators())
    return Asked(
        sections=sections_asked(round_),
        variant=variant_title(round_),
        indicators_said=tuple(map(words_of, rows)),
        summaries_said=tuple(summary_of(row.section) for row in round_.scope.select_related("section")),
        supersedes=tuple((row.code, tuple(row.supersedes)) for row in rows),
    )


@lru_cache(maxsize=64)
def _scale(version_id: int) -> Scale:
    return scale_of(FrameworkVersion.objects.select_related("scale").get(pk=version_id))


@lru_cache(maxsize=64)
def _themes(version_id: int) -> Mapping[str, ThemeOf]:
    rows = Indicator.objects.filter(version=version_id).select_related("theme")
    return MappingProxyType({row.code: _theme(row) for row in rows})


def _theme(row: Indicator) -> ThemeOf:
    if row.theme:
        return ThemeOf(row.theme.code, row.theme.label)
    # With words that take the place of others it is no longer the same as in earlier versions, as for a trend.
    return ThemeOf(f"{row.code} since {row.version_id}" if row.supersedes else row.code, row.text)


@lru_cache(maxsize=64)
def _content(version_id: int, variant: str, section_ids: tuple[int, ...]) -> Content:
    version = FrameworkVersion.objects.select_related("framework", "scale").get(pk=version_id)
    return _read(version, variant, section_ids, _scale(version_id))


def _read(version: FrameworkVersion, variant: str, section_ids: tuple[int, ...], scale: Scale) -> Content:
    framework = version.framework
    sections = _sections(version, variant, section_ids)
    highest_first = version.scale.display == "highest first"
    return Content(
        framework=framework.title,
        framework_short=framework.short_title,
        section_label=framework.section_label,
        section_label_plural=framework.section_label_plural,
        is_individual=framework.is_individual,
        scale=scale,
        levels=scale.levels[::-1] if highest_first else scale.levels,
        boxes=tuple(Box(box.pk, box.label, box.description) for box in version.scale.extra_fields.all()),
        sections=sections,
        indicator_ids=frozenset(question.indicator_id for section in sections for question in section.questions),
        section_ids=frozenset(section_ids),
    )


def _sections(version: FrameworkVersion, variant: str, section_ids: tuple[int, ...]) -> tuple[SectionContent, ...]:
    questions = _questions(version, variant, section_ids)
    rows, follows = version.sections.filter(pk__in=section_ids), sections_followed(version)
    return tuple(
        _section(row, number, variant, tuple(questions.get(row.pk, ())), follows[row.code])
        for number, row in enumerate(rows, start=1)
    )


def _section(
    row: Section, number: int, variant: str, questions: tuple[QuestionContent, ...], follows: tuple[str, ...]
) -> SectionContent:
    summary = row.summary_by_variant.get(variant) or row.summary
    return SectionContent(row.pk, row.code, row.title, summary, number, questions, follows)


def _questions(
    version: FrameworkVersion, variant: str, section_ids: tuple[int, ...]
) -> dict[int, list[QuestionContent]]:
    """Questions by section; a group's title stands with the first question of the group only."""
    glossary = list(version.glossary.all())
    numbers: Counter[int] = Counter()
    by_section: dict[int, list[QuestionContent]] = {}
    last_group: tuple[int, int | None] | None = None
    for row in Indicator.objects.filter(section__in=section_ids).for_variant(variant).select_related("group"):
        numbers[row.section_id] += 1
        group = (row.section_id, row.group_id)
        heading = row.group.title if row.group and group != last_group else ""
        last_group = group
        question = _question(row, numbers[row.section_id], heading, glossary)
        by_section.setdefault(row.section_id, []).append(question)
    return by_section


def _question(row: Indicator, number: int, heading: str, glossary: Iterable[GlossaryTerm]) -> QuestionContent:
    words = _words_in(f"{row.text} {row.guidance}", glossary)
    return QuestionContent(row.pk, row.code, number, row.text, row.guidance, heading, words)


def _words_in(text: str, glossary: Iterable[GlossaryTerm]) -> tuple[tuple[str, str], ...]:
    """The glossary terms that occur in `text` as whole words, plural or not, with their meanings."""
    return tuple(
        (entry.term, entry.meaning) for entry in glossary if re.search(rf"(?<!\w){re.escape(entry.term)}s?(?!\w)", text)
    )
