"""What an invented board might answer: plausible, and the same for the same seed."""

from collections.abc import Sequence
from random import Random

from assessments.actions import GivenAnswer
from assessments.scoring.types import NonScore, Scale
from frameworks.models import Indicator

CANNOT_JUDGE_EXECUTIVE = 0.03
CANNOT_JUDGE_OTHERS = 0.13  # those who do not run the place have seen less of it
COMMENTED = 0.03


class InventedBoard:
    """One board's view of one framework: sections and indicators are harder or easier, members stricter or kinder.

    `mean` is where levels centre, as a share of the scale (0 lowest, 1 highest).
    """

    def __init__(
        self, chance: Random, scale: Scale, indicators: Sequence[Indicator], mean: float, texts: Sequence[str]
    ) -> None:
        self.chance, self.scale, self.indicators, self.texts = chance, scale, indicators, texts
        width = scale.highest - scale.lowest
        centre = scale.lowest + width * mean
        sections = {indicator.section_id: chance.gauss(centre, width * 0.09) for indicator in indicators}
        self.expected = {row.pk: chance.gauss(sections[row.section_id], width * 0.1) for row in indicators}
        self.noise = width * 0.13

    def member(self, *, is_executive: bool, share: float = 1.0) -> list[GivenAnswer]:
        """A member's answers to the first `share` of the indicators."""
        kindness = self.chance.gauss(self.noise * (0.4 if is_executive else -0.2), self.noise * 0.5)
        answered = self.indicators[: round(len(self.indicators) * share)]
        return [self._answer(indicator, kindness, is_executive) for indicator in answered]

    def _answer(self, indicator: Indicator, kindness: float, is_executive: bool) -> GivenAnswer:
        comment = self.chance.choice(self.texts) if self.texts and self.chance.random() < COMMENTED else None
        if self.chance.random() < (CANNOT_JUDGE_EXECUTIVE if is_executive else CANNOT_JUDGE_OTHERS):
            return GivenAnswer(indicator.pk, non_score=self._not_seen(), comment=comment)
        level = round(self.chance.gauss(self.expected[indicator.pk] + kindness, self.noise))
        return GivenAnswer(indicator.pk, level=min(max(level, self.scale.lowest), self.scale.highest), comment=comment)

    def _not_seen(self) -> NonScore:
        offered = {choice.code for choice in self.scale.non_scores}
        return NonScore.CANNOT_JUDGE if NonScore.CANNOT_JUDGE in offered else NonScore.NO_CHANCE
