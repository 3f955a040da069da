"""Executives beside non-executives, by section only (docs/SCORING.md, "Executive and non-executive view"; product §5).

What is published of a section is whether one side scored it higher, by half a level or more, and nothing of either side
alone: a side's own mean could tell its members' answers. Whether a section is compared is reckoned from what everybody
knows (`leeway`), never from who gave what: so that tells nothing either. Standard library only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from fractions import Fraction
from math import ceil

from assessments.leeway import Known, attainable, leeway
from assessments.scoring.averages import mean
from assessments.scoring.types import SectionAsked
from assessments.secrecy import Answers

HALF = Fraction(1, 2)
APART = Fraction(1, 4)  # from here on it is nearer to half a level than to none


class Side(Enum):
    """The two sides of a board, with the values that members' groups have."""

    EXECUTIVE = "executive"
    NON_EXECUTIVE = "non_executive"


@dataclass(frozen=True, slots=True)
class SidesOfSection:
    """How a section's two sides compare; `difference` is None when that is withheld, for both sides alike."""

    section: SectionAsked
    difference: Fraction | None  # executives' less non-executives' mean: half a level or more, 0, or as much less
    based_on: int  # at least so many indicators are compared; 0 when withheld
    of: int  # indicators asked


def two_sides(
    sections: Sequence[SectionAsked], answers: Mapping[str, Answers], *, minimum_group: int
) -> tuple[SidesOfSection, ...]:
    """Each section's comparison, over the indicators to which at least `minimum_group` of either side gave a level.

    `answers` maps an indicator's code to what members gave at the first publication. Withheld are sections with fewer
    than half of their indicators to compare, and those of which everybody can reckon that a comparison might tell a
    member's level.
    """
    return tuple(_section(section, answers, minimum_group) for section in sections)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What everybody knows about the comparison of a section."""

    known: Mapping[str, Known]  # the indicators that may be compared
    is_made: bool = False
    fixed: Mapping[str, int] = field(default_factory=dict)  # how many answers to one other figures fix to members

    def with_fixed(self, code: str, answers: int) -> "Comparison":
        """The same beside figures that fix so many answers to an indicator."""
        return replace(self, fixed={**self.fixed, code: answers}) if answers and code in self.known else self

    def tells_nothing(self) -> bool:
        """Whether, as it is made or not, no level can be told, whatever comes out."""
        return not self.is_made or self.reaches_both_ways()

    def reaches_both_ways(self) -> bool:
        """Whether all three outcomes are possible, whatever a reader and another member gave to an indicator."""
        alone = [leeway(known, 1 + self.fixed.get(code, 0)) for code, known in self.known.items()]
        beside = [leeway(known, 2 + self.fixed.get(code, 0)) for code, known in self.known.items()]
        between = attainable(alone, beside)
        return between is not None and between[0] <= -APART and between[1] >= APART


def comparison_of(section: SectionAsked, answers: Mapping[str, Answers], minimum_group: int) -> Comparison:
    """What can be said of a section, given what members answered first: the same for all that look alike as a whole."""
    asked = {one.code: _known(answers.get(one.code, ()), minimum_group) for one in section.indicators}
    comparison = Comparison({code: known for code, known in asked.items() if known.may_be_compared()})
    enough = bool(comparison.known) and 2 * len(comparison.known) >= len(asked)
    return replace(comparison, is_made=enough and comparison.reaches_both_ways())


def _known(answers: Answers, minimum_group: int) -> Known:
    groups = [given.group for given in answers if given.first is not None]
    levels = sorted(given.first for given in answers if isinstance(given.first, int))
    executive, other = (groups.count(side.value) for side in Side)
    sizes = (executive, other, len(groups) - executive - other)
    return Known(tuple(levels), len(groups) - len(levels), sizes, minimum_group)


def _section(section: SectionAsked, answers: Mapping[str, Answers], minimum_group: int) -> SidesOfSection:
    comparison, asked = comparison_of(section, answers, minimum_group), len(section.indicators)
    gaps = [gap for code in comparison.known if (gap := _gap(answers[code], minimum_group)) is not None]
    if not comparison.is_made or not gaps or 2 * len(gaps) < asked:
        return SidesOfSection(section, None, 0, asked)
    exact = mean(gaps) or Fraction(0)
    difference = Fraction(0) if abs(exact) < APART else HALF if exact > 0 else -HALF
    surely = sum(known.surely_counts() for known in comparison.known.values())
    return SidesOfSection(section, difference, max(surely, ceil(asked / 2)), asked)


def _gap(given: Answers, minimum_group: int) -> Fraction | None:
    """Executives' less non-executives' mean of one indicator; None when either side gave too few levels."""
    means = []
    for side in Side:
        levels = [one.first for one in given if one.group == side.value and isinstance(one.first, int)]
        if len(levels) < minimum_group:
            return None
        means.append(Fraction(sum(levels), len(levels)) if levels else Fraction(0))
    return means[0] - means[1]
