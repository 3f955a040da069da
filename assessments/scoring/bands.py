"""The words for figures: bands for averages, agreement for spread (docs/SCORING.md, "Words for figures").

A framework can bring bands of its own. The usual ones, and agreement, are set for the scale of 1 to 5 and keep their
proportions on any other scale. Words follow the figure as printed, rounded to one decimal place: a reader who sees 3.0
and knows the cut at 3 must find the word that goes with it.
"""

from fractions import Fraction

from assessments.scoring.display import nearest_tenth
from assessments.scoring.types import Agreement, Band, Scale

USUAL = ("Not yet in place", "Developing", "Established", "Leading")


def bands_of(scale: Scale) -> tuple[Band, ...]:
    """The framework's own bands, from the weakest; else the usual: on 1 to 5 the cuts are 2, 3 and 4 (§4.6)."""
    quarter = Fraction(scale.highest - scale.lowest, 4)
    return scale.bands or tuple(Band(word, scale.lowest + quarter * step) for step, word in enumerate(USUAL))


def band_place(score: Fraction, scale: Scale) -> int:
    """Which of `bands_of` an average falls in, from 0. The score as printed decides: 2.96 is printed as 3.0."""
    printed = nearest_tenth(score)
    return sum(printed >= band.starts_at for band in bands_of(scale)[1:])


def band_for(score: Fraction, scale: Scale) -> str:
    """The word for an average in levels."""
    return bands_of(scale)[band_place(score, scale)].word


def agreement_for(distance: Fraction, scale: Scale) -> Agreement:
    """How far levels lie from their median on average: on 1 to 5 the cuts are 0.5 and 1 level (product rule §4.7).

    The distance as printed decides, as for bands.
    """
    printed = nearest_tenth(distance)
    spread = scale.highest - scale.lowest
    if printed < Fraction(spread, 8):
        return Agreement.ALIGNED
    return Agreement.MIXED if printed < Fraction(spread, 4) else Agreement.DIVIDED
