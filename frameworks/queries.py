"""Frameworks shaped for reading: rows → frozen dataclasses, in a number of queries that does not grow with them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, QuerySet

from frameworks.choices import DisplayOrder, VariantCode, Wording
from frameworks.documents.document import plainly
from frameworks.models import Framework, FrameworkVersion, FrameworkVersionQuerySet, Indicator, Scale, Section
from frameworks.succession import Successor, successors
from frameworks.wording import Standing, Standings, in_words, standings, summary_of, words_of


@dataclass(frozen=True, slots=True)
class VersionSummary:
    code: str
    title: str
    state: str
    sections: int
    indicators: int


@dataclass(frozen=True, slots=True)
class FrameworkSummary:
    """`versions` are those that the reader may see, newest first."""

    code: str
    title: str
    publisher: str
    audience: str
    subject: str
    section_label_plural: str
    versions: tuple[VersionSummary, ...]
    replaces: str  # title of the framework whose place it takes, or ""
    replaced_by: tuple[Successor, ...]


@dataclass(frozen=True, slots=True)
class WordingTag:
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class WordingShare:
    """How many indicators stand at one degree of certainty; `share` is in words."""

    wording: WordingTag
    share: str


@dataclass(frozen=True, slots=True)
class IndicatorText:
    """`asked_of` is empty where everybody is asked the same. `checked` says when, and against what, its words were."""

    code: str
    text: str
    guidance: str
    source: str
    asked_of: str
    theme: str
    group: str
    wording: WordingTag
    variant: str
    checked: str = ""


@dataclass(frozen=True, slots=True)
class SectionText:
    """`variant_summaries` pairs the title of a variant with the summary as put to it."""

    code: str
    title: str
    summary: str
    variant_summaries: tuple[tuple[str, str], ...]
    summary_wording: WordingTag | None
    later_title: str
    indicators: tuple[IndicatorText, ...]
    summary_checked: str = ""


@dataclass(frozen=True, slots=True)
class LevelText:
    """A level (`name` is "3 Partly in place") or a non-score."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class ScaleText:
    title: str
    origin: str
    rule: str
    levels: tuple[LevelText, ...]
    non_scores: tuple[LevelText, ...]
    bands: tuple[str, ...]  # as "Partial from 1.5": the framework's own words for averages, if it has any


@dataclass(frozen=True, slots=True)
class VersionText:
    """All of a version, for reading and printing."""

    framework_code: str
    framework_title: str
    publisher: str
    audience: str
    subject: str
    section_label: str
    section_label_plural: str
    code: str
    title: str
    state: str
    is_draft: bool
    published_on: date
    updated_on: date | None
    source_url: str
    licence: str
    note: str
    variants: tuple[LevelText, ...]
    can_compare: bool
    scale: ScaleText | None
    glossary: tuple[tuple[str, str], ...]
    wording: tuple[WordingShare, ...]
    confirmed: tuple[str, ...]  # sentences: how much of it is, and since when
    sections: tuple[SectionText, ...]


def frameworks(*, staff: bool) -> tuple[FrameworkSummary, ...]:
    """Every framework of which the reader may see a version, with those versions."""
    versions = FrameworkVersion.objects.readable(staff=staff).annotate(
        section_count=Count("sections", distinct=True), indicator_count=Count("indicators", distinct=True)
    )
    found = Framework.objects.prefetch_related(Prefetch("versions", versions.order_by("-code")))
    after = successors()
    seen = {one.pk: one for one in found if one.versions.all()}
    return tuple(_framework_summary(one, seen.get(one.supersedes_id or 0), after) for one in seen.values())


def _framework_summary(
    framework: Framework, before: Framework | None, after: Mapping[int, tuple[Successor, ...]]
) -> FrameworkSummary:
    return FrameworkSummary(
        code=framework.code,
        title=framework.title,
        publisher=framework.publisher,
        audience=framework.audience,
        subject=framework.get_subject_display(),
        section_label_plural=framework.section_label_plural,
        versions=tuple(
            # The counts are annotated by `frameworks`.
            VersionSummary(row.code, row.title, row.get_state_display(), row.section_count, row.indicator_count)  # type: ignore[attr-defined]
            for row in framework.versions.all()
        ),
        replaces=before.title if before else "",
        replaced_by=after.get(framework.pk, ()),
    )


def readable_versions(code: str, *, staff: bool) -> FrameworkVersionQuerySet:
    """Versions of the framework `code` that the reader may see, newest first."""
    versions = FrameworkVersion.objects.readable(staff=staff).filter(framework__code=code)
    return versions.select_related("framework", "scale").order_by("-code")


def published_before(framework: str, code: str) -> FrameworkVersion | None:
    """The newest published or retired version of a framework (by its code) that comes before the version `code`."""
    return readable_versions(framework, staff=False).filter(code__lt=code).first()


def readable_versions_of_all(*, staff: bool) -> FrameworkVersionQuerySet:
    """Versions of every framework that the reader may see, framework by framework, newest first."""
    return FrameworkVersion.objects.readable(staff=staff).select_related("framework__supersedes")


def current_version(code: str, *, staff: bool) -> FrameworkVersion | None:
    """The newest published version, else the newest that the reader may see."""
    versions = readable_versions(code, staff=staff)
    return versions.published().first() or versions.first()


def version_text(version: FrameworkVersion) -> VersionText:
    """Everything that `version` says."""
    framework = version.framework
    variants = {variant.code: variant for variant in version.variants.all()}
    titles = {code: variant.title for code, variant in variants.items()} | {VariantCode.BOTH: "Both"}
    rows, known = list(_sections(version)), standings(framework.pk)
    sections = tuple(_section_text(section, titles, known) for section in rows)
    return VersionText(
        framework_code=framework.code,
        framework_title=framework.title,
        publisher=framework.publisher,
        audience=framework.audience,
        subject=framework.get_subject_display(),
        section_label=framework.section_label,
        section_label_plural=framework.section_label_plural,
        code=version.code,
        title=version.title,
        state=version.get_state_display(),
        is_draft=version.is_draft,
        published_on=version.published_on,
        updated_on=version.updated_on,
        source_url=version.source_url,
        licence=version.licence,
        note=version.note,
        variants=tuple(LevelText(variant.title, variant.description) for variant in variants.values()),
        can_compare=len(variants) > 1,
        scale=_scale_text(version.scale) if hasattr(version, "scale") else None,  # a draft may not have one yet
        glossary=tuple((term.term, term.meaning) for term in version.glossary.all()),
        wording=_wording_shares(indicator.wording for section in sections for indicator in section.indicators),
        confirmed=_confirmed(rows, known, framework.section_label_plural),
        sections=sections,
    )


def _confirmed(sections: Iterable[Section], known: Standings, plural: str) -> tuple[str, ...]:
    """Of indicators, and of summaries if any of those has a status."""
    indicators = known.progress(words_of(row) for section in sections for row in section.indicators.all())
    summaries = known.progress(map(summary_of, sections))
    said = [in_words(indicators, "indicators")] if indicators.of else []
    return (*said, in_words(summaries, f"summaries of {plural}")) if summaries.is_known else tuple(said)


def _sections(version: FrameworkVersion) -> QuerySet[Section]:
    indicators = Indicator.objects.select_related("theme", "group").order_by("order")
    return version.sections.prefetch_related(Prefetch("indicators", indicators))


def _section_text(section: Section, titles: dict[str, str], known: Standings) -> SectionText:
    standing = known.of(summary_of(section))
    return SectionText(
        code=section.code,
        title=section.title,
        summary=section.summary,
        variant_summaries=tuple(
            (titles[code], section.summary_by_variant[code]) for code in titles if code in section.summary_by_variant
        ),
        summary_wording=wording_tag(standing.status) if standing.status else None,
        summary_checked=_checked(standing),
        later_title=section.later_title,
        indicators=tuple(_indicator_text(indicator, titles, known) for indicator in section.indicators.all()),
    )


def _indicator_text(indicator: Indicator, titles: dict[str, str], known: Standings) -> IndicatorText:
    standing = known.of(words_of(indicator))
    return IndicatorText(
        code=indicator.code,
        text=indicator.text,
        guidance=indicator.guidance,
        source=indicator.source,
        asked_of=titles.get(indicator.variant, ""),
        theme=indicator.theme.label if indicator.theme else "",
        group=indicator.group.title if indicator.group else "",
        wording=wording_tag(standing.status),
        checked=_checked(standing),
        variant=indicator.variant,
    )


def _checked(standing: Standing) -> str:
    """ "Checked on 3 March 2027 against …", without a name: that is for content admins."""
    if standing.checked_on is None:
        return ""
    return f"Checked on {standing.checked_on:%-d %B %Y}" + (f" against {standing.source}" if standing.source else "")


def wording_tag(code: str) -> WordingTag:
    """A wording status with its name."""
    return WordingTag(code, Wording(code).label)


def _wording_shares(tags: Iterable[WordingTag]) -> tuple[WordingShare, ...]:
    counts = Counter(tags)
    total = counts.total()
    known = (wording_tag(code) for code in Wording)
    return tuple(WordingShare(tag, f"{counts[tag]} of {total} indicators") for tag in known if counts[tag])


def _scale_text(scale: Scale) -> ScaleText:
    levels = [LevelText(str(level), level.description) for level in scale.levels.all()]
    return ScaleText(
        title=scale.title,
        origin=scale.origin,
        rule=scale.rule,
        levels=tuple(levels if scale.display == DisplayOrder.LOWEST_FIRST else reversed(levels)),
        non_scores=tuple(LevelText(choice.label, choice.description) for choice in scale.non_scores.all()),
        bands=tuple(f"{band.label} from {plainly(band.starts_at)}" for band in scale.bands.all()),
    )
