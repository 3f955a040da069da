"""Unweighted means, and means that say what they are based on (product rules §4.3 and §4.4)."""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from assessments.scoring.bands import band_for
from assessments.scoring.types import Average, Scale


def mean(values: Sequence[Fraction]) -> Fraction | None:
    """The exact mean, or None of no values: an empty mean is never zero.

    Added over one common denominator: a report needs thousands of means, and shortening after each sum takes its time.
    """
    if not values:
        return None
    common = lcm(*(value.denominator for value in values))
    return Fraction(sum(value.numerator * (common // value.denominator) for value in values), common * len(values))


def average_of_at_least_half(scores: Sequence[Fraction | None], of: int, scale: Scale) -> Average:
    """The mean of those scores that exist, as "based on x of y" with y = `of`, and its band.

    Fewer than half of the `of` carry no score: the base is then all there is (product rules §4.3 and §4.4).
    """
    existing = [score for score in scores if score is not None]
    score = mean(existing) if 2 * len(existing) >= of else None
    return Average(score, len(existing), of, "" if score is None else band_for(score, scale))
