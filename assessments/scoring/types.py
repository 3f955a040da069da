"""What scoring takes in and gives out: plain frozen values, no Django, no database.

Scores are exact (`Fraction`) and are rounded once, when they are shown (product rule §4). "No score" is `None`.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from enum import Enum, StrEnum
from fractions import Fraction


class NonScore(StrEnum):
    """The answers that are not a level. A non-score is counted, never averaged (product rule §2)."""

    CANNOT_JUDGE = "cannot-judge"
    NOT_APPLICABLE = "not-applicable"
    NO_CHANCE = "no-chance"


class Agreement(Enum):
    """How far members' levels lie from their median (product rule §4.7)."""

    ALIGNED = "Aligned"
    MIXED = "Mixed"
    DIVIDED = "Divided"


class Withheld(Enum):
    """Why a figure is not shown (product rule §5)."""

    TOO_FEW_LEVELS = "too few levels"  # members answered, but fewer than the minimum group gave a level
    TOO_FEW_ANSWERS = "too few answers"  # fewer than the minimum group answered at all
    # An individual framework is published by section only. On a section: too few members gave a level, or their levels
    # are so alike that the figure would show one member's; one reason for both, so that it does not tell which.
    INDIVIDUAL = "individual"


@dataclass(frozen=True, slots=True)
class Level:
    value: int
    label: str
    description: str


@dataclass(frozen=True, slots=True)
class NonScoreChoice:
    """A non-score as a framework words it."""

    code: NonScore
    label: str
    description: str


@dataclass(frozen=True, slots=True)
class Band:
    """The word for averages from `starts_at` up to where the next band starts (product rule §4.6)."""

    word: str
    starts_at: Fraction


@dataclass(frozen=True, slots=True)
class Scale:
    """Levels in ascending order of value, and the non-scores offered beside them.

    `bands` are the framework's own, ascending from the lowest level; none where it leaves them to the portal.
    """

    title: str
    levels: tuple[Level, ...]
    non_scores: tuple[NonScoreChoice, ...]
    bands: tuple[Band, ...] = ()

    def label_of(self, code: NonScore) -> str:
        """The framework's own words for a non-score; "" where it does not offer it."""
        return next((choice.label for choice in self.non_scores if choice.code is code), "")

    @property
    def values(self) -> tuple[int, ...]:
        """The levels as numbers. Figures on scales that differ in these are not compared."""
        return tuple(level.value for level in self.levels)

    @property
    def lowest(self) -> int:
        return self.levels[0].value

    @property
    def highest(self) -> int:
        return self.levels[-1].value


@dataclass(frozen=True, slots=True)
class IndicatorAsked:
    """One indicator in scope: the words as the member saw them."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class SectionAsked:
    """One section in scope with its indicators in order, and the level the board aims for (or None).

    `follows` has the codes of sections of earlier versions whose place it takes: with these, too, it has a trend.
    """

    code: str
    title: str
    indicators: tuple[IndicatorAsked, ...]
    target: Fraction | None = None
    follows: tuple[str, ...] = ()

    @property
    def lineage(self) -> tuple[str, ...]:
        """What it may have been called in an earlier round: its own code first."""
        return (self.code, *self.follows)


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """One member's answer to one indicator: a level or a non-score, exactly one of the two.

    `member` only tells answers of different members apart; no figure carries it further.
    """

    member: Hashable
    indicator: str
    level: int | None = None
    non_score: NonScore | None = None

    def __post_init__(self) -> None:
        if (self.level is None) == (self.non_score is None):
            raise ValueError("an answer is a level or a non-score, exactly one of the two")


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """What the members' answers to one indicator come to (product rule §4.1, §4.7).

    When `withheld` is set, every figure that it covers is None (or empty): they are gone, not hidden.
    """

    indicator: IndicatorAsked
    answered: int | None  # members who gave a level or a non-score
    n: int | None  # members who gave a level
    level_counts: tuple[tuple[int, int], ...]  # (level value, members), one pair per level of the scale, ascending
    non_score_counts: tuple[tuple[NonScore, int], ...]  # one pair per non-score of the scale
    mean: Fraction | None
    median: Fraction | None
    lowest: int | None
    highest: int | None
    distance: Fraction | None  # average distance from the median, in levels
    agreement: Agreement | None
    cannot_judge_share: Fraction | None  # of those who answered; None also when the scale does not offer the choice
    applicable: bool
    agreed: int | None = None  # the level that the board settled on
    withheld: Withheld | None = None


@dataclass(frozen=True, slots=True)
class Average:
    """A mean with its base: "based on x of y" (product rule §4.3, §4.4)."""

    score: Fraction | None
    based_on: int
    of: int
    band: str  # the word for the score; "" when there is none


@dataclass(frozen=True, slots=True)
class SectionScore:
    """A section's figures; the members' view and the agreed view are never mixed (product rule §4.3)."""

    section: SectionAsked
    indicators: tuple[IndicatorScore, ...]
    members: Average  # over applicable indicators with a mean
    agreed: Average  # over indicators with an agreed level, of those that are applicable or have one
    level_held: int | None  # highest level that every applicable indicator reaches (§4.5); None when one has no score
    gap: Fraction | None  # target less members' score (§4.9)
    cannot_judge_share: Fraction | None  # answers "cannot judge" of all answers to the section's published indicators
    withheld: Withheld | None = None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All figures of one round."""

    scale: Scale
    sections: tuple[SectionScore, ...]
    members: Average  # overall, when at least half of the sections have a score; each weighs the same (§4.4)
    agreed: Average
    responses: int  # members whose answers count


@dataclass(frozen=True, slots=True)
class Change:
    """A section's (or the overall) movement between two rounds, over comparable indicators only (product rule §4.8)."""

    before: Fraction | None
    after: Fraction | None
    comparable: int  # indicators compared

    @property
    def difference(self) -> Fraction | None:
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Trend:
    """Movement overall and by section code. A section with nothing comparable has no entry.

    The overall change is without figures when fewer than half of the sections of either round can enter it.
    """

    overall: Change
    sections: tuple[tuple[str, Change], ...]


@dataclass(frozen=True, slots=True)
class Course:
    """A section's scores over several rounds, the earliest first, all over the indicators `codes`.

    `left_out` has the section's other indicators, each with the earlier rounds, from 0, that have no comparable score.
    One that has no score now is left out with none of them.
    """

    scores: tuple[Fraction, ...]
    codes: tuple[str, ...]
    left_out: tuple[tuple[str, tuple[int, ...]], ...] = ()

    @property
    def comparable(self) -> int:
        return len(self.codes)
