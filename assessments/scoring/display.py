"""The one place where a figure is rounded: half up, and only to be shown (product rule §4)."""

from fractions import Fraction

MINUS = "\N{MINUS SIGN}"


def nearest_tenth(score: Fraction) -> Fraction:
    """A score from zero up, in levels, rounded half up to one decimal place and still a number."""
    return Fraction(_half_up(score * 10), 10)


def one_decimal(score: Fraction) -> str:
    """A score in levels as text, "3.3". Halves go away from zero; a negative gap has a real minus sign."""
    tenths = _half_up(abs(score) * 10)
    sign = MINUS if score < 0 and tenths else ""
    return f"{sign}{tenths // 10}.{tenths % 10}"


def as_number(score: Fraction) -> float:
    """What `one_decimal` prints, as the number that a file holds: 3.3, or -0.2."""
    rounded = nearest_tenth(abs(score))
    return float(-rounded if score < 0 else rounded)


def score_in_words(score: Fraction | None) -> str:
    """A score as text, or "no score": a missing score is never a blank and never zero."""
    return "no score" if score is None else one_decimal(score)


def nearest_per_cent(share: Fraction) -> Fraction:
    """A share between 0 and 1 rounded half up to a whole per cent, still as a share."""
    return Fraction(_half_up(share * 100), 100)


def percentage(share: Fraction) -> str:
    """A share between 0 and 1 as whole per cent, "33%"."""
    return f"{_half_up(share * 100)}%"


def signed(difference: Fraction) -> str:
    """A difference in levels with its direction: "+0.3", "-0.2" with a real minus sign, "0.0" if it rounds to none."""
    text = one_decimal(difference)
    return text if difference < 0 or text == "0.0" else f"+{text}"


def _half_up(value: Fraction) -> int:
    """The nearest whole number to a value from zero up; a half goes up. (`round` would send 2.5 to 2.)"""
    return int(value + Fraction(1, 2))
