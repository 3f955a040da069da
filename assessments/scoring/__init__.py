"""Scoring: answers in, scorecard out. Plain Python, no Django, no database (docs/SCORING.md)."""

from assessments.scoring.bands import agreement_for, band_for, bands_of
from assessments.scoring.display import one_decimal, percentage, score_in_words, signed
from assessments.scoring.rules import score
from assessments.scoring.trend import compare, over_time

__all__ = [
    "agreement_for",
    "band_for",
    "bands_of",
    "compare",
    "one_decimal",
    "over_time",
    "percentage",
    "score",
    "score_in_words",
    "signed",
]
