"""Whether two distributions, compared, tell what one member answered (docs/SCORING.md, "After a reopening").

The figures are known, and so is who is late: whose answers came or may have changed in between. Who gave nothing is
taken as known as well, and a reader knows their own answers. What is hidden is whose the others are. Those who are not
late gave the same both times, so what they hold is in both distributions; but for that, any way to hand the answers out
can be the true one. Standard library only.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from assessments.scoring.types import NonScore

Choice = int | NonScore | None  # a level, a non-score, or nothing
Answers = tuple["Given", ...]
Counts = Counter[Choice | str]
ANYTHING = "anything"  # stands for what a withheld figure does not tell apart


@dataclass(frozen=True, slots=True)
class Given:
    """What one member gave for one indicator, at the first publication and at the one that may follow.

    Whoever is not late has the same answer in both, and everybody knows it.
    """

    group: str
    first: Choice
    now: Choice
    is_late: bool = False


def keeps_secrets(answers: Answers, minimum_group: int) -> bool:
    """Whether no reader could tell another member's level, first or now, were the figures now published too.

    Only the figures decide, and what everybody knows: were it looked at whose answers they are, then that they are
    published would tell more than they do. What one distribution tells alone is left aside: a board that is unanimous,
    but for the reader perhaps, has no secret to keep. One of fewer levels than `minimum_group` is not published, and
    does not take the place of one that was.
    """
    first = [given.first for given in answers if given.first is not None]
    now = [given.now for given in answers if given.now is not None]
    if _levels(now) < minimum_group:
        return _levels(first) < minimum_group
    shown = _as_published(first, minimum_group)
    kept = sum(not given.is_late and given.first is not None for given in answers)
    known = _Known(Counter(map(shown, first)), Counter(now), kept, shown)
    return not any(rest.tells_a_level() for rest in _from_each_reader(known, answers))


def fixed_by(answers: Answers) -> int:
    """How many of the answers given first two distributions fix to late members, whatever a reader and another gave.

    None when no late member had given one. Else those given less often now, since nobody else can have held them, and
    one more: what the reader gives now may be another.
    """
    if all(given.first is None for given in answers if given.is_late):
        return 0
    first = Counter(given.first for given in answers if given.first is not None)
    now = Counter(given.now for given in answers if given.now is not None)
    return (first - now).total() + 1


def _levels(choices: Collection[Choice]) -> int:
    return sum(isinstance(choice, int) for choice in choices)


def _as_published(first: Collection[Choice], minimum_group: int) -> Callable[[Choice | str], Choice | str]:
    """What the figures at first tell of an answer: all, only whether it was a level, or nothing."""
    if _levels(first) >= minimum_group:
        return lambda choice: choice
    if len(first) >= minimum_group:
        return lambda choice: ANYTHING if isinstance(choice, int) else choice
    return lambda choice: ANYTHING


@dataclass(frozen=True, slots=True)
class _Known:
    """How often each answer was given at first and now, as far as that is shown; `kept` gave the same both times."""

    first: Counts
    now: Counts
    kept: int
    shown: Callable[[Choice | str], Choice | str]  # what was shown at first of an answer
    as_first: Counts = field(init=False)  # the answers now, as they would have been shown at first
    spare: int = field(init=False)  # how many more could have given the same twice; below 0 the counts contradict

    def __post_init__(self) -> None:
        as_first: Counts = Counter()
        for choice, count in self.now.items():
            as_first[self.shown(choice)] += count
        object.__setattr__(self, "as_first", as_first)
        both = sum(min(count, as_first[choice]) for choice, count in self.first.items())
        object.__setattr__(self, "spare", both - self.kept)

    def without(self, first: Choice | str, now: Choice | str, kept: bool) -> "_Known":
        """What is left for somebody who gave these answers."""
        one, other = self.first.copy(), self.now.copy()
        for counts, own in ((one, first), (other, now)):
            if own is not None:
                counts[own] -= 1
                if not counts[own]:
                    del counts[own]
        return _Known(one, other, self.kept - kept, self.shown)

    def tells_a_level(self) -> bool:
        """Whether members of whom the same is known must all have given one level, and no distribution alone says so.

        Of those who kept their answer, it must be in both distributions. A late member can have given whatever those
        who kept theirs can do without.
        """
        first, as_first, shown = self.first, self.as_first, self.shown
        kept = [choice for choice in self.now if first[shown(choice)]] if self.kept else []
        late_first = [choice for choice in first if self.spare or first[choice] > as_first[choice]]
        late_now = [choice for choice in self.now if self.spare or as_first[shown(choice)] > first[shown(choice)]]
        first_tells, now_tells = len(first) == 1, len(self.now) == 1
        return (
            (_is_one_level(kept) and not now_tells and not _is_one_level(first))
            or (_is_one_level(late_first) and not first_tells)
            or (_is_one_level(late_now) and not now_tells)
        )


def _is_one_level(choices: Collection[Choice | str]) -> bool:
    return len(choices) == 1 and isinstance(next(iter(choices)), int)


def _from_each_reader(known: _Known, answers: Answers) -> Iterator[_Known]:
    """What is known to somebody without answers, and to each member whatever they may have given."""
    yield known
    owns: list[tuple[Choice | str, Choice | str, bool]] = []
    if known.kept:
        owns += [(known.shown(choice), choice, True) for choice in known.now if known.first[known.shown(choice)]]
    for had, has in {(given.first is not None, given.now is not None) for given in answers if given.is_late}:
        firsts: list[Choice | str] = list(known.first) if had else [None]
        owns += [(first, now, False) for first in firsts for now in (known.now if has else [None])]
    rests = (known.without(*own) for own in owns)
    yield from (rest for rest in rests if rest.spare >= 0)
