"""One indicator as a board sees it on the screen of the meeting room: figures in words, and bars without names."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessments.presenters.figures import indicator_withheld
from assessments.queries.content import Content
from assessments.queries.discussion import Item
from assessments.scoring.display import one_decimal, percentage
from assessments.scoring.types import IndicatorScore, NonScore


@dataclass(frozen=True, slots=True)
class Bar:
    """How many members gave a level; `share` of those who gave one, in per cent, is the length of the bar."""

    level: str
    members: int
    share: int


@dataclass(frozen=True, slots=True)
class Fact:
    term: str
    text: str


@dataclass(frozen=True, slots=True)
class Room:
    """What the screen says about an indicator. There are bars, or the words that say why not."""

    bars: tuple[Bar, ...]
    why_not: str
    facts: tuple[Fact, ...]
    guidance: str
    words: tuple[tuple[str, str], ...]


def on_screen(item: Item, content: Content, minimum_group: int) -> Room:
    """The indicator's figures as words and bars. `item` has been through disclosure: nothing withheld is in it."""
    asked = next(
        question for section in content.sections for question in section.questions if question.code == item.code
    )
    shown = item.score.mean is not None
    return Room(
        bars=_bars(item.score, content) if shown else (),
        why_not="" if shown else f"{indicator_withheld(item.score, minimum_group)}.",
        facts=tuple(_facts(item, content)),
        guidance=asked.guidance,
        words=asked.words,
    )


def _bars(score: IndicatorScore, content: Content) -> tuple[Bar, ...]:
    """A bar for each level, in the order in which members were offered them."""
    members, total = dict(score.level_counts), score.n or 1
    return tuple(
        Bar(f"{level.value}. {level.label}", members[level.value], 100 * members[level.value] // total)
        for level in content.levels
    )


def _facts(item: Item, content: Content) -> Iterator[Fact]:
    score = item.score
    if score.median is not None and score.mean is not None:
        yield Fact("Median", one_decimal(score.median))
        yield Fact("Average", f"{one_decimal(score.mean)}, from {score.n} who gave a level")
    labels = {choice.code: choice.label for choice in content.scale.non_scores}
    for code, members in score.non_score_counts:
        if members or code is NonScore.CANNOT_JUDGE:
            yield Fact(labels[code], f"{members} of {score.answered}{_share(code, score)}")
    if item.target is not None:
        yield Fact("Target", one_decimal(item.target))
    if item.last_time is not None:
        agreed = item.last_time
        yield Fact("Agreed last time", f"{agreed.level}. {agreed.label}")


def _share(code: NonScore, score: IndicatorScore) -> str:
    share = score.cannot_judge_share if code is NonScore.CANNOT_JUDGE else None
    return f" ({percentage(share)})" if share else ""
