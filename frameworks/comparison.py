"""What a framework asks of a trust beside what it asks of an ICS."""

from collections.abc import Iterable
from dataclasses import dataclass

from frameworks.choices import VariantCode
from frameworks.queries import IndicatorText, SectionText

SAME = "The same for both"
PARTLY = "Partly the same"
DIFFERENT = "Put differently"
TRUST_ONLY = "Asked of trusts only"
ICS_ONLY = "Asked of ICSs only"


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One theme. What is asked of both stands on both sides; `verdict` says in words what is common."""

    theme: str
    trust: tuple[IndicatorText, ...]
    ics: tuple[IndicatorText, ...]
    verdict: str


@dataclass(frozen=True, slots=True)
class SectionComparison:
    code: str
    title: str
    in_words: str
    rows: tuple[ComparisonRow, ...]


def compare(sections: Iterable[SectionText]) -> tuple[SectionComparison, ...]:
    """Theme by theme, in the order in which each theme first comes up in its section."""
    return tuple(_compare_section(section) for section in sections)


def _compare_section(section: SectionText) -> SectionComparison:
    themes: dict[str, list[IndicatorText]] = {}
    for indicator in section.indicators:
        # An indicator without a theme has no counterpart, so it makes a row of its own.
        themes.setdefault(indicator.theme or indicator.code, []).append(indicator)
    rows = tuple(_row(indicators) for indicators in themes.values())
    return SectionComparison(section.code, section.title, _in_words(rows), rows)


def _row(indicators: list[IndicatorText]) -> ComparisonRow:
    trust = tuple(indicator for indicator in indicators if indicator.variant != VariantCode.ICS)
    ics = tuple(indicator for indicator in indicators if indicator.variant != VariantCode.ORGANISATION)
    return ComparisonRow(indicators[0].theme, trust, ics, _verdict(trust, ics))


def _verdict(trust: tuple[IndicatorText, ...], ics: tuple[IndicatorText, ...]) -> str:
    if trust == ics:
        return SAME
    if not ics:
        return TRUST_ONLY
    if not trust:
        return ICS_ONLY
    return PARTLY if set(trust) & set(ics) else DIFFERENT


def _in_words(rows: tuple[ComparisonRow, ...]) -> str:
    verdicts = [row.verdict for row in rows]
    counts = [(verdict, verdicts.count(verdict)) for verdict in (SAME, PARTLY, DIFFERENT, TRUST_ONLY, ICS_ONLY)]
    said = [f"{verdict.lower().replace('ics', 'ICS')}: {count}" for verdict, count in counts if count]
    return f"Themes: {len(rows)}, of which {'; '.join(said)}."
