"""How far apart two sides can be said to be without telling what a member answered, as everybody can reckon it.

Whole-board figures are published, and who sits on which side and who gave nothing is taken as known. Hidden is who gave
what. Take any reader, who knows their own answers, and any other member, and suppose what this one gave: if the other
answers can still be handed out so that executives come out lower by so much, and so that they come out higher by so
much, then neither of these, nor anything in between, tells what that member gave. Standard library only.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations_with_replacement, product

Range = tuple[Fraction, Fraction]  # the least and the most that executives' mean is above non-executives'
Pin = tuple[int, int | None]  # somebody's side, and the place of their level among those left; None: not a level
SIDES = EXECUTIVE, NON_EXECUTIVE, NEITHER = range(3)
LOWEST, HIGHEST = 0, -1
WITHOUT: tuple[Pin, ...] = tuple(product(SIDES, (None,)))
# What pulls executives up the most, and down: whoever is on neither side leaves more room, whatever they gave.
UP: tuple[Pin, ...] = ((EXECUTIVE, HIGHEST), (NON_EXECUTIVE, LOWEST))
DOWN: tuple[Pin, ...] = ((EXECUTIVE, LOWEST), (NON_EXECUTIVE, HIGHEST))


@dataclass(frozen=True, slots=True)
class Known:
    """What everybody knows of the answers to one indicator."""

    levels: tuple[int, ...]  # in ascending order
    unscored: int  # how many gave no level; on which side they are is not known
    sizes: tuple[int, int, int]  # how many answered, of each of `SIDES`
    minimum_group: int

    def surely_counts(self) -> bool:
        """Whether enough members of either side gave a level, whoever did not."""
        return min(self.sizes[:2]) - self.unscored >= self.minimum_group

    def may_be_compared(self) -> bool:
        """Whether no reader can tell that a side has too few levels, nor that it has enough tells who gave none.

        That would tell where all levels but one, or all, are the same: whoever gave one gave this one.
        """
        are_alike = len({*self.levels[1:]}) <= 1 or len({*self.levels[:-1]}) <= 1
        return not (self.unscored and are_alike) and leeway(self, 2) is not None


@dataclass(frozen=True, slots=True)
class Leeway:
    """What is attainable whatever some members gave."""

    least: Fraction
    most: Fraction
    step: Fraction  # so close lies the next higher one, always


def attainable(alone: Sequence[Leeway | None], beside: Sequence[Leeway | None]) -> Range | None:
    """What the mean over indicators can be, whatever a reader gave and another member gave to one of them.

    For each indicator what is attainable `alone`, whatever the reader gave, and `beside`, whatever both gave. None when
    one is not known, or something in between, wider than half a level, may not be attainable.
    """
    number, pairs = len(alone), [(one, two) for one, two in zip(alone, beside, strict=True) if one and two]
    if len(pairs) < number or 2 * max(two.step for _, two in pairs) >= number:
        return None
    least = sum((one.least for one, _ in pairs), Fraction(0)) + max(two.least - one.least for one, two in pairs)
    most = sum((one.most for one, _ in pairs), Fraction(0)) - max(one.most - two.most for one, two in pairs)
    return least / number, most / number


@lru_cache(maxsize=1024)
def leeway(known: Known, members: int) -> Leeway | None:
    """What is attainable for one indicator, whatever so many members gave; None if a side may have too few levels."""
    if members >= min(known.sizes[:2]):
        return None
    up, down = ([_range(known, pins, members) for pins in _supposed(known, members, ends)] for ends in (UP, DOWN))
    if None in up or None in down:
        return None
    apart = (high - low for low, high in zip(known.levels, known.levels[members + 1 :], strict=False))
    return Leeway(
        least=max(range_[0] for range_ in up if range_),
        most=min(range_[1] for range_ in down if range_),
        step=Fraction(2 * max(apart, default=0), known.minimum_group),
    )


def _supposed(known: Known, members: int, ends: Sequence[Pin]) -> Iterator[Sequence[Pin]]:
    """All that up to so many members may have given, as far as it matters."""
    kinds = (*ends, *WITHOUT) if known.unscored else ends
    for number in range(members + 1):
        for pins in combinations_with_replacement(kinds, number):
            without = sum(place is None for _, place in pins)
            seated = Counter(side for side, place in pins)
            is_possible = without <= known.unscored and len(pins) - without <= len(known.levels)
            if is_possible and all(seated[side] <= known.sizes[side] for side in SIDES):
                yield pins


def _range(known: Known, pins: Sequence[Pin], members: int) -> Range | None:
    """The least and the most with these answers supposed; None when a side has too few levels then."""
    free, seats, scored, total = list(known.levels), list(known.sizes), list(known.sizes), [0, 0, 0]
    unscored = known.unscored
    for side, place in pins:
        seats[side] -= 1
        if place is None:
            scored[side], unscored = scored[side] - 1, unscored - 1
        else:
            total[side] += free.pop(place)
    _seat(unscored, seats, scored, max(0, known.sizes[NEITHER] - members))
    if min(scored[:2]) < known.minimum_group or min(seats) < 0:
        return None
    here, there, last = seats[EXECUTIVE], seats[NON_EXECUTIVE], len(free)
    least = _gap(total, scored, sum(free[:here]), sum(free[last - there :]))
    most = _gap(total, scored, sum(free[last - here :]), sum(free[:there]))
    return least, most


def _seat(unscored: int, seats: list[int], scored: list[int], neither: int) -> None:
    """Take the places of those without a level: so many on neither side, the rest where most are left."""
    seats[NEITHER] -= min(unscored, neither)
    for _ in range(unscored - neither):
        side = EXECUTIVE if scored[EXECUTIVE] >= scored[NON_EXECUTIVE] else NON_EXECUTIVE
        seats[side], scored[side] = seats[side] - 1, scored[side] - 1


def _gap(total: Sequence[int], scored: Sequence[int], executives: int, others: int) -> Fraction:
    here, there = scored[EXECUTIVE], scored[NON_EXECUTIVE]
    return Fraction((total[0] + executives) * there - (total[1] + others) * here, here * there)
