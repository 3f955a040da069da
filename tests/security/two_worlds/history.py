"""A board's history at random, and its twin: other members' answers lie otherwise, and nothing published differs."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice
from random import Random
from typing import TypeVar

from assessments.scoring.types import NonScore
from tests.factories import Choice

INDICATORS = 4
LEVELS = (1, 2, 3, 4)
CHOICES: tuple[Choice, ...] = (*LEVELS, NonScore.CANNOT_JUDGE)
READERS = (0, 1)  # the lead, and a member with them: they see every page and know their own answers
JOINERS = (8, 9, 10)
MEMBERS = range(11)
STAGES = range(3)  # the round's closings
RARE = 1  # the indicator to which too few give a level

Item = TypeVar("Item")


@dataclass(frozen=True)
class Said:
    """What a member does about one indicator before a closing; an empty choice leaves the answer as it is."""

    choice: Choice = None
    comment: str = ""
    note: str = ""


World = Mapping[tuple[int, int, int], Said]  # (stage, member, indicator) → what is said


@dataclass(frozen=True)
class History:
    """What everybody may know: who takes part when, who submits when, and the smallest group. `world` is secret."""

    minimum_group: int
    submits: Mapping[int, frozenset[int]]  # stage → members
    world: World

    def answers(self, stage: int, member: int) -> dict[int, Said]:
        """Indicator → what the member says about it before that closing."""
        return {number: self.world[stage, member, number] for number in range(INDICATORS)}

    def trail(self, member: int, number: int) -> tuple[Said, ...]:
        return tuple(self.world[stage, member, number] for stage in STAGES)


def make_history(chance: Random) -> History:
    """Eight members at first, of whom one never submits; three more later; two reopenings."""
    submits = {0: frozenset(range(7))}
    for stage in STAGES[1:]:
        back = chance.sample(range(1, 7), chance.randint(0, 3))
        submits[stage] = frozenset([*back, *chance.sample(JOINERS, chance.randint(0, 3))])
    world: dict[tuple[int, int, int], Said] = {}
    for stage in STAGES:
        for member in MEMBERS:
            takes_part = member in submits[stage] or (member == 7 and stage == 0)
            for number in range(INDICATORS):
                before = [world[earlier, member, number].choice for earlier in range(stage)]
                world[stage, member, number] = _said(chance, before, number, member) if takes_part else Said()
    return History(chance.choice((3, 4, 5)), submits, world)


def _said(chance: Random, before: Sequence[Choice], number: int, member: int) -> Said:
    """Nobody comes back to an answer that they gave before: then it would not be late any more."""
    if chance.random() < (0.4 if any(before) else 0.1):
        return Said()
    levels = (NonScore.CANNOT_JUDGE,) if number == RARE and member not in (2, 4) else CHOICES
    choice = chance.choice([each for each in levels if each not in before] or [None])
    words = f"Comment {chance.random()}" if chance.random() < 0.3 else ""
    return Said(choice, words, f"Note {chance.random()}" if chance.random() < 0.3 else "")


def pairs(number: int) -> list[tuple[History, History]]:
    """So many histories and their twins, in which more than a dozen answers are others."""
    made = ((history, twin(history, chance)) for chance in map(Random, count()) for history in [make_history(chance)])
    return list(islice((pair for pair in made if _differences(*pair) > 12), number))


def _differences(one: History, other: History) -> int:
    return sum(said.choice != other.world[key].choice for key, said in one.world.items())


# --- the twin ---------------------------------------------------------------------------------------------------------


def twin(history: History, chance: Random) -> History:
    """The same history with another world that shows the same.

    Answers and comments change hands among members of whom the same is known; what is withheld, waits for others or
    was never submitted is made up anew.
    """
    world = dict(history.world)
    for number in range(INDICATORS):
        for member, trail in _changed(history, number, chance).items():
            world.update({(stage, member, number): said for stage, said in enumerate(trail)})
    return History(history.minimum_group, history.submits, world)


def _changed(history: History, number: int, chance: Random) -> dict[int, tuple[Said, ...]]:
    others = [member for member in MEMBERS if member not in READERS]
    hidden = _hidden(history)
    choices = {member: tuple(said.choice for said in history.trail(member, number)) for member in others}
    words = {member: tuple(said.comment for said in history.trail(member, number)) for member in others}
    choices = _exchanged(choices, lambda member: _known(history, hidden, member, choices[member]), chance)
    words = _exchanged(words, lambda member: _known(history, hidden, member, words[member]), chance)
    if _is_withheld(history, number):
        choices = {member: _other_levels(trail, chance) for member, trail in choices.items()}
    for stage, member in hidden:
        choices[member] = _made_up(choices[member], stage, chance)
        words[member] = tuple(
            f"Hidden {text}" if at >= stage and text else text for at, text in enumerate(words[member])
        )
    return {
        member: tuple(
            Said(choice, comment, f"Another {said.note}" if said.note else "")
            for choice, comment, said in zip(choices[member], words[member], history.trail(member, number), strict=True)
        )
        for member in others
    }


def _known(history: History, hidden: Iterable[tuple[int, int]], member: int, trail: Iterable[object]) -> Hashable:
    """What everybody may know of a member and an indicator; the side that a member is on goes by their number."""
    present = tuple(bool(each) for each in trail)
    submitted = tuple(member in history.submits[stage] for stage in STAGES)
    return member % 2, submitted, present, [pair for pair in hidden if pair[1] == member] == []


def _exchanged(
    trails: Mapping[int, tuple[Item, ...]], known: Callable[[int], Hashable], chance: Random
) -> dict[int, tuple[Item, ...]]:
    alike: dict[Hashable, list[int]] = {}
    for member in trails:
        alike.setdefault(known(member), []).append(member)
    exchanged: dict[int, tuple[Item, ...]] = {}
    for members in alike.values():
        given = [trails[member] for member in members]
        chance.shuffle(given)
        exchanged.update(zip(members, given, strict=True))
    return exchanged


def _hidden(history: History) -> list[tuple[int, int]]:
    """From which stage on a member's answers are in no figure: never submitted, or of too few late members."""
    waiting: dict[int, int] = {}
    for stage in STAGES[1:]:
        for member in history.submits[stage]:
            if any(said.choice is not None for said in history.answers(stage, member).values()):
                waiting.setdefault(member, stage)
        if len(waiting) >= 3:
            waiting = {}
    return [(0, 7), *((stage, member) for member, stage in waiting.items() if member not in READERS)]


def _is_withheld(history: History, number: int) -> bool:
    trails = [history.trail(member, number) for member in MEMBERS]
    return sum(any(isinstance(said.choice, int) for said in trail) for trail in trails) < history.minimum_group


def _other_levels(trail: tuple[Choice, ...], chance: Random) -> tuple[Choice, ...]:
    """Other levels in place of these; what differed still differs."""
    other: dict[Choice, Choice] = dict(zip(LEVELS, chance.sample(LEVELS, len(LEVELS)), strict=True))
    return tuple(other.get(choice, choice) for choice in trail)


def _made_up(trail: tuple[Choice, ...], stage: int, chance: Random) -> tuple[Choice, ...]:
    """Other choices from that closing on."""
    made: list[Choice] = []
    for at, choice in enumerate(trail):
        is_free = choice is not None and at >= stage
        made.append(chance.choice([each for each in CHOICES if each not in made]) if is_free else choice)
    return tuple(made)
