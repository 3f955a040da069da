"""A version as its editor sees it: sections with their themes and indicators, as far as they are looked for.

Rows → frozen dataclasses, in a number of queries that does not grow with the version.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Prefetch

from frameworks.choices import VariantCode
from frameworks.editing import order_mark
from frameworks.models import FrameworkVersion, Group, Indicator, Section, Theme
from frameworks.queries import WordingTag, wording_tag
from frameworks.wording import Standings, standings, words_of
from frameworks.wording_checks import wording_warnings


@dataclass(frozen=True, slots=True)
class Sought:
    """Which indicators the editor wants to see: all for which every field that is given fits."""

    words: str = ""  # in code, text or guidance
    variant: str = ""
    theme: str = ""  # its label: sections have themes of the same name
    group: str = ""
    wording: str = ""
    warned: bool = False

    @property
    def everything(self) -> bool:
        return self == Sought()


@dataclass(frozen=True, slots=True)
class Leaf:
    """A theme or a group, with the number of indicators that have it."""

    ref: str
    title: str
    used: int


@dataclass(frozen=True, slots=True)
class IndicatorLeaf:
    ref: str
    code: str
    text: str
    guidance: str
    asked_of: str
    theme: str
    group: str
    wording: WordingTag
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A section; `count` is of all its indicators, also of those that are not looked for."""

    pk: int
    key: str
    ref: str
    title: str
    summary: str
    count: int
    themes: tuple[Leaf, ...]
    indicators: tuple[IndicatorLeaf, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """`seen` is the version's order mark, to be sent with each move."""

    seen: str
    sections: tuple[Branch, ...]
    groups: tuple[Leaf, ...]
    shown: int
    count: int


def ref_of(part: Section | Theme | Group | Indicator) -> str:
    """What the page calls a part: "indicator-12"."""
    return f"{part._meta.model_name}-{part.pk}"


@dataclass(frozen=True, slots=True)
class _Known:
    """What a version says of all its indicators together: titles of variants, terms explained, words checked."""

    titles: dict[str, str]
    terms: tuple[str, ...]
    standings: Standings


def tree_of(version: FrameworkVersion, sought: Sought) -> Tree:
    """All sections of `version`, with those indicators that are `sought`."""
    titles = {row.code: row.title for row in version.variants.all()} | {VariantCode.BOTH.value: "Both"}
    known = _Known(titles, tuple(row.term for row in version.glossary.all()), standings(version.framework_id))
    indicators = Indicator.objects.select_related("theme", "group").order_by("order")
    rows = list(version.sections.prefetch_related("themes", Prefetch("indicators", indicators)))
    sections = tuple(_branch(row, sought, known) for row in rows)
    used = Counter(indicator.group_id for row in rows for indicator in row.indicators.all())
    return Tree(
        seen=order_mark(version),
        sections=sections,
        groups=tuple(Leaf(ref_of(row), row.title, used[row.pk]) for row in version.groups.all()),
        shown=sum(len(section.indicators) for section in sections),
        count=sum(section.count for section in sections),
    )


def _branch(row: Section, sought: Sought, known: _Known) -> Branch:
    indicators = list(row.indicators.all())
    used = Counter(indicator.theme_id for indicator in indicators)
    leaves = (_leaf(indicator, known) for indicator in indicators if _fits(indicator, sought))
    return Branch(
        pk=row.pk,
        key=str(row.pk),
        ref=ref_of(row),
        title=row.title,
        summary=row.summary,
        count=len(indicators),
        themes=tuple(Leaf(ref_of(theme), theme.label, used[theme.pk]) for theme in row.themes.all()),
        indicators=tuple(
            leaf
            for leaf in leaves
            if sought.wording in ("", leaf.wording.code) and (leaf.warnings or not sought.warned)
        ),
    )


def _fits(indicator: Indicator, sought: Sought) -> bool:
    said = f"{indicator.code}\n{indicator.text}\n{indicator.guidance}".casefold()
    return (
        all(word in said for word in sought.words.casefold().split())
        and sought.variant in ("", indicator.variant)
        and sought.theme in ("", indicator.theme.label if indicator.theme else "")
        and sought.group in ("", indicator.group.code if indicator.group else "")
    )


def _leaf(indicator: Indicator, known: _Known) -> IndicatorLeaf:
    return IndicatorLeaf(
        ref=ref_of(indicator),
        code=indicator.code,
        text=indicator.text,
        guidance=indicator.guidance,
        asked_of=known.titles.get(indicator.variant, ""),
        theme=indicator.theme.label if indicator.theme else "",
        group=indicator.group.title if indicator.group else "",
        wording=wording_tag(known.standings.of(words_of(indicator)).status),
        warnings=wording_warnings(indicator.text, known.terms),
    )
