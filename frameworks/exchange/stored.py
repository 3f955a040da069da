"""Rows → a document: the way back from what `loader` stores, in a number of queries that does not grow."""

from dataclasses import fields
from typing import Any, TypeVar

from django.db.models import Model, Prefetch

from frameworks.choices import VersionState
from frameworks.documents.canonical import tidy
from frameworks.documents.document import (
    BandEntry,
    ChoiceEntry,
    FrameworkDocument,
    FrameworkEntry,
    GroupEntry,
    IndicatorEntry,
    LevelEntry,
    ScaleEntry,
    SectionEntry,
    TermEntry,
    ThemeEntry,
    VariantEntry,
    VersionEntry,
    plainly,
)
from frameworks.documents.yaml_reader import Tree
from frameworks.models import Framework, FrameworkVersion, Indicator, Scale, Section

Entry = TypeVar("Entry")


def stored_document(version: FrameworkVersion) -> FrameworkDocument:
    """All that `version` says, as a document would. A draft that has no scale yet gets an empty one.

    A retired version counts as published: its text is frozen as well.
    """
    indicators = version.indicators.select_related("section", "theme", "group").order_by("section__order", "order")
    return FrameworkDocument(
        tree=Tree(str(version), None),
        framework=framework_entry(version.framework),
        version=_version(version),
        variants=tuple(_entry(VariantEntry, row) for row in version.variants.all()),
        scale=_scale(Scale.objects.filter(version=version).first() or Scale()),
        groups=tuple(_entry(GroupEntry, row) for row in version.groups.all()),
        glossary=tuple(_entry(TermEntry, row) for row in version.glossary.order_by("pk")),
        sections=tuple(_section(row) for row in version.sections.prefetch_related(Prefetch("themes"))),
        indicators=tuple(_indicator(row) for row in indicators),
    )


def _entry(kind: type[Entry], row: Model, **others: Any) -> Entry:
    """The entry whose fields are called as the row's are; `others` are those that are not."""
    same = {field.name for field in fields(kind) if field.name not in others}  # type: ignore[arg-type]
    return kind(**{name: tidy(getattr(row, name)) for name in same}, **others)


def framework_entry(framework: Framework) -> FrameworkEntry:
    """What a document says of the framework itself."""
    before = framework.supersedes
    return _entry(FrameworkEntry, framework, supersedes=before.code if before else "")


def _version(version: FrameworkVersion) -> VersionEntry:
    return _entry(
        VersionEntry,
        version,
        status=(VersionState.DRAFT if version.is_draft else VersionState.PUBLISHED).value,
        published=version.published_on.isoformat(),
        updated=version.updated_on.isoformat() if version.updated_on else None,
    )


def _scale(scale: Scale) -> ScaleEntry:
    stored = scale.pk is not None
    return _entry(
        ScaleEntry,
        scale,
        levels=tuple(_entry(LevelEntry, row) for row in scale.levels.all()) if stored else (),
        non_scores=tuple(_entry(ChoiceEntry, row) for row in scale.non_scores.all()) if stored else (),
        extra_fields=tuple(_entry(ChoiceEntry, row) for row in scale.extra_fields.all()) if stored else (),
        bands=tuple(BandEntry(plainly(row.starts_at), row.label) for row in scale.bands.all()) if stored else (),
    )


def _section(section: Section) -> SectionEntry:
    said = section.summary_by_variant.items()
    return _entry(
        SectionEntry,
        section,
        themes=tuple(_entry(ThemeEntry, row) for row in section.themes.all()),
        supersedes=tuple(section.supersedes),
        summary_by_variant={code: tidy(words) for code, words in sorted(said)},
    )


def _indicator(indicator: Indicator) -> IndicatorEntry:
    return _entry(
        IndicatorEntry,
        indicator,
        section=indicator.section.code,
        theme=indicator.theme.code if indicator.theme else None,
        group=indicator.group.code if indicator.group else None,
        supersedes=tuple(indicator.supersedes),
    )
