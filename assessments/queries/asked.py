"""What a round asks, in the words of scoring."""

from fractions import Fraction

from assessments.models import Round
from assessments.scoring.types import Band, IndicatorAsked, Level, NonScore, NonScoreChoice, Scale, SectionAsked
from frameworks.choices import VariantCode
from frameworks.models import FrameworkVersion
from frameworks.succession import sections_followed
from organisations.models import Organisation


def variant_code(organisation: Organisation) -> str:
    """Whom a framework that is worded twice asks here: an ICB answers for its ICS, a trust for itself."""
    return VariantCode.ICS if organisation.is_icb else VariantCode.ORGANISATION


def variant_title(round_: Round) -> str:
    """The variant in words, such as "Organisation"; "" for a framework without variants."""
    return round_.version.variants.filter(code=round_.variant).values_list("title", flat=True).first() or ""


def scale_of(version: FrameworkVersion) -> Scale:
    """The scale of a framework version, levels ascending (four queries)."""
    scale = version.scale
    return Scale(
        scale.title,
        tuple(Level(level.value, level.label, level.description) for level in scale.levels.all()),
        tuple(NonScoreChoice(NonScore(row.code), row.label, row.description) for row in scale.non_scores.all()),
        tuple(Band(band.label, Fraction(band.starts_at)) for band in scale.bands.all()),
    )


def sections_asked(round_: Round) -> tuple[SectionAsked, ...]:
    """The sections in scope with the indicators of the round's variant, in the framework's order (three queries)."""
    follows = sections_followed(round_.version)
    indicators: dict[int, list[IndicatorAsked]] = {}
    for indicator in round_.indicators():
        indicators.setdefault(indicator.section_id, []).append(IndicatorAsked(indicator.code, indicator.text))
    return tuple(
        SectionAsked(
            scoped.section.code,
            scoped.section.title,
            tuple(indicators.get(scoped.section_id, ())),
            Fraction(scoped.target) if scoped.target is not None else None,
            follows[scoped.section.code],
        )
        for scoped in round_.scope.select_related("section")
    )
