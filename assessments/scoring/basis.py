"""Which indicators a trend rests on, and why not on the others: the names behind `trend.compare` (§4.8)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from assessments.scoring.types import IndicatorAsked, IndicatorScore, Scorecard, SectionAsked

Places = Mapping[str, tuple[SectionAsked, IndicatorScore]]  # by the code of the indicator


class Standing(Enum):
    """How an indicator of either round stands to the trend between them."""

    COMPARED = "compared"
    REWORDED = "compared, though in other words"
    NEW = "not asked in the earlier round"
    REPLACES = "replaces others of the earlier round"
    MOVED = "stood in another section"
    NO_SCORE_THEN = "no published score in the earlier round"
    NO_SCORE_NOW = "no published score in the later round"
    NO_SCORE = "no published score in either"
    DROPPED = "asked in the earlier round only"

    @property
    def enters(self) -> bool:
        return self in {Standing.COMPARED, Standing.REWORDED}


@dataclass(frozen=True, slots=True)
class Basis:
    """One indicator; `section` is where it stands, and of one that was dropped, where it stood."""

    indicator: IndicatorAsked
    section: SectionAsked
    standing: Standing
    replaces: tuple[str, ...] = ()  # codes of the earlier round
    stood_in: str = ""  # title of the section that it came from


def basis_of(
    before: Scorecard, after: Scorecard, comparable: Collection[str], supersedes: Mapping[str, Sequence[str]]
) -> tuple[Basis, ...]:
    """Every indicator of both rounds, those of the later one first; those that enter are what `compare` compares.

    Both scorecards are disclosed; `comparable` as for `compare`; `supersedes` has, by code, what the later version says
    that an indicator replaces. Empty for rounds on scales with different levels: nothing is compared then.
    """
    if before.scale.values != after.scale.values:
        return ()
    then, now = _places(before), _places(after)
    found = [_of_one(code, then, now, comparable, supersedes.get(code, ())) for code in now]
    named = {code for one in found for code in one.replaces}
    return (*found, *_dropped(then, now, named))


def _places(card: Scorecard) -> Places:
    return {score.indicator.code: (part.section, score) for part in card.sections for score in part.indicators}


def _of_one(code: str, then: Places, now: Places, comparable: Collection[str], supersedes: Sequence[str]) -> Basis:
    section, score = now[code]
    replaces = tuple(old for old in supersedes if old in then)
    if code not in then or code not in comparable:
        return Basis(score.indicator, section, Standing.REPLACES if replaces else Standing.NEW, replaces)
    stood_in, earlier = then[code]
    if stood_in.code not in section.lineage:
        return Basis(score.indicator, section, Standing.MOVED, stood_in=stood_in.title)
    return Basis(score.indicator, section, _by_scores(earlier, score))


def _by_scores(then: IndicatorScore, now: IndicatorScore) -> Standing:
    if then.mean is None or now.mean is None:
        if then.mean is now.mean:
            return Standing.NO_SCORE
        return Standing.NO_SCORE_THEN if then.mean is None else Standing.NO_SCORE_NOW
    return Standing.COMPARED if then.indicator.text == now.indicator.text else Standing.REWORDED


def _dropped(then: Places, now: Places, named: Collection[str]) -> Iterator[Basis]:
    for code, (section, score) in then.items():
        if code not in now and code not in named:
            yield Basis(score.indicator, section, Standing.DROPPED)
