"""The executive summary: plain sentences, each made by one rule, each with the figures that it rests on.

A sentence is only made when the disclosed scorecard holds its figures, so nothing that is withheld can be named.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from assessments.presenters.figures import base
from assessments.queries.board_actions import RoundActions
from assessments.queries.results import RoundResults
from assessments.scoring.display import nearest_per_cent, nearest_tenth, one_decimal, percentage
from assessments.scoring.types import Agreement, IndicatorScore, NonScore, SectionScore
from reports.content.basis import is_compared
from reports.content.summary import TOO_FEW, response_base
from reports.content.wording import counted, day, listed, sentence

ROUND = "the round"
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that a sentence rests on: of the round, a section or an indicator (`of`), and which (`name`)."""

    of: str
    name: str


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    rests_on: tuple[Figure, ...]


Rule = Callable[[RoundResults, RoundActions], Sentence | None]


def executive_summary(results: RoundResults, planned: RoundActions) -> tuple[Sentence, ...]:
    """The sentences that the figures support, in the order of the report."""
    made = (rule(results, planned) for rule in RULES)
    return tuple(found for found in made if found is not None)


def digest(sentences: Iterable[Sentence]) -> str:
    """Tells these sentences from those that other figures would make."""
    return hashlib.sha256("\n".join(sentence.text for sentence in sentences).encode()).hexdigest()


def _who_answered(results: RoundResults, _: RoundActions) -> Sentence:
    text = f"{sentence(response_base(results.facts))} submitted their answers."
    return Sentence(text, (Figure(ROUND, "members who submitted"), Figure(ROUND, "members invited")))


def _overall(results: RoundResults, _: RoundActions) -> Sentence:
    overall, facts = results.scorecard.members, results.facts
    rests_on = (Figure(ROUND, "overall score"),)
    if overall.score is None:
        return Sentence("No overall score can be stated.", rests_on)
    band = f", which reads as “{overall.band}”" if overall.band else ""
    return Sentence(
        f"The overall score is {one_decimal(overall.score)} on the scale from {results.scorecard.scale.lowest} to "
        f"{results.scorecard.scale.highest}{band}; it is {base(overall, facts.section_label_plural)}.",
        rests_on,
    )


def _change(results: RoundResults, _: RoundActions) -> Sentence | None:
    if not is_compared(results) or results.previous is None or results.trend is None:
        return None
    change = results.trend.overall
    if change.before is None or change.after is None:
        return None
    before, after = one_decimal(change.before), one_decimal(change.after)
    closed = day(results.previous.closed_on)
    over = f"over the {counted(change.comparable, 'indicator')} that can be compared"
    if before == after:
        text = f"Since the round closed on {closed} the score is unchanged at {after}, {over}."
    else:
        moved = "risen" if nearest_tenth(change.after) > nearest_tenth(change.before) else "fallen"
        text = f"Since the round closed on {closed} the score has {moved} from {before} to {after}, {over}."
    return Sentence(text, (Figure(ROUND, "change since last round"),))


def _ends(results: RoundResults, _: RoundActions) -> Sentence | None:
    found = [(part.members.score, part) for part in results.scorecard.sections]
    scored = [(nearest_tenth(score), part) for score, part in found if score is not None]
    scores = [score for score, _ in scored]
    if len(set(scores)) < 2:
        return None
    best, worst = max(scores), min(scores)
    top, bottom = ([part for score, part in scored if score == end] for end in (best, worst))
    label = results.facts.section_label
    text = (
        f"The strongest {label} is {_titles(top)} at {one_decimal(best)}; the weakest is {_titles(bottom)} at "
        f"{one_decimal(worst)}."
    )
    return Sentence(text, tuple(Figure(part.section.title, "score") for part in (*top, *bottom)))


def _targets(results: RoundResults, _: RoundActions) -> Sentence | None:
    aimed = [part for part in results.scorecard.sections if part.gap is not None]
    if not aimed:
        return None
    met = sum(_below(part) <= 0 for part in aimed)
    text = reaching(met, len(aimed), results.facts.section_label, results.facts.section_label_plural)
    return Sentence(text, tuple(Figure(part.section.title, "gap to target") for part in aimed))


def reaching(met: int, aimed: int, label: str, plural: str) -> str:
    """As "None of the 3 sections with a target and a score reaches its target."."""
    if aimed == 1:
        return f"The one {label} with a target and a score {'reaches' if met else 'does not reach'} its target."
    whose = f"{aimed} {plural} with a target and a score"
    if met == aimed:
        return f"All {whose} reach their targets."
    return f"{_none_or(met).capitalize()} of the {whose} {'reach their targets' if met > 1 else 'reaches its target'}."


def _divided(results: RoundResults, _: RoundActions) -> Sentence | None:
    shown = [score for score in _indicators(results) if score.agreement is not None]
    divided = sorted(
        (score for score in shown if score.agreement is Agreement.DIVIDED),
        key=lambda score: score.distance or Fraction(0),
        reverse=True,
    )
    if not shown:
        return None
    if not divided:
        text = f"Views are divided on none of the {counted(len(shown), 'indicator')} whose levels are shown."
        return Sentence(text, (Figure(ROUND, "views of the board"),))
    named = divided[:MOST_NAMED]
    among = "" if named == divided else "among them "
    text = (
        f"Views are divided on {len(divided)} of the {counted(len(shown), 'indicator')} whose levels are shown: "
        f"{among}{_codes(named)}."
    )
    return Sentence(text, tuple(Figure(score.indicator.code, "distance from the median") for score in named))


def _not_judged(results: RoundResults, _: RoundActions) -> Sentence | None:
    published = [score for score in _indicators(results) if score.answered and score.non_score_counts]
    answered = sum(score.answered or 0 for score in published)
    unseen = sum(dict(score.non_score_counts).get(NonScore.CANNOT_JUDGE, 0) for score in published)
    if not unseen:
        return None
    share = percentage(Fraction(unseen, answered))
    most = max(nearest_per_cent(score.cannot_judge_share or Fraction(0)) for score in published)
    where = [score for score in published if nearest_per_cent(score.cannot_judge_share or Fraction(0)) == most]
    few = len(where) <= MOST_NAMED
    on = f", most often on {_codes(where)} ({percentage(most)} of those who answered)" if few else ""
    label = results.scorecard.scale.label_of(NonScore.CANNOT_JUDGE)
    text = f"Members chose “{label}” in {share} of the answers that can be published{on}."
    named = tuple(Figure(score.indicator.code, "cannot judge") for score in where) if few else ()
    return Sentence(text, (Figure(ROUND, "cannot judge"), *named))


def _withheld(results: RoundResults, _: RoundActions) -> Sentence | None:
    scores = _indicators(results)
    withheld = [score for score in scores if score.withheld in TOO_FEW and score.n != 0 and score.applicable]
    if not withheld:
        return None
    text = (
        f"The levels of {len(withheld)} of {counted(len(scores), 'indicator')} are withheld: fewer than "
        f"{results.facts.minimum_group} members gave one."
    )
    return Sentence(text, (Figure(ROUND, "withheld"),))


def _agreed(results: RoundResults, _: RoundActions) -> Sentence | None:
    scores = _indicators(results)
    agreed = sum(score.agreed is not None for score in scores)
    if not agreed:
        return None
    text = f"The board has agreed a level for {agreed} of {counted(len(scores), 'indicator')}."
    return Sentence(text, (Figure(ROUND, "agreed by the board"),))


def _actions(_: RoundResults, planned: RoundActions) -> Sentence | None:
    if not planned.new and not planned.earlier:
        return None
    new = f"{sentence(_none_or(len(planned.new), 'no'))} {'action has' if len(planned.new) == 1 else 'actions have'}"
    text = f"{new} come out of this round"
    if planned.earlier:
        unfinished = sum(action.is_unfinished for action in planned.earlier)
        text += f"; of {len(planned.earlier)} from earlier rounds {_none_or(unfinished)} {_is(unfinished)} not finished"
    return Sentence(f"{text}.", (Figure(ROUND, "actions"),))


RULES: tuple[Rule, ...] = (
    _who_answered, _overall, _change, _ends, _targets, _divided, _not_judged, _withheld, _agreed, _actions,
)  # fmt: skip


def _indicators(results: RoundResults) -> list[IndicatorScore]:
    """All indicators; none for a framework that is published by section only."""
    if results.facts.subject_is_individual:
        return []
    return [score for part in results.scorecard.sections for score in part.indicators]


def _codes(scores: list[IndicatorScore]) -> str:
    return listed([score.indicator.code for score in scores])


def _below(part: SectionScore) -> Fraction:
    """How far the score lies below its target, as it is printed."""
    gap = part.gap or Fraction(0)
    return nearest_tenth(gap) if gap > 0 else Fraction(0)


def _titles(parts: list[SectionScore]) -> str:
    return listed([part.section.title for part in parts])


def _none_or(number: int, none: str = "none") -> str:
    return str(number) if number else none


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
