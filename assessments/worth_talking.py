"""Which indicators a board should talk about first, and why (docs/SCORING.md, "What is worth talking about").

It reads a disclosed scorecard and nothing else of members' answers, so a withheld figure can move nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from types import MappingProxyType

from assessments.scoring.display import nearest_per_cent, nearest_tenth, one_decimal
from assessments.scoring.types import Agreement, IndicatorScore, NonScore, Scale, Scorecard, SectionAsked

MUCH_NOT_JUDGED = Fraction(1, 3)  # of those who answered
NOTHING: Mapping[str, int] = MappingProxyType({})
NO_SCORES: Mapping[str, Fraction] = MappingProxyType({})


class Why(Enum):
    """The kinds of reasons, in the order in which they are said."""

    DIVIDED = "divided"
    MIXED = "mixed"
    NOT_JUDGED = "not judged"
    BELOW_TARGET = "below target"
    CHANGED = "changed"
    OPEN_ACTIONS = "open actions"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an indicator is worth talking about, as "6 of 14 could not judge"."""

    why: Why
    words: str


@dataclass(frozen=True, slots=True)
class ToDiscuss:
    """An indicator in the order of the discussion; without reasons where nothing published stands out."""

    section: SectionAsked
    score: IndicatorScore
    reasons: tuple[Reason, ...]

    def has(self, why: Why) -> bool:
        return any(reason.why is why for reason in self.reasons)


def worth_talking_about(
    scorecard: Scorecard,
    *,
    before: Mapping[str, Fraction] = NO_SCORES,
    open_actions: Mapping[str, int] = NOTHING,
) -> tuple[ToDiscuss, ...]:
    """All indicators of a disclosed scorecard, the one most worth talking about first.

    Both mappings are by code: `before` has the scores that an earlier round published on the same scale,
    `open_actions` how many actions from earlier rounds are not finished.
    """
    found = [
        ToDiscuss(section.section, score, _reasons(section.section, score, scorecard.scale, before, open_actions))
        for section in scorecard.sections
        for score in section.indicators
    ]
    return tuple(sorted(found, key=_place))


def _place(item: ToDiscuss) -> tuple[int, int, Fraction, Fraction]:
    """What comes first is least. Equals stay in the order of the framework, as sorting keeps it."""
    share, distance = item.score.cannot_judge_share or Fraction(0), item.score.distance or Fraction(0)
    return _rank(item), -len(item.reasons), -nearest_tenth(distance), -nearest_per_cent(share)


def _rank(item: ToDiscuss) -> int:
    """Divided, mixed, the rest. Where no levels are shown since many could not judge, it stands with the mixed."""
    if item.has(Why.DIVIDED):
        return 0
    return 1 if item.has(Why.MIXED) or (item.score.mean is None and item.has(Why.NOT_JUDGED)) else 2


def _reasons(
    section: SectionAsked,
    score: IndicatorScore,
    scale: Scale,
    before: Mapping[str, Fraction],
    open_actions: Mapping[str, int],
) -> tuple[Reason, ...]:
    code = score.indicator.code
    return (
        *_differ(score),
        *_could_not_judge(score),
        *_far_from(section.target, score.mean, scale),
        *_moved(before.get(code), score.mean, scale),
        *_unfinished(open_actions.get(code, 0)),
    )


def _differ(score: IndicatorScore) -> list[Reason]:
    spread = f"{score.lowest} to {score.highest}"
    if score.agreement is Agreement.DIVIDED:
        return [Reason(Why.DIVIDED, f"Members are divided: {spread}")]
    return [Reason(Why.MIXED, f"Members' views are mixed: {spread}")] if score.agreement is Agreement.MIXED else []


def _could_not_judge(score: IndicatorScore) -> list[Reason]:
    if score.cannot_judge_share is None or score.cannot_judge_share < MUCH_NOT_JUDGED:
        return []
    members = dict(score.non_score_counts)[NonScore.CANNOT_JUDGE]
    return [Reason(Why.NOT_JUDGED, f"{members} of {score.answered} could not judge")]


def _far_from(target: Fraction | None, mean: Fraction | None, scale: Scale) -> list[Reason]:
    """Below the target by a quarter of the scale's range or more: one level on 1 to 5."""
    if target is None or mean is None or nearest_tenth(abs(target - mean)) < Fraction(_range(scale), 4):
        return []
    return [Reason(Why.BELOW_TARGET, f"{one_decimal(target - mean)} below target")] if target > mean else []


def _moved(before: Fraction | None, now: Fraction | None, scale: Scale) -> list[Reason]:
    """By an eighth of the scale's range or more, up or down: half a level on 1 to 5."""
    if before is None or now is None or nearest_tenth(abs(now - before)) < Fraction(_range(scale), 8):
        return []
    direction = "higher" if now > before else "lower"
    return [Reason(Why.CHANGED, f"{one_decimal(abs(now - before))} {direction} than last round")]


def _unfinished(actions: int) -> list[Reason]:
    if not actions:
        return []
    words = "1 action from last time is not done" if actions == 1 else f"{actions} actions from last time are not done"
    return [Reason(Why.OPEN_ACTIONS, words)]


def _range(scale: Scale) -> int:
    return scale.highest - scale.lowest
