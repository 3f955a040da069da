"""The one page that stands for the report: overall score, movement, both ends, and how far to trust it."""

from collections import Counter

from assessments.presenters.figures import base, only
from assessments.queries.results import RoundFacts, RoundResults
from assessments.scoring.display import one_decimal
from assessments.scoring.types import Agreement, IndicatorScore, NonScore, Withheld
from reports.content.basis import is_compared, left_out_in_short
from reports.content.document import Fact, Summary
from reports.content.profile import strongest_and_weakest
from reports.content.section_pages import change_in_words
from reports.content.wording import agreed_in_words, counted, day, sentence, share_of

TOO_FEW = (Withheld.TOO_FEW_LEVELS, Withheld.TOO_FEW_ANSWERS)


def summary(results: RoundResults) -> Summary:
    """The summary page of the round."""
    overall = results.scorecard.members
    plural = results.facts.section_label_plural
    if overall.score is None:
        return Summary("No score", _no_overall(results), _facts(results))
    return Summary(one_decimal(overall.score), f"{overall.band}, {base(overall, plural)}", _facts(results))


def response_base(facts: RoundFacts) -> str:
    """As "12 of 14 members (86%)": those who submitted, of those invited."""
    return share_of(facts.submitted, facts.invited, "members")


def unsubmitted(facts: RoundFacts) -> str:
    """Whether answers that were started but not submitted count, and how many members' they are (product rule §3)."""
    if not facts.started_not_submitted:
        return "None: nobody had started without submitting"
    members = counted(facts.started_not_submitted, "member")
    if facts.unsubmitted_counted:
        return f"Counted: the figures include what {members} had answered but not submitted"
    return f"Not counted: what {members} had answered but not submitted is left out"


def _no_overall(results: RoundResults) -> str:
    facts = results.facts
    if not results.scorecard.responses:
        return "Nobody's answers count in this round."
    overall = results.scorecard.members
    if not overall.based_on:
        return f"No {facts.section_label} has a score; the results of each say why."
    few = sentence(only(overall, facts.section_label_plural))
    return f"{few} a score, and an overall score needs at least half of them."


def _facts(results: RoundResults) -> tuple[Fact, ...]:
    facts = [Fact("Change since last round", _change(results)), *_members_since(results)]
    facts += _ends(results)
    if results.scorecard.agreed.based_on:
        agreed = agreed_in_words(results.scorecard.agreed, results.facts.section_label_plural)
        facts.append(Fact("Agreed by the board", agreed))
    facts.append(Fact("Response rate", response_base(results.facts)))
    facts.append(Fact("Started but not submitted", unsubmitted(results.facts)))
    if not results.facts.subject_is_individual:
        facts += _of_all_indicators(results)
    return tuple(facts)


def _change(results: RoundResults) -> str:
    if results.facts.subject_is_individual:
        return "Not stated: it would need scores of single indicators, which are not published"
    if results.previous is None:
        return "No earlier round to compare with"
    closed = day(results.previous.closed_on)
    if results.trend is None or not results.trend.sections:
        return f"Cannot be stated: {_why_not_comparable(results)} the round closed on {closed}"
    if results.trend.overall.difference is None:
        plural = results.facts.section_label_plural
        return (
            f"Cannot be stated: fewer than half of the {plural} have a score and comparable indicators both in this "
            f"round and in the one closed on {closed}"
        )
    said = f"{change_in_words(results.trend.overall)}; last round closed on {closed}"
    return ". ".join(part for part in (said, left_out_in_short(results)) if part)


def _why_not_comparable(results: RoundResults) -> str:
    cards = [card for card in (results.earlier, results.scorecard) if card]
    scales = {card.scale.values for card in cards}
    return "the scale has other levels than in" if len(scales) > 1 else "nothing is comparable with"


def _members_since(results: RoundResults) -> list[Fact]:
    """How many joined and left since the round that this one is compared with."""
    if results.previous is None or not is_compared(results):
        return []
    joined, left = results.previous.joined, results.previous.left
    if not joined and not left:
        return [Fact("Members since last round", "The same members were asked in both rounds")]
    both = results.facts.invited - joined
    text = f"{both:,} {'was' if both == 1 else 'were'} asked in both rounds; {joined:,} joined since, {left:,} left"
    return [Fact("Members since last round", text)]


def _ends(results: RoundResults) -> list[Fact]:
    label = results.facts.section_label
    ends = strongest_and_weakest(results)
    if ends is None:
        return [Fact(f"Strongest and weakest {label}", _why_no_ends(results))]
    return [Fact(f"Strongest {label}", ends[0]), Fact(f"Weakest {label}", ends[1])]


def _why_no_ends(results: RoundResults) -> str:
    label = results.facts.section_label
    scored = sum(section.members.score is not None for section in results.scorecard.sections)
    if scored > 1:
        return f"Cannot be told apart: no two {label} scores differ"
    return f"Cannot be stated: {f'only one {label}' if scored else f'no {label}'} has a score"


def _of_all_indicators(results: RoundResults) -> list[Fact]:
    scores = [score for section in results.scorecard.sections for score in section.indicators]
    facts = [Fact("Views of the board", _agreement(scores)), Fact("Withheld", _withheld(scores, results.facts))]
    if label := results.scorecard.scale.label_of(NonScore.CANNOT_JUDGE):
        facts.insert(0, Fact(label, sentence(cannot_judge(scores))))
    return facts


def cannot_judge(scores: list[IndicatorScore]) -> str:
    """The share of "cannot judge" in all published answers, as "34 of 400 answers (9%)"."""
    if all(score.answered == 0 for score in scores):
        return "nobody answered"
    published = [score for score in scores if score.answered and score.non_score_counts]
    chosen = sum(dict(score.non_score_counts).get(NonScore.CANNOT_JUDGE, 0) for score in published)
    return share_of(chosen, sum(score.answered or 0 for score in published), "answers that can be published")


def _agreement(scores: list[IndicatorScore]) -> str:
    found = Counter(score.agreement for score in scores if score.agreement is not None)
    if not found and all(score.answered == 0 for score in scores):
        return "None: nobody answered"
    if not found:
        return "No indicator has levels that can be shown"
    parts = (f"{word.value.lower()} on {found[word]}" for word in Agreement)
    return f"{', '.join(parts)} of {counted(found.total(), 'indicator')} whose levels are shown".capitalize()


def _withheld(scores: list[IndicatorScore], facts: RoundFacts) -> str:
    # That nobody answered, or nobody gave a level, is said and not withheld.
    withheld = [score for score in scores if score.withheld in TOO_FEW and score.n != 0 and score.applicable]
    if not withheld:
        return "Nothing"
    part = share_of(len(withheld), len(scores), "indicators")
    return f"The levels of {part}: fewer than {facts.minimum_group} members gave one"
