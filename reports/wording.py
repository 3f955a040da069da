"""How a report puts single figures into words. Numbers are rounded once, by `assessments.scoring.display`."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from assessments.scoring.display import one_decimal, percentage
from assessments.scoring.types import Average, Change, IndicatorScore, Scale, SectionScore, Withheld


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


def score_with_band(average: Average) -> str:
    """As "3.2 (Established)"; "no score" when there is none."""
    if average.score is None:
        return "no score"
    band = f" ({average.band.value})" if average.band else ""
    return f"{one_decimal(average.score)}{band}"


def base(average: Average, plural: str) -> str:
    """What a figure rests on: "based on 10 of 12 indicators"."""
    return f"based on {average.based_on} of {average.of} {plural}"


def agreed_in_words(agreed: Average, plural: str) -> str:
    """The agreed view with what it is based on, or why that is too little for a score."""
    if agreed.score is None:
        return f"No score: {only(agreed, plural)} one, fewer than half"
    return f"{score_with_band(agreed)}, {base(agreed, plural)}"


def section_without_score(section: SectionScore, responses: int, minimum_group: int) -> str:
    """Why a section has no score, in words (product rules §4 and §5); without a full stop.

    `responses` are the members whose answers count in the round: of none there is nothing to withhold.
    """
    average = section.members
    if not average.of:
        return "No score: none of its indicators applies"
    if not responses:
        return "No score: nobody answered"
    if section.withheld is Withheld.INDIVIDUAL:
        return "Withheld: too few members gave a level for an average that shows nobody's own answers"
    if all(score.answered == 0 for score in section.indicators):
        return "No score: nobody answered"
    if section.withheld is not None:
        return f"Withheld: {only(average, 'indicators')} levels from at least {minimum_group} members"
    return f"No score: {only(average, 'indicators')} one, fewer than half"


def only(average: Average, plural: str) -> str:
    """How few a figure would rest on: "only 1 of 7 success measures has"; the caller says what."""
    if not average.based_on:
        return f"none of {average.of} {plural} has"
    return f"only {average.based_on} of {average.of} {plural} {'has' if average.based_on == 1 else 'have'}"


def indicator_withheld(score: IndicatorScore, minimum_group: int) -> str:
    """Why an indicator shows no levels, in words; never blank, never zero (product rule §5)."""
    if score.answered == 0:
        return "No score: nobody answered"
    if score.withheld is Withheld.INDIVIDUAL:
        return "Withheld: an individual framework is published by section only"
    if score.withheld is Withheld.TOO_FEW_ANSWERS:
        return f"Withheld: fewer than {minimum_group} members answered"
    if not score.applicable:
        return "Not applicable: nobody gave a level, and at least half of those who answered chose this"
    if score.n == 0:
        return "No score: nobody gave a level"
    return f"Withheld: fewer than {minimum_group} members gave a level"


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
