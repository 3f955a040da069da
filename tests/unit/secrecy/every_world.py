"""Small boards of which every world is played: all that members can have given, and what the portal then publishes.

Worlds with the same transcript look alike to a reader, who knows their own answers besides. The rules are open source,
so a transcript is all that the real rules publish, closing by closing: the figures, whether they were made anew or
stayed, and how the sides compare or that they do not. Who sits where, who came late and who gave nothing is taken as
known. Members of whom the same is known are not told apart, so a world is what each kind of them gave together.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement, product

from assessments.late_answers import Counted, answers_shown, first_answers
from assessments.scoring.types import IndicatorAsked, Level, NonScore, Scale, SectionAsked
from assessments.secrecy import Choice
from assessments.two_sides import two_sides

MINIMUM_GROUP = 3
Vector = tuple[Choice, ...]  # what a member gives at each closing
World = tuple[tuple[Vector, ...], ...]  # what the members of each kind give to one indicator
Reader = tuple[int, tuple[Vector, ...]] | None  # kind, and what they gave to each indicator; None gave nothing
Told = tuple[int, int, int, Choice]  # indicator, kind, closing and the one level that is possible


@dataclass(frozen=True)
class Kind:
    """So many members of whom the same is known."""

    size: int
    since: int = 0  # the closing from which on they have answered
    late: tuple[int, ...] = ()  # the closings before which they may have changed their answer
    group: str = "neither"

    def vectors(self, closings: int, choices: Sequence[Choice]) -> list[Vector]:
        """All that one of them can give."""
        made: list[Vector] = [()]
        for closing in range(closings):
            made = [(*vector, choice) for vector in made for choice in self._next(vector, closing, choices)]
        return made

    def _next(self, vector: Vector, closing: int, choices: Sequence[Choice]) -> Sequence[Choice]:
        if closing < self.since:
            return (None,)
        return choices if closing == self.since or closing in self.late else vector[-1:]


@dataclass(frozen=True)
class SmallBoard:
    kinds: tuple[Kind, ...]
    closings: int
    levels: int = 3
    non_scores: tuple[NonScore, ...] = (NonScore.CANNOT_JUDGE,)

    @property
    def choices(self) -> tuple[Choice, ...]:
        return (*range(1, self.levels + 1), *self.non_scores)

    @property
    def scale(self) -> Scale:
        return Scale("", tuple(Level(value, "", "") for value in range(1, self.levels + 1)), ())

    def worlds(self) -> Iterator[World]:
        """Of one indicator."""
        yield from product(
            *(
                combinations_with_replacement(kind.vectors(self.closings, self.choices), kind.size)
                for kind in self.kinds
            )
        )

    def publications(self, worlds: Sequence[World]) -> list[Counted]:
        """What each closing counts, in a world for each indicator."""
        return [
            Counted(
                sheets={
                    member: {
                        str(indicator): choice
                        for indicator, world in enumerate(worlds)
                        if (choice := world[kind][place][closing]) is not None
                    }
                    for member, (kind, place) in enumerate(self._members())
                    if self.kinds[kind].since <= closing
                },
                groups={member: self.kinds[kind].group for member, (kind, _) in enumerate(self._members())},
                late=frozenset(
                    member for member, (kind, _) in enumerate(self._members()) if closing in self._late(kind)
                ),
            )
            for closing in range(self.closings)
        ]

    def _members(self) -> list[tuple[int, int]]:
        return [(kind, place) for kind, those in enumerate(self.kinds) for place in range(those.size)]

    def _late(self, kind: int) -> tuple[int, ...]:
        those = self.kinds[kind]
        return (*those.late, those.since) if those.since else those.late

    def alike(self, kind: int, closing: int) -> list[int]:
        """The closings at which such a member gives the same as at this one, as everybody knows."""
        changes = [0, *sorted(self._late(kind)), self.closings]
        start = max(change for change in changes if change <= closing)
        return list(range(start, min(change for change in changes if change > closing)))


@dataclass(frozen=True)
class Transcript:
    """What is published, and for each indicator and closing the counts behind it."""

    seen: tuple[object, ...]
    counts: tuple[tuple[Counter[Choice], ...], ...]


def section_of(worlds: Sequence[World]) -> SectionAsked:
    """With an indicator for each."""
    asked = tuple(IndicatorAsked(str(indicator), "") for indicator in range(len(worlds)))
    return SectionAsked("", "", asked, Fraction(2))


def played(board: SmallBoard, worlds: Sequence[World]) -> Transcript:
    """What the portal publishes in a world for each indicator, which stand in one section."""
    section = section_of(worlds)
    codes = [indicator.code for indicator in section.indicators]
    publications = board.publications(worlds)
    sides = two_sides([section], first_answers(codes, publications), minimum_group=MINIMUM_GROUP)[0]
    shown = [
        answers_shown([section], publications[:closing], MINIMUM_GROUP, board.scale)
        for closing in range(1, board.closings + 1)
    ]
    counts = tuple(tuple(Counter(each[code].values()) for each in shown) for code in codes)
    seen = tuple(published(frozenset(each.items())) for of_one in counts for each in of_one)
    return Transcript((sides.difference, sides.based_on, *seen), counts)


@cache
def published(counts: frozenset[tuple[Choice, int]]) -> tuple[object, ...]:
    """As `disclosure` has it: all, or how many gave a level and the other answers, or nothing."""
    given = {choice: count for choice, count in counts if choice is not None}
    others = frozenset((choice, count) for choice, count in given.items() if not isinstance(choice, int))
    levels = sum(count for choice, count in given.items() if isinstance(choice, int))
    if levels >= MINIMUM_GROUP:
        return "all", frozenset(given.items())
    return ("some", levels, others) if sum(given.values()) >= MINIMUM_GROUP else ("none",)


def given_away(board: SmallBoard, histories: Iterator[tuple[World, ...]]) -> tuple[list[Told], Counter[str]]:
    """What some reader can tell beyond a plain distribution, and how often what was published.

    `histories`: all worlds for each indicator, at least all of those that may have the same transcript.
    """
    possible: dict[tuple[object, Reader], dict[tuple[int, int, int], set[Choice]]] = {}
    plain: dict[tuple[object, Reader], Transcript] = {}
    happened: Counter[str] = Counter()
    for worlds in histories:
        transcript = played(board, worlds)
        happened["worlds"] += 1
        happened["compared"] += transcript.seen[0] is not None
        happened["made anew"] += any(each[0] != each[-1] for each in transcript.counts)
        for reader in _readers(worlds):
            plain.setdefault((transcript.seen, reader), transcript)
            _note(possible.setdefault((transcript.seen, reader), defaultdict(set)), worlds, reader)
    told = [
        (*about, next(iter(choices)))
        for key, found in possible.items()
        for about, choices in found.items()
        if len(choices) == 1
        and isinstance(next(iter(choices)), int)
        and not _is_plain(board, about, choices, plain[key], key[1])
    ]
    return told, happened


def _readers(worlds: Sequence[World]) -> Iterator[Reader]:
    """Somebody without answers, and one of all members of whom the same is known and who gave the same."""
    yield None
    for kind in range(len(worlds[0])):
        for own in product(*(set(world[kind]) for world in worlds)):
            yield kind, own


def _note(possible: dict[tuple[int, int, int], set[Choice]], worlds: Sequence[World], reader: Reader) -> None:
    """Add what others give in these worlds."""
    for indicator, world in enumerate(worlds):
        for kind, vectors in enumerate(world):
            others = list(vectors)
            if reader is not None and reader[0] == kind:
                others.remove(reader[1][indicator])
            for vector in others:
                for closing, choice in enumerate(vector):
                    if choice is not None:
                        possible[indicator, kind, closing].add(choice)


def _is_plain(
    board: SmallBoard, about: tuple[int, int, int], choices: set[Choice], transcript: Transcript, reader: Reader
) -> bool:
    """Whether one published distribution alone says so: all but the reader gave that level."""
    indicator, kind, closing = about
    for each in board.alike(kind, closing):
        counts = transcript.counts[indicator][each].copy()
        if published(frozenset(counts.items()))[0] != "all":
            continue
        own = reader[1][indicator] if reader else ()
        counts.subtract(_counted(own, transcript.counts[indicator], each))
        if set(+counts) - {None} == choices:
            return True
    return False


def _counted(own: Vector, counts: Sequence[Counter[Choice]], closing: int) -> Mapping[Choice, int]:
    """What a reader's own answer adds to the figures shown then: those of the last closing that made them anew."""
    if not own:
        return {}
    while closing and counts[closing] == counts[closing - 1]:
        closing -= 1
    return {own[closing]: 1}


def same_at_first(board: SmallBoard) -> list[list[World]]:
    """The worlds of one indicator, by the figures that are published of it at first."""
    by_figures: dict[object, list[World]] = defaultdict(list)
    for world in board.worlds():
        counts = Counter(vector[0] for vectors in world for vector in vectors)
        by_figures[published(frozenset(counts.items()))].append(world)
    return list(by_figures.values())
