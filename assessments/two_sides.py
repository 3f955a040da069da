"""Executives beside non-executives, by section only (docs/SCORING.md, "Executive and non-executive view"; product §5).

What is published of a section is how much higher one side scored it, to the nearest half level, and nothing of either
side alone: a side's own mean could tell its members' answers. Standard library only.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import floor

from assessments.scoring.averages import mean
from assessments.scoring.types import SectionAsked
from assessments.secrecy import Answers, keeps_secrets

STEP = Fraction(1, 2)


class Side(Enum):
    """The two sides of a board, with the values that members' groups have."""

    EXECUTIVE = "executive"
    NON_EXECUTIVE = "non_executive"


@dataclass(frozen=True, slots=True)
class SidesOfSection:
    """How a section's two sides compare; `difference` is None when that is withheld, for both sides alike."""

    section: SectionAsked
    difference: Fraction | None  # executives' less non-executives' mean, in levels, to the nearest half
    based_on: int  # indicators compared; 0 when withheld
    of: int  # indicators asked


def two_sides(
    sections: Sequence[SectionAsked], answers: Mapping[str, Answers], *, minimum_group: int
) -> tuple[SidesOfSection, ...]:
    """Each section's comparison, over the indicators to which at least `minimum_group` of either side gave a level.

    `answers` maps an indicator's code to what members gave at the first publication. Withheld are sections with fewer
    than half of their indicators to compare, and those whose figure would let a reader tell a member's level.
    """
    return tuple(_section(section, answers, minimum_group) for section in sections)


def guards(
    sections: Sequence[SectionAsked], answers: Mapping[str, Answers], *, minimum_group: int
) -> dict[str, Callable[[Answers], bool]]:
    """For each indicator of a section whose comparison is published: whether other answers would leave that as it is.

    Takes what `two_sides` takes; `late_answers.publication_shown` asks what comes out.
    """
    published = [shown.section for shown in two_sides(sections, answers, minimum_group=minimum_group) if shown.based_on]
    asked = [
        {indicator.code: answers.get(indicator.code, ()) for indicator in section.indicators} for section in published
    ]
    return {code: same_sides(each, code, minimum_group) for each in asked for code in each}


def _section(section: SectionAsked, answers: Mapping[str, Answers], minimum_group: int) -> SidesOfSection:
    asked = {indicator.code: answers.get(indicator.code, ()) for indicator in section.indicators}
    compared = {code: gap for code, given in asked.items() if (gap := _gap(given, minimum_group)) is not None}
    enough = compared and 2 * len(compared) >= len(asked)
    # What is not compared matters as well: that it is not, which the base tells, may say who gave no level.
    if enough and all(
        keeps_secrets(asked[code], minimum_group, same_sides(asked, code, minimum_group)) for code in asked
    ):
        return SidesOfSection(section, _to_half(list(compared.values())), len(compared), len(asked))
    return SidesOfSection(section, None, 0, len(asked))


def same_sides(asked: Mapping[str, Answers], code: str, minimum_group: int) -> Callable[[Answers], bool]:
    """Whether other answers to the indicator `code` leave its section's figure, and what it is based on, as it is.

    `asked` is what members gave first for each of the section's indicators.
    """
    gaps = {each: _gap(given, minimum_group) for each, given in asked.items()}
    others = [gap for each, gap in gaps.items() if each != code and gap is not None]
    published = _published(others, gaps[code])
    return lambda changed: _published(others, _gap(changed, minimum_group)) == published


def _published(others: Sequence[Fraction], gap: Fraction | None) -> tuple[int, Fraction | None]:
    gaps = [*others, gap] if gap is not None else list(others)
    return len(gaps), _to_half(gaps) if gaps else None


def _gap(given: Answers, minimum_group: int) -> Fraction | None:
    """Executives' less non-executives' mean of one indicator; None when either side gave too few levels."""
    means = []
    for side in Side:
        levels = [one.first for one in given if one.group == side.value and isinstance(one.first, int)]
        if len(levels) < minimum_group:
            return None
        means.append(Fraction(sum(levels), len(levels)) if levels else Fraction(0))
    return means[0] - means[1]


def _to_half(gaps: Sequence[Fraction]) -> Fraction:
    """Their mean to the nearest half, quarters away from nought."""
    exact = mean(gaps) or Fraction(0)
    rounded = floor(abs(exact) / STEP + Fraction(1, 2)) * STEP
    return rounded if exact >= 0 else -rounded
