"""A framework document: one version of a framework as a file holds it. No database.

`read_document` is the only way in: what comes out has been checked from end to end. docs/FRAMEWORK-FORMAT.md
explains the format, docs/framework.schema.json says it to editors and to `structure`.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from decimal import Decimal
from itertools import chain, islice
from typing import Any

from frameworks.documents.checks import content_problems
from frameworks.documents.problems import Problem
from frameworks.documents.structure import structure_problems
from frameworks.documents.yaml_reader import Tree, Unreadable, read_yaml

MOST_PROBLEMS = 500  # whoever has more has another kind of file; finding them all could take minutes


@dataclass(frozen=True, slots=True)
class FrameworkEntry:
    code: str
    title: str
    short_title: str
    publisher: str
    subject: str
    audience: str
    section_label: str
    section_label_plural: str
    supersedes: str = ""


@dataclass(frozen=True, slots=True)
class VersionEntry:
    """Dates are text, as in 2021-08-31."""

    code: str
    title: str
    status: str
    published: str
    source_url: str
    licence: str
    updated: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class VariantEntry:
    code: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class LevelEntry:
    value: int
    label: str
    description: str


@dataclass(frozen=True, slots=True)
class BandEntry:
    """`starts_at` is text, as in 2.5."""

    starts_at: str
    label: str


@dataclass(frozen=True, slots=True)
class ChoiceEntry:
    """A non-score or an extra field."""

    code: str
    label: str
    description: str


@dataclass(frozen=True, slots=True)
class ScaleEntry:
    code: str
    title: str
    origin: str
    rule: str
    display: str
    levels: tuple[LevelEntry, ...]
    non_scores: tuple[ChoiceEntry, ...]
    extra_fields: tuple[ChoiceEntry, ...]
    bands: tuple[BandEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupEntry:
    code: str
    order: int
    title: str


@dataclass(frozen=True, slots=True)
class TermEntry:
    term: str
    meaning: str


@dataclass(frozen=True, slots=True)
class ThemeEntry:
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class SectionEntry:
    code: str
    order: int
    title: str
    summary: str
    themes: tuple[ThemeEntry, ...]
    supersedes: tuple[str, ...] = ()
    summary_by_variant: Mapping[str, str] = field(default_factory=dict)
    summary_wording: str = ""
    later_title: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorEntry:
    code: str
    section: str
    order: int
    text: str
    wording: str
    supersedes: tuple[str, ...]
    variant: str = ""
    theme: str | None = None
    group: str | None = None
    question: int | None = None
    guidance: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class FrameworkDocument:
    """`tree` is what it was read from; it says where a later problem lies, and is no part of the content."""

    tree: Tree = field(repr=False, compare=False)
    framework: FrameworkEntry
    version: VersionEntry
    variants: tuple[VariantEntry, ...]
    scale: ScaleEntry
    groups: tuple[GroupEntry, ...]
    glossary: tuple[TermEntry, ...]
    sections: tuple[SectionEntry, ...]
    indicators: tuple[IndicatorEntry, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of all that the document says, save its status: publishing a draft does not change its text."""
        said = {item.name: getattr(self, item.name) for item in fields(self) if item.name != "tree"}
        said["version"] = replace(self.version, status="")
        return hashlib.sha256(json.dumps(said, default=asdict, sort_keys=True).encode()).hexdigest()


def read_document(content: bytes, file: str) -> FrameworkDocument | list[Problem]:
    """Check `content` completely: a document, or every problem with it in the order of its lines."""
    try:
        tree = read_yaml(content, file)
    except Unreadable as unreadable:
        return sorted(unreadable.problems)[:MOST_PROBLEMS]
    return checked(tree)


def checked(tree: Tree) -> FrameworkDocument | list[Problem]:
    """Check what was read: a document, or what is wrong with it, up to MOST_PROBLEMS, in the order of its lines."""
    problems = set(islice(chain(structure_problems(tree), content_problems(tree)), MOST_PROBLEMS))
    return sorted(problems) if problems else _document(tree)


def _document(tree: Tree) -> FrameworkDocument:
    data: dict[str, Any] = tree.data
    return FrameworkDocument(
        tree=tree,
        framework=_framework(**data["framework"]),
        version=VersionEntry(**data["version"]),
        variants=tuple(VariantEntry(**entry) for entry in data["variants"]),
        scale=_scale(**data["scale"]),
        groups=tuple(GroupEntry(**entry) for entry in data.get("groups", ())),
        glossary=tuple(TermEntry(**entry) for entry in data.get("glossary", ())),
        sections=tuple(_section(**entry) for entry in data["sections"]),
        indicators=tuple(_indicator(**entry) for entry in data["indicators"]),
    )


def _framework(section_label: dict[str, str], **fields: Any) -> FrameworkEntry:
    return FrameworkEntry(
        section_label=section_label["singular"], section_label_plural=section_label["plural"], **fields
    )


def _scale(
    levels: list[dict[str, Any]],
    non_scores: list[dict[str, Any]],
    extra_fields: list[dict[str, Any]] | tuple[()] = (),
    bands: list[dict[str, Any]] | tuple[()] = (),
    **fields: Any,
) -> ScaleEntry:
    return ScaleEntry(
        levels=tuple(LevelEntry(**entry) for entry in levels),
        non_scores=tuple(ChoiceEntry(**entry) for entry in non_scores),
        extra_fields=tuple(ChoiceEntry(**entry) for entry in extra_fields),
        bands=tuple(BandEntry(plainly(entry["starts_at"]), entry["label"]) for entry in bands),
        **fields,
    )


def plainly(number: str | int | Decimal) -> str:
    """A number in the one way in which a document writes it: 2.50 as "2.5", 3.00 as "3"."""
    return f"{Decimal(number).normalize():f}"


def _section(
    themes: list[dict[str, Any]] | tuple[()] = (), supersedes: list[str] | tuple[()] = (), **fields: Any
) -> SectionEntry:
    return SectionEntry(themes=tuple(ThemeEntry(**entry) for entry in themes), supersedes=tuple(supersedes), **fields)


def _indicator(supersedes: list[str] | tuple[()] = (), **fields: Any) -> IndicatorEntry:
    return IndicatorEntry(supersedes=tuple(supersedes), **fields)
