"""How long a board talks about what: the more an item is worth talking about, the longer, and all within the time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessments.queries.discussion import Item
from assessments.worth_talking import Why

OPENING, CLOSING = 5, 5  # minutes, at the least
DIVIDED, MIXED, OTHER = 8, 6, 4  # minutes that an item has
STRETCH = 2  # where there is time, an item has at most half as long again


@dataclass(frozen=True, slots=True)
class Timing:
    """An item with the minute at which it starts, and how many it has."""

    item: Item
    starts: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A discussion from its first minute to its last; `later` are the items for which there is no time."""

    opening: int
    items: tuple[Timing, ...]
    later: tuple[Item, ...]
    spare: int  # minutes for what members want to raise
    closing: int


def timings(items: Sequence[Item], minutes: int) -> Plan:
    """A plan of exactly `minutes` for `items` in their order, as many as there is time for.

    Raises ValueError when there is not even time to open and to close.
    """
    free = minutes - OPENING - CLOSING
    if free < 0:
        raise ValueError(f"{minutes} minutes are too few for a discussion")
    lengths = _that_fit([_usual(item) for item in items], free)
    longer = _stretched(lengths, free - sum(lengths))
    chosen = items[: len(longer)]
    starts = [OPENING + sum(longer[:place]) for place in range(len(longer))]
    return Plan(
        OPENING,
        tuple(Timing(*timed) for timed in zip(chosen, starts, longer, strict=True)),
        tuple(items[len(longer) :]),
        free - sum(longer),
        CLOSING,
    )


def _usual(item: Item) -> int:
    kinds = {reason.why for reason in item.reasons}
    if Why.DIVIDED in kinds:
        return DIVIDED
    return MIXED if kinds & {Why.MIXED, Why.NOT_JUDGED} else OTHER


def _that_fit(lengths: Sequence[int], free: int) -> list[int]:
    """The first of the lengths that fit one after the other; one that does not fit ends the list."""
    return [length for place, length in enumerate(lengths) if sum(lengths[: place + 1]) <= free]


def _stretched(lengths: Sequence[int], free: int) -> list[int]:
    """The lengths with the minutes that are left, one at a time from the first item on."""
    longer = list(lengths)
    for place in _in_turn(lengths, free):
        longer[place] += 1
    return longer


def _in_turn(lengths: Sequence[int], free: int) -> Iterator[int]:
    """Whose turn it is to get a minute, until there are no more or nobody may have another."""
    rounds = range(max(lengths, default=0))
    turns = [place for turn in rounds for place, length in enumerate(lengths) if turn < length // STRETCH]
    yield from turns[:free]
