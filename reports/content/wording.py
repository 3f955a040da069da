"""How a report puts single figures into words. Numbers are rounded once, by `assessments.scoring.display`."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from assessments.presenters.figures import base, only, score_with_band
from assessments.scoring.display import one_decimal, percentage
from assessments.scoring.types import Average, Change, Scale


def day(when: date) -> str:
    """The date as the NHS writes it: "22 November 2026"."""
    return f"{when.day} {when:%B %Y}"


def counted(number: int, singular: str, plural: str = "") -> str:
    """A number with its noun: "1 member", "12 members"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def listed(words: Sequence[str]) -> str:
    """The words in one sentence: "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def sentence(words: str) -> str:
    """The words with a capital first letter, the rest untouched."""
    return words[:1].upper() + words[1:]


def share_of(part: int, whole: int, noun: str) -> str:
    """As "12 of 14 members (86%)"; without a whole there is no share to state."""
    if not whole:
        return f"no {noun}"
    return f"{part:,} of {whole:,} {noun} ({percentage(Fraction(part, whole))})"


def level_in_words(value: int, scale: Scale) -> str:
    """A level with its label: "2 (Early steps)"."""
    return next(f"{level.value} ({level.label})" for level in scale.levels if level.value == value)


def agreed_in_words(agreed: Average, plural: str) -> str:
    """The agreed view with what it is based on, or why that is too little for a score."""
    if agreed.score is None:
        return f"No score: {only(agreed, plural)} one, fewer than half"
    return f"{score_with_band(agreed)}, {base(agreed, plural)}"


def against_target(gap: Fraction) -> str:
    """How far a score lies from its target, in levels: "0.8 below". `gap` is target less score.

    Words follow the figure as printed: a gap that is printed as 0.0 is no gap.
    """
    distance = one_decimal(abs(gap))
    if distance == "0.0":
        return "met"
    return f"{distance} {'below' if gap > 0 else 'above'}"


def comparable_indicators(change: Change) -> str:
    """As "over 12 comparable indicators" (product rule §4: a trend says how many indicators it rests on)."""
    return f"over {counted(change.comparable, 'comparable indicator')}"
