"""A checked document → rows. Safe to run twice; never touches what is published."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from enum import Enum
from pathlib import PurePath

from django.db import transaction
from django.db.models import Q

from frameworks.choices import VersionState, Way
from frameworks.documents.document import FrameworkDocument, IndicatorEntry, ScaleEntry, SectionEntry
from frameworks.documents.problems import Path, Problem
from frameworks.exchange.stored import framework_entry
from frameworks.history.watching import all_words, noted_as_a_whole
from frameworks.history.writer import Origin, coming_from
from frameworks.models import (
    Band,
    ExtraField,
    Framework,
    FrameworkVersion,
    GlossaryTerm,
    Group,
    Indicator,
    Level,
    NonScore,
    Scale,
    Section,
    Theme,
    Variant,
)
from frameworks.moves import move
from frameworks.queries import published_before
from frameworks.signals import version_moved

PLAIN_FIELDS = ("code", "order", "variant", "question", "text", "guidance", "source", "wording")
PATHS: dict[str, Path] = {
    "section_label": ("framework", "section_label", "singular"),
    "section_label_plural": ("framework", "section_label", "plural"),
}


class LoadResult(Enum):
    CREATED = "created"
    REPLACED = "replaced the draft"
    PUBLISHED = "published the draft"
    UNCHANGED = "unchanged"


class LoadRefused(Exception):
    """The document contradicts what is stored; `problems` says where."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(*map(str, problems))
        self.problems = problems


def load(document: FrameworkDocument) -> LoadResult:
    """Store the document; idempotent. A changed draft is replaced wholesale, a published version never.

    Raises LoadRefused if the document contradicts what is stored.
    """
    with transaction.atomic():
        if problems := conflicts(document):
            raise LoadRefused(problems)
        stored = stored_version(document)
        if stored and stored.digest == document.digest and not _to_publish(stored, document):
            return LoadResult.UNCHANGED
        version = store_draft(document, stored, came=Origin(Way.LOADED, PurePath(document.tree.file).name))
        version_moved.send(FrameworkVersion, version=version, done="loaded", by=None)
        if document.version.status == VersionState.PUBLISHED:
            move(version, VersionState.PUBLISHED, by=None)
    if stored is None:
        return LoadResult.CREATED
    return LoadResult.REPLACED if version.is_draft else LoadResult.PUBLISHED


def stored_version(document: FrameworkDocument) -> FrameworkVersion | None:
    """The stored version that the document is about, if there is one."""
    return FrameworkVersion.objects.filter(framework__code=document.framework.code, code=document.version.code).first()


def _to_publish(stored: FrameworkVersion, document: FrameworkDocument) -> bool:
    return stored.is_draft and document.version.status == VersionState.PUBLISHED


def conflicts(document: FrameworkDocument) -> list[Problem]:
    """What the document contradicts in the database: published text, the framework's own fields, codes used before."""
    stored = stored_version(document)
    if stored and stored.digest == document.digest:
        return []
    if stored and not stored.is_draft:
        return [frozen(document)]
    return contradictions(document)


def contradictions(document: FrameworkDocument) -> list[Problem]:
    """What a draft that says this would contradict in other versions of the framework, and in other frameworks."""
    return [*_framework_conflicts(document), *_succession_conflicts(document), *used_before(document)]


def frozen(document: FrameworkDocument) -> Problem:
    """Why a document cannot take the place of a version that is published or retired."""
    return document.tree.problem(
        ("version", "code"),
        f"version {document.version.code} of {document.framework.code} is published and cannot change; "
        "give the file a new version code (such as the year and month of the change) and status: draft",
    )


def _framework_conflicts(document: FrameworkDocument) -> Iterator[Problem]:
    """A new draft must not change what readers of published versions see of the framework itself."""
    published = FrameworkVersion.objects.readable(staff=False)
    stored = Framework.objects.filter(code=document.framework.code, versions__in=published).first()
    before = asdict(framework_entry(stored)) if stored else {}
    for name, said in asdict(document.framework).items() if stored else ():
        if (was := before[name]) != said:
            path = PATHS.get(name, ("framework", name))
            yield document.tree.problem(path, f"published versions say '{was}'; keep it")


def _succession_conflicts(document: FrameworkDocument) -> Iterator[Problem]:
    """The framework whose place this one takes is stored, and does not itself take the place of this one."""
    code, named = document.framework.code, document.framework.supersedes
    before = Framework.objects.filter(code=named).first()
    if named and before is None:
        message = f"there is no framework '{named}'; load that one first"
        yield document.tree.problem(("framework", "supersedes"), message)
    if before and Framework.objects.filter(code=code, pk__in=before.line()).exclude(pk=before.pk).exists():
        yield document.tree.problem(("framework", "supersedes"), f"'{named}' takes the place of this one")


def used_before(document: FrameworkDocument) -> Iterator[Problem]:
    """Codes that an earlier version let go are never reused, and only codes that existed can be superseded."""
    yield from _used_before(document, Section, document.sections, "sections", "a section")
    yield from _used_before(document, Indicator, document.indicators, "indicators", "an indicator")


def _used_before(
    document: FrameworkDocument,
    model: type[Section] | type[Indicator],
    entries: Sequence[SectionEntry | IndicatorEntry],
    part: str,
    kind: str,
) -> Iterator[Problem]:
    """What a framework names of the one whose place it takes existed too, but lets go of no code here."""
    code, other = document.framework.code, document.framework.supersedes
    own = Q(version__framework__code=code, version__code__lt=document.version.code)
    rows = model._default_manager.filter(own | Q(version__framework__code=other))
    named = list(rows.values_list("code", "supersedes", "version__framework__code"))
    gone = {old for _, replaced, framework in named if framework == code for old in replaced}
    known = {known for existing, replaced, _ in named for known in (existing, *replaced)}
    for number, entry in enumerate(entries):
        if entry.code in gone:
            message = f"'{entry.code}' was superseded in an earlier version; codes are never reused"
            yield document.tree.problem((part, number, "code"), message)
        for place, old in enumerate(entry.supersedes if known else ()):
            if old not in known:
                message = f"no earlier version of {code} has {kind} '{old}'"
                yield document.tree.problem((part, number, "supersedes", place), message)


@transaction.atomic
def store_draft(
    document: FrameworkDocument, stored: FrameworkVersion | None = None, *, came: Origin
) -> FrameworkVersion:
    """Write the framework, the version and its content, as a draft, in place of the draft that is `stored`.

    The history keeps where it `came` from and each place that says something else than in the draft, or, where that is
    new, than in the published version before.
    """
    framework = _store_framework(document)
    version = stored or FrameworkVersion(framework=framework, code=document.version.code)
    against = stored or published_before(framework.code, version.code)
    with coming_from(came), noted_as_a_whole(version, all_words(against) if against else None):
        _fill_version(version, document)
        if stored:
            _clear(version)
        _write_content(version, document)
    return version


def _write_content(version: FrameworkVersion, document: FrameworkDocument) -> None:
    _write_scale(version, document.scale)
    Variant.objects.bulk_create(Variant(version=version, **asdict(entry)) for entry in document.variants)
    GlossaryTerm.objects.bulk_create(GlossaryTerm(version=version, **asdict(entry)) for entry in document.glossary)
    groups = Group.objects.bulk_create(Group(version=version, **asdict(entry)) for entry in document.groups)
    sections = {entry.code: _write_section(version, entry) for entry in document.sections}
    _write_indicators(document, sections, {group.code: group for group in groups})


def _store_framework(document: FrameworkDocument) -> Framework:
    said = asdict(document.framework)
    before = Framework.objects.get(code=said["supersedes"]) if said["supersedes"] else None
    return Framework.objects.update_or_create(code=said["code"], defaults=said | {"supersedes": before})[0]


def _fill_version(version: FrameworkVersion, document: FrameworkDocument) -> None:
    said = document.version
    version.title, version.source_url = said.title, said.source_url
    version.licence, version.note = said.licence, said.note
    version.published_on = date.fromisoformat(said.published)
    version.updated_on = date.fromisoformat(said.updated) if said.updated else None
    version.digest = document.digest
    version.save()


def _clear(version: FrameworkVersion) -> None:
    """Take away a draft's content. Indicators go first: they hold on to their themes and groups."""
    version.indicators.all().delete()
    version.sections.all().delete()
    version.groups.all().delete()
    version.glossary.all().delete()
    version.variants.all().delete()
    Scale.objects.filter(version=version).delete()


def _write_scale(version: FrameworkVersion, entry: ScaleEntry) -> None:
    scale = Scale.objects.create(
        version=version, code=entry.code, title=entry.title, origin=entry.origin, rule=entry.rule, display=entry.display
    )
    Level.objects.bulk_create(Level(scale=scale, **asdict(level)) for level in entry.levels)
    NonScore.objects.bulk_create(NonScore(scale=scale, **asdict(choice)) for choice in entry.non_scores)
    Band.objects.bulk_create(Band(scale=scale, label=band.label, starts_at=band.starts_at) for band in entry.bands)
    ExtraField.objects.bulk_create(ExtraField(scale=scale, **asdict(box)) for box in entry.extra_fields)


def _write_section(version: FrameworkVersion, entry: SectionEntry) -> Section:
    section = Section.objects.create(
        version=version,
        code=entry.code,
        order=entry.order,
        title=entry.title,
        summary=entry.summary,
        summary_by_variant=dict(entry.summary_by_variant),
        summary_wording=entry.summary_wording,
        later_title=entry.later_title,
        supersedes=list(entry.supersedes),
    )
    Theme.objects.bulk_create(
        Theme(section=section, order=order, **asdict(theme)) for order, theme in enumerate(entry.themes, 1)
    )
    return section


def _write_indicators(document: FrameworkDocument, sections: dict[str, Section], groups: dict[str, Group]) -> None:
    themes = {(code, theme.code): theme for code, section in sections.items() for theme in section.themes.all()}
    Indicator.objects.bulk_create(
        Indicator(
            version=sections[entry.section].version,
            section=sections[entry.section],
            theme=themes[entry.section, entry.theme] if entry.theme else None,
            group=groups[entry.group] if entry.group else None,
            **{name: getattr(entry, name) for name in PLAIN_FIELDS},
            supersedes=list(entry.supersedes),
        )
        for entry in document.indicators
    )
