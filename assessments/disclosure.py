"""The one place that withholds figures of small groups (docs/SCORING.md, "What is withheld"; product rule §5).

What it withholds is gone from the scorecard, and every figure built on it is worked out again without it. So whatever
is drawn, exported or printed from a disclosed scorecard cannot show it, nor can a reader subtract their way back to it.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from assessments.scoring.bands import band_for
from assessments.scoring.display import nearest_tenth
from assessments.scoring.rules import scorecard as scorecard_of
from assessments.scoring.rules import section_score
from assessments.scoring.types import Average, IndicatorScore, Scale, Scorecard, SectionScore, Withheld

SMALLEST_MINIMUM_GROUP = 3


def disclose(scorecard: Scorecard, *, minimum_group: int, individual: bool = False) -> Scorecard:
    """The scorecard as it may be seen: figures of fewer than `minimum_group` members are None or empty, with a reason.

    `individual` is for frameworks whose subject is the member: figures then exist by section only.
    Raises ValueError when `minimum_group` is below 3, the smallest that a round may set.
    """
    if minimum_group < SMALLEST_MINIMUM_GROUP:
        raise ValueError(f"the minimum group is {SMALLEST_MINIMUM_GROUP} or more, not {minimum_group}")
    one_section = _individual_section if individual else _board_section
    sections = [one_section(section, scorecard, minimum_group) for section in scorecard.sections]
    return scorecard_of(sections, scorecard.scale, scorecard.responses)


def _board_section(section: SectionScore, scorecard: Scorecard, minimum_group: int) -> SectionScore:
    kept = tuple(_indicator(scored, scorecard.responses, minimum_group) for scored in section.indicators)
    result = section_score(section.section, kept, scorecard.scale)
    return replace(result, withheld=_reason(result))


def _reason(section: SectionScore) -> Withheld | None:
    """Why a section has no score; None when it has one, or when nothing in it is applicable."""
    reasons = {scored.withheld for scored in section.indicators if scored.applicable} - {None}
    if section.members.score is not None or not reasons:
        return None
    return Withheld.TOO_FEW_LEVELS if Withheld.TOO_FEW_LEVELS in reasons else Withheld.TOO_FEW_ANSWERS


def _indicator(scored: IndicatorScore, responses: int, minimum_group: int) -> IndicatorScore:
    """One indicator: whole, or without its levels, or without anything that members answered.

    How many answered, and with which non-score, is no member's level: those counts stay from the minimum group up. So
    does a plain "nobody answered", when enough members responded for it to say nothing about any one of them, or when
    nobody responded at all.
    """
    answered, levels = scored.answered or 0, scored.n or 0
    if levels >= minimum_group:
        return scored
    if answered >= minimum_group:
        return replace(_without_levels(scored), withheld=Withheld.TOO_FEW_LEVELS)
    if answered == 0 and (responses == 0 or responses >= minimum_group):
        return replace(_without_levels(scored), withheld=Withheld.TOO_FEW_ANSWERS)
    return replace(_without_figures(scored), withheld=Withheld.TOO_FEW_ANSWERS)


def _without_levels(scored: IndicatorScore) -> IndicatorScore:
    return replace(
        scored, level_counts=(), mean=None, median=None, lowest=None, highest=None, distance=None, agreement=None
    )


def _without_figures(scored: IndicatorScore) -> IndicatorScore:
    """Too few to say even that it is not applicable, so it counts as applicable.

    The agreed level stays: it is the board's, not a member's.
    """
    return replace(
        _without_levels(scored), answered=None, n=None, non_score_counts=(), cannot_judge_share=None, applicable=True
    )


def _individual_section(section: SectionScore, scorecard: Scorecard, minimum_group: int) -> SectionScore:
    """A section of an individual framework: its mean over indicators with enough levels, and nothing of any indicator.

    A withheld section looks the same whatever the reason was, down to "based on 0": the reason would tell of levels.
    """
    scale = scorecard.scale
    shown = [scored for scored in section.indicators if (scored.n or 0) >= minimum_group]
    means = {scored.indicator.code: scored.mean for scored in shown}
    hidden = tuple(_of_an_individual(scored) for scored in section.indicators)
    built_on = tuple(replace(scored, mean=means.get(scored.indicator.code)) for scored in hidden)
    result = replace(section_score(section.section, built_on, scale), indicators=hidden)
    exact = result.members.score
    if exact is None or _could_show_one_member(exact, shown, scale):
        nothing = Average(score=None, based_on=0, of=result.members.of, band="")
        return replace(result, members=nothing, gap=None, withheld=Withheld.INDIVIDUAL if hidden else None)
    # An exact fraction can betray how many gave a level, and then more: one decimal place is all that leaves here.
    score = nearest_tenth(exact)
    target = section.section.target
    members = replace(result.members, score=score, band=band_for(score, scale))
    return replace(result, members=members, gap=None if target is None else target - score)


def _of_an_individual(scored: IndicatorScore) -> IndicatorScore:
    return replace(_without_figures(scored), agreed=None, withheld=Withheld.INDIVIDUAL)


def _could_show_one_member(score: Fraction, shown: Sequence[IndicatorScore], scale: Scale) -> bool:
    """Is the section's score as near to an end of the scale as one member alone can move it, or nearer?

    A reader who takes their own levels out of such a score may find everybody else at that end. Further in, somebody
    else's level lies off it, and it could be anyone's. The score decides, not the levels behind it: were rounds with
    the same score told apart here, then publishing one of them would say which it was.
    """
    fewest = min(scored.n or 1 for scored in shown)
    reach = Fraction(scale.highest - scale.lowest, fewest)
    return score - scale.lowest <= reach or scale.highest - score <= reach
