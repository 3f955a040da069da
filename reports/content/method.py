"""How the figures came about, in plain English: terms, rules and the framework that was answered."""

from collections.abc import Collection
from fractions import Fraction
from itertools import pairwise

from assessments.late_answers import SMALLEST_BATCH
from assessments.queries.results import RoundFacts, RoundResults
from assessments.scoring import bands_of
from assessments.scoring.types import Agreement, NonScore, Scale
from reports.content.basis import basis_tables, is_compared
from reports.content.document import Cell, Column, Fact, Method, Row, Table
from reports.content.summary import response_base, unsubmitted
from reports.content.wording import counted, listed

# What each degree of certainty means, said of the indicators that have it.
WORDING = {
    "confirmed": "has been checked against the published text",
    "seen": "follows a source that describes the published text, and has not been checked against that text itself yet",
    "recalled": "has not been checked against the published text yet",
}
LEFT_OUT = "Some late answers are not in the figures. They may enter if the round is opened again, or never."
NOT_APPLICABLE = (
    "An indicator does not apply if nobody gave a level and at least half of those who answered chose “{}”. It then "
    "counts in no score."
)


def method(results: RoundResults, sections: Collection[str]) -> Method:
    """The method page of a report that has pages for the sections of those codes."""
    facts, scale = results.facts, results.scorecard.scale
    rules = [*_who_answered(results), *_what_is_shown(facts), *_scores(results)]
    if not facts.subject_is_individual:
        rules += _of_indicators(scale)
    if is_compared(results):
        rules.append(_trend(facts))
    return Method(facts=(*rules, *_framework(facts)), levels=levels_table(scale), basis=basis_tables(results, sections))


def levels_table(scale: Scale, caption: str = "") -> Table:
    """The scale in the framework's words: levels, then the answers that are not levels."""
    levels = [Row(Cell(f"{level.value} {level.label}"), (Cell(level.description),)) for level in scale.levels]
    others = [Row(Cell(choice.label), (Cell(choice.description),)) for choice in scale.non_scores]
    columns = (Column("Answer", "answer"), Column("What it stands for", "words"))
    return Table(caption or f"{scale.title}: the answers that members chose from", columns, (*levels, *others))


def _who_answered(results: RoundResults) -> list[Fact]:
    facts = results.facts
    responses = results.scorecard.responses
    whose = {0: "Nobody's", 1: "1 member's"}.get(responses, f"{responses:,} members'")
    late = "" if facts.closings == 1 else ", those given late not in every figure"
    return [
        Fact("Response base", f"{response_base(facts)} submitted. {whose} answers count in this report{late}."),
        Fact("Started but not submitted", f"{unsubmitted(facts)}."),
        *([Fact("Opened again", late_answers(facts))] if late_answers(facts) else []),
    ]


def late_answers(facts: RoundFacts) -> str:
    """What became of answers that came after a reopening; "" for a round that was never opened again (§5)."""
    if facts.closings == 1:
        return ""
    times = "once" if facts.closings == 2 else f"{facts.closings - 1} times"
    left_out = f" {LEFT_OUT}" if facts.late_answers_left_out else ""
    return (
        f"The round was opened again {times}. Answers added or changed since then can enter an indicator's figures "
        f"only when at least {SMALLEST_BATCH} members have added or changed answers, and only if nobody could tell "
        "from the difference what a member answered. Otherwise the earlier figures stay. This is decided once for each "
        f"indicator: answers that come later do not change its figures.{left_out}"
    )


def _what_is_shown(facts: RoundFacts) -> list[Fact]:
    return [Fact("Privacy terms", _terms(facts)), Fact("Minimum group", _minimum_group(facts))]


def _minimum_group(facts: RoundFacts) -> str:
    if facts.subject_is_individual:
        return (
            f"An indicator enters the score of its {facts.section_label} only if at least {facts.minimum_group} "
            "members gave it a level, and a score that could show one member's level is withheld."
        )
    return (
        f"An indicator's levels are shown only if at least {facts.minimum_group} members gave one. Otherwise they are "
        "withheld, and so is their part in every figure built on them, which says what it is based on. "
        "If a board is unanimous, everyone's answer is known."
    )


def _terms(facts: RoundFacts) -> str:
    if facts.subject_is_individual:
        return f"Answers belong to the members. The board sees averages by {facts.section_label} only."
    return (
        "Confidential: no page, export or report shows who gave which answer. Of what is signed off, the other boards "
        "of the system can be shown medians and agreed levels beside their own."
    )


def _scores(results: RoundResults) -> list[Fact]:
    facts, scale = results.facts, results.scorecard.scale
    label, plural = facts.section_label, facts.section_label_plural
    return [
        Fact("Score of an indicator", f"The mean of the levels that members gave. {_never_averaged(scale)}"),
        Fact(
            f"Score of a {label}",
            "The mean of its indicators' scores, each weighing the same, if at least half of the indicators that "
            "apply have a score.",
        ),
        Fact(
            "Overall score",
            f"The mean of the scores of all {plural} that have one, each weighing the same, if at least half of the "
            f"{plural} in which anything applies have a score.",
        ),
        Fact("Bands", _bands(scale)),
        Fact("Rounding", _rounding(facts)),
    ]


def _rounding(facts: RoundFacts) -> str:
    words = "Words such as the band follow the figure as printed: 2.96 is printed as 3.0 and has the band of 3.0."
    if facts.subject_is_individual:
        return f"Scores are rounded to one decimal place, halves up. {words}"
    return (
        "Figures are worked out exactly and rounded once, when they are shown: scores to one decimal place and "
        "shares to a whole per cent, halves up. So a change, or the distance from a target or from another board, "
        f"can be 0.1 off the figures beside it. {words}"
    )


def _never_averaged(scale: Scale) -> str:
    if not scale.non_scores:
        return "What nobody answered is no zero."
    others = listed([f"“{choice.label}”" for choice in scale.non_scores])
    return f"{others} {'is' if len(scale.non_scores) == 1 else 'are'} counted and never averaged. No answer is no zero."


def _bands(scale: Scale) -> str:
    """As "Below 2: Not yet in place. 2 to below 3: Developing. 3 and above: Leading."."""
    first, *between, last = bands_of(scale)
    cuts = [_exactly(band.starts_at) for band in (*between, last)]
    middle = [
        f"{start} to below {end}: {band.word}" for band, (start, end) in zip(between, pairwise(cuts), strict=True)
    ]
    return ". ".join([f"Below {cuts[0]}: {first.word}", *middle, f"{cuts[-1]} and above: {last.word}."])


def _of_indicators(scale: Scale) -> list[Fact]:
    rules = [
        Fact(
            "Level held throughout",
            "The highest level that every indicator that applies reaches, by the level the board agreed or else the "
            "median of the members' levels rounded down. NHS England's Digital Maturity Assessment counts in this "
            "way: a level is held only if all of it is met.",
        ),
        Fact("Spread", _spread(scale)),
    ]
    if label := scale.label_of(NonScore.CANNOT_JUDGE):
        rules.append(Fact(label, "A share of the members who answered the indicator."))
    if label := scale.label_of(NonScore.NOT_APPLICABLE):
        rules.append(Fact(label, NOT_APPLICABLE.format(label)))
    return rules


def _spread(scale: Scale) -> str:
    """The cuts of product rule §4: an eighth and a quarter of the scale's range."""
    cuts = [_levels(Fraction(scale.highest - scale.lowest, part)) for part in (8, 4)]
    words = [word.value for word in Agreement]
    return (
        "The lowest and highest level that members gave. By the average distance from the median: "
        f"{words[0]} below {cuts[0]}, {words[1]} from {cuts[0]} to below {cuts[1]}, {words[2]} from {cuts[1]}."
    )


def _levels(distance: Fraction) -> str:
    return f"{_exactly(distance)} {'level' if distance == 1 else 'levels'}"


def _exactly(cut: Fraction) -> str:
    """A cut as it is, unrounded: "2", "1.75"; quarters and eighths of whole numbers always end."""
    return f"{float(cut):g}"


def _trend(facts: RoundFacts) -> Fact:
    return Fact(
        "Change since last round",
        "Only indicators that are comparable between the two rounds and have a score in both enter, and both "
        "sides are worked out again over those. The tables that follow name them. The overall change is over the "
        f"{facts.section_label_plural} with a score in both rounds, if they are at least half in each. Each round is "
        "that of the members it asked, so where some joined or left, part of a change can be due to that.",
    )


def _framework(facts: RoundFacts) -> list[Fact]:
    variant = f", in the version written for: {facts.variant}" if facts.variant else ""
    found = [
        Fact("Framework", f"{facts.framework} ({facts.framework_short}), version {facts.version}{variant}."),
        Fact("Wording of the indicators", _wording(facts)),
        Fact("Licence", facts.licence),
        Fact("Source", facts.source_url),
    ]
    if facts.framework_note:
        found.insert(2, Fact("About the framework text", facts.framework_note))
    return [fact for fact in found if fact.text]


def _wording(facts: RoundFacts) -> str:
    """One sentence for each degree of certainty that occurs, as "Our wording of 14 indicators has not been …"."""
    numbers, last = dict(facts.wording.counts), facts.wording.last_on
    found = [(numbers[status], words) for status, words in WORDING.items() if numbers.get(status)]
    said = [f"Our wording of {counted(number, 'indicator')} {words}." for number, words in found]
    if last:
        said.insert(1, f"The last of these checks was on {last:%-d %B %Y}.")
    if facts.summaries.is_known:
        of = f"{facts.summaries.confirmed} of {facts.summaries.of} {facts.section_label_plural}"
        said.append(f"The summaries of {of} have been checked against it.")
    return " ".join(said)
