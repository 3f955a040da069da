"""The words for figures: bands for averages, agreement for spread (docs/SCORING.md, "Words for figures").

Both are set for the scale of 1 to 5 and keep their proportions on any other scale.
"""

from fractions import Fraction

from assessments.scoring.types import Agreement, Band, Scale


def band_for(score: Fraction, scale: Scale) -> Band:
    """The band of an exact average in levels: on 1 to 5 the cuts are 2, 3 and 4 (product rule §4.6).

    The exact score decides, not the rounded one: 2.96 is shown as 3.0 and is still Developing.
    """
    quarter = Fraction(scale.highest - scale.lowest, 4)
    cuts = [scale.lowest + quarter * step for step in (1, 2, 3)]
    return list(Band)[sum(score >= cut for cut in cuts)]


def agreement_for(distance: Fraction, scale: Scale) -> Agreement:
    """How far levels lie from their median on average: on 1 to 5 the cuts are 0.5 and 1 level (product rule §4.7)."""
    spread = scale.highest - scale.lowest
    if distance < Fraction(spread, 8):
        return Agreement.ALIGNED
    return Agreement.MIXED if distance < Fraction(spread, 4) else Agreement.DIVIDED
