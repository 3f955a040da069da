"""Single figures in words, or why there is none: the same words wherever a board's result is shown.

Numbers are rounded once, by `assessments.scoring.display`.
"""

from assessments.queries.results import RoundResults
from assessments.scoring.display import one_decimal
from assessments.scoring.types import Average, IndicatorScore, SectionScore, Withheld


def score_in_full(section: SectionScore, results: RoundResults) -> str:
    """As "3.2 (Established), based on 12 of 13 indicators", or why there is no score."""
    if section.members.score is None:
        return section_without_score(section, results.scorecard.responses, results.facts.minimum_group)
    return f"{score_with_band(section.members)}, {base(section.members, 'indicators')}"


def score_with_band(average: Average) -> str:
    """As "3.2 (Established)"; "no score" when there is none."""
    if average.score is None:
        return "no score"
    band = f" ({average.band})" if average.band else ""
    return f"{one_decimal(average.score)}{band}"


def base(average: Average, plural: str) -> str:
    """What a figure rests on: "based on 10 of 12 indicators"."""
    return f"based on {average.based_on} of {average.of} {plural}"


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
        return "Does not apply: nobody gave a level, and at least half of those who answered said so"
    if score.n == 0:
        return "No score: nobody gave a level"
    return f"Withheld: fewer than {minimum_group} members gave a level"
