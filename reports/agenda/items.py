"""The agenda of a board's discussion, with timings and notes for whoever leads it, as a PDF."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.text import slugify

from assessments.presenters.figures import indicator_withheld
from assessments.queries.discussion import Discussion, Item
from assessments.queries.medians import Medians, medians_of
from assessments.queries.results import RoundResults
from assessments.scoring.display import one_decimal
from assessments.worth_talking import Why
from reports.agenda.timings import Plan, Timing, timings
from reports.content.document import Cell, Column, Fact, Row, Table
from reports.content.wording import counted, day, level_in_words, listed
from reports.pdf.rendering import draw_pdf

# What whoever leads the discussion can ask, for each kind of reason; plain, and never "who gave which score".
QUESTIONS: dict[Why, tuple[str, ...]] = {
    Why.DIVIDED: (
        "What would somebody have seen who chose a high level? And who chose a low one?",
        "Do we speak of the same thing, or of different parts of the organisation?",
        "Which evidence would settle it?",
    ),
    Why.MIXED: (
        "What keeps this from the next level up?",
        "Is it the same everywhere in the organisation?",
    ),
    Why.NOT_JUDGED: (
        "What would the board need to see to be able to judge this?",
        "Who can bring it, and to which meeting or committee?",
        "Is it safe to agree a level today, or is the gap in assurance itself the finding?",
    ),
    Why.BELOW_TARGET: (
        "Is the target still the right one?",
        "What is the one thing that would move us nearest to it, and who owns it?",
    ),
    Why.CHANGED: (
        "What has happened since last time that explains the change?",
        "Has the work changed, or our view of it?",
    ),
    Why.OPEN_ACTIONS: (
        "What became of the actions from last time?",
        "Do they go on, change, or end?",
    ),
}
GROUND_RULES = (
    "Scores are confidential. Nobody is asked which level they gave, and nobody has to say.",
    "Start with what people have seen, not with numbers. Let the quieter side speak first.",
    "End each item with a level, a reason in one sentence, and what was held against it.",
    "If an item cannot be settled in its time, say what is missing and go on.",
)
OPENING_WORDS = "Opening: what members answered, how the discussion goes, what is agreed already"
SPARE_WORDS = "What members want to raise"
CLOSING_WORDS = "Accept the medians where the board is aligned; actions, and who owns them"


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item of the agenda: its heading, when it is due, its figures in words, and what can be asked."""

    heading: str
    when: str
    facts: tuple[Fact, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """Everything that the document says, in the order in which it says it."""

    title: str
    organisation: str
    round_dates: str
    file_name: str
    facts: tuple[Fact, ...]
    schedule: Table
    rules: tuple[str, ...]
    items_note: str
    items: tuple[AgendaItem, ...]
    later_note: str
    later: Table | None
    medians_note: str
    medians: Table | None


def agenda(discussion: Discussion, minutes: int) -> Agenda:
    """The agenda of a discussion of `minutes`, over the items that have a reason and are not agreed yet.

    Raises ValueError for fewer minutes than the shortest discussion has.
    """
    results = discussion.results
    facts = results.facts
    open_items = [item for item in discussion.items if item.reasons and item.agreed is None]
    plan, medians = timings(open_items, minutes), medians_of(results)
    return Agenda(
        title="Agenda of the board discussion",
        organisation=facts.organisation,
        round_dates=f"{day(facts.opened_on)} to {day(facts.closed_on)}",
        file_name=f"{slugify(f'{facts.ods_code} {facts.framework_short}')}-agenda-{minutes}-minutes.pdf",
        facts=_facts(discussion, minutes),
        schedule=_schedule(plan),
        rules=GROUND_RULES,
        items_note="" if open_items else "No item is open that stands out: what is left can be accepted in one step.",
        items=tuple(_item(timing, number, results) for number, timing in enumerate(plan.items, start=1)),
        later_note=f"There is no time for {counted(len(plan.later), 'item')} that would be worth it as well.",
        later=_later(plan.later),
        medians_note=_medians_note(medians),
        medians=_medians(medians),
    )


def agenda_pdf(document: Agenda) -> bytes:
    """The document as the bytes of a PDF."""
    return draw_pdf("reports/agenda.html", {"document": document})


def _facts(discussion: Discussion, minutes: int) -> tuple[Fact, ...]:
    facts = discussion.results.facts
    return (
        Fact("Framework", f"{facts.framework}, version {facts.version}"),
        Fact("Length", counted(minutes, "minute")),
        Fact("Agreed so far", f"{discussion.agreed} of {counted(discussion.to_agree, 'indicator')}"),
        Fact("Order", "Divided before mixed before aligned; among those, more reasons before fewer"),
        Fact("Confidential", "No figure says who gave which answer"),
    )


def _schedule(plan: Plan) -> Table:
    """From minute to minute; the items by number and code."""
    timed = [(f"{number}. {timing.item.code}: {timing.item.text}", timing.starts, timing.minutes)
             for number, timing in enumerate(plan.items, start=1)]  # fmt: skip
    after = plan.opening + sum(minutes for _, _, minutes in timed)
    entries = [(OPENING_WORDS, 0, plan.opening), *timed]
    if plan.spare:
        entries.append((SPARE_WORDS, after, plan.spare))
    entries.append((CLOSING_WORDS, after + plan.spare, plan.closing))
    rows = tuple(
        Row(Cell(what), (Cell(f"{starts} to {starts + minutes}"), Cell(str(minutes), numeric=True)))
        for what, starts, minutes in entries
    )
    columns = (Column("What", "text"), Column("When", "band"), Column("Minutes", "base", numeric=True))
    return Table("From the first minute to the last", columns, rows)


def _item(timing: Timing, number: int, results: RoundResults) -> AgendaItem:
    item = timing.item
    when = f"{counted(timing.minutes, 'minute')}, from minute {timing.starts}. {item.section}, {item.code}."
    questions = tuple(question for reason in item.reasons for question in QUESTIONS[reason.why])
    return AgendaItem(f"{number}. {item.text}", when, tuple(_item_facts(item, results)), questions)


def _item_facts(item: Item, results: RoundResults) -> Iterator[Fact]:
    score, scale = item.score, results.scorecard.scale
    yield Fact("Why talk about it", listed([reason.words for reason in item.reasons]))
    if score.median is None:
        yield Fact("Members' levels", indicator_withheld(score, results.facts.minimum_group))
    else:
        yield Fact("Members' levels", _spread(score.level_counts))
        yield Fact("Median", one_decimal(score.median))
    labels = {choice.code: choice.label for choice in scale.non_scores}
    for code, members in score.non_score_counts:
        if members:
            yield Fact(labels[code], f"{members} of {score.answered}")
    if item.target is not None:
        yield Fact("Target", one_decimal(item.target))
    if item.last_time is not None:
        yield Fact("Agreed last time", level_in_words(item.last_time.level, scale))


def _spread(level_counts: Sequence[tuple[int, int]]) -> str:
    """As "2 at level 1 and 4 at level 3"."""
    return listed([f"{members} at level {level}" for level, members in level_counts if members])


def _later(items: Sequence[Item]) -> Table | None:
    if not items:
        return None
    rows = tuple(
        Row(Cell(item.text, mark=item.code, note=item.section), (Cell("; ".join(why.words for why in item.reasons)),))
        for item in items
    )
    columns = (Column("Indicator", "text"), Column("Why talk about it", "words"))
    return Table("If there is time, or at another meeting", columns, rows)


def _medians_note(medians: Medians) -> str:
    if not medians.offered:
        return "There is no indicator on which members are aligned and whose median can be accepted."
    return (
        f"On {counted(len(medians.offered), 'indicator')} members are aligned and their median is a level. The board "
        "can accept these in one step, unless somebody wants to talk about one of them."
    )


def _medians(medians: Medians) -> Table | None:
    if not medians.offered:
        return None
    rows = tuple(
        Row(Cell(median.text, mark=median.code, note=median.section), (Cell(f"{median.level} ({median.label})"),))
        for median in medians.offered
    )
    columns = (Column("Indicator", "text"), Column("Median", "answer"))
    return Table("To accept without discussion", columns, rows)
