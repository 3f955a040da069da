"""Where the members agree so well that the board can accept their median without discussion, in one step."""

from dataclasses import dataclass

from assessments.queries.results import RoundResults
from assessments.scoring.types import Agreement, IndicatorScore, SectionScore


@dataclass(frozen=True, slots=True)
class Median:
    """An indicator whose median can be accepted; `mark` says which level for which indicator."""

    section: str
    code: str
    text: str
    level: int
    label: str

    @property
    def mark(self) -> str:
        return f"{self.code}={self.level}"


@dataclass(frozen=True, slots=True)
class BetweenLevels:
    """An indicator on which members are aligned, while their median is no level."""

    code: str
    text: str
    lower: int
    upper: int


@dataclass(frozen=True, slots=True)
class Medians:
    """What can be accepted, and why the other indicators cannot; withheld figures are in none of it."""

    offered: tuple[Median, ...]
    between: tuple[BetweenLevels, ...]
    agreed: int
    not_aligned: int
    not_shown: int  # no levels to show: withheld, or nobody gave one

    @property
    def marks(self) -> frozenset[str]:
        return frozenset(median.mark for median in self.offered)


def medians_of(results: RoundResults) -> Medians:
    """The medians that a board can accept, from disclosed results, and how many indicators are left out for what."""
    open_ones = [
        (section, score)
        for section in results.scorecard.sections
        for score in section.indicators
        if score.agreed is None
    ]
    aligned = [(section, score) for section, score in open_ones if score.agreement is Agreement.ALIGNED]
    labels = {level.value: level.label for level in results.scorecard.scale.levels}
    between = tuple(_between(score) for _, score in aligned if score.median not in labels)
    not_shown = sum(score.agreement is None for _, score in open_ones)
    return Medians(
        offered=tuple(_median(section, score, labels) for section, score in aligned if score.median in labels),
        between=between,
        agreed=sum(len(section.indicators) for section in results.scorecard.sections) - len(open_ones),
        not_aligned=len(open_ones) - len(aligned) - not_shown,
        not_shown=not_shown,
    )


def _median(section: SectionScore, score: IndicatorScore, labels: dict[int, str]) -> Median:
    assert score.median is not None  # noqa: S101 - the caller has looked; this tells the type checker
    level = int(score.median)
    return Median(section.section.title, score.indicator.code, score.indicator.text, level, labels[level])


def _between(score: IndicatorScore) -> BetweenLevels:
    assert score.median is not None  # noqa: S101 - as above
    lower = int(score.median)
    return BetweenLevels(score.indicator.code, score.indicator.text, lower, lower + 1)
