"""The words for figures: bands for averages, agreement for spread (docs/SCORING.md, "Words for figures").

Both are set for the scale of 1 to 5 and keep their proportions on any other scale. Words follow the figure as printed,
rounded to one decimal place: a reader who sees 3.0 and knows the cut at 3 must find the word that goes with it.
"""

from fractions import Fraction

from assessments.scoring.display import nearest_tenth
from assessments.scoring.types import Agreement, Band, Scale


def band_for(score: Fraction, scale: Scale) -> Band:
    """The band of an average in levels: on 1 to 5 the cuts are 2, 3 and 4 (product rule §4.6).

    The score as printed decides: 2.96 is printed as 3.0 and is Established.
    """
    printed = nearest_tenth(score)
    quarter = Fraction(scale.highest - scale.lowest, 4)
    cuts = [scale.lowest + quarter * step for step in (1, 2, 3)]
    return list(Band)[sum(printed >= cut for cut in cuts)]


def agreement_for(distance: Fraction, scale: Scale) -> Agreement:
    """How far levels lie from their median on average: on 1 to 5 the cuts are 0.5 and 1 level (product rule §4.7).

    The distance as printed decides, as for bands.
    """
    printed = nearest_tenth(distance)
    spread = scale.highest - scale.lowest
    if printed < Fraction(spread, 8):
        return Agreement.ALIGNED
    return Agreement.MIXED if printed < Fraction(spread, 4) else Agreement.DIVIDED
