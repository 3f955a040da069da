"""What somebody can work out who sees all that is published and knows one member's answers: every world is tried.

Who gave nothing is known, and left out. Members of whom the same is known (side, whether late, whether counted from
the first) are counted together, so a world is a table: how many of each kind gave what. Nothing here knows the rules by
which figures are withheld.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import product
from math import floor

from assessments.late_answers import Counted
from assessments.scoring.types import IndicatorScore
from assessments.secrecy import Choice
from tests.unit.secrecy.boards import CATEGORIES, SCALE, Board

LEVELS = [level.value for level in SCALE.levels]
GIVEN = [choice for choice in CATEGORIES if choice is not None]  # the levels first
Kind = tuple[str, bool, bool]  # group, is late, was counted from the first
Table = dict[Kind, Counter[Choice]]
Possible = dict[tuple[Kind, str], set[Choice]]  # kind and version → what its members may have given


@dataclass(frozen=True)
class World:
    """One way in which an indicator's answers may lie, as far as anybody can tell."""

    first: Table
    now: Table
    gap: Fraction | None


def readers_of(board: Board) -> list[int | None]:
    """Somebody without answers, and one of all members of whom everything is the same."""
    last, first = board.publications[-1], board.publications[0]
    alike = {
        (last.groups[member], first.sheets.get(member) == sheet, str(first.sheets.get(member)), str(sheet)): member
        for member, sheet in last.sheets.items()
    }
    return [None, *alike.values()]


@dataclass(frozen=True)
class Seen:
    """What was published of one indicator: figures at first, those that took their place, and with which closing."""

    code: str
    before: IndicatorScore
    after: IndicatorScore | None
    now: Counted
    late: frozenset[object]


def seen_of(board: Board, code: str) -> Seen:
    before = board.shown[0][code]
    for place, shown in enumerate(board.shown[1:], start=1):
        after = shown[code]
        if before.answered is None and after.answered == 0:  # said only now that enough members have responded
            before = after
        elif _figures(before) != _figures(after):
            late = frozenset[object]().union(*(each.late for each in board.publications[1 : place + 1]))
            return Seen(code, before, after, board.publications[place], late)
    return Seen(code, before, None, board.publications[0], frozenset())


class Attack:
    """By `reader`, one of the members, or by somebody who gave no answers (None)."""

    def __init__(self, board: Board, reader: int | None) -> None:
        self.board, self.reader = board, reader
        self.first = board.publications[0]
        self.seen = {code: seen_of(board, code) for code in board.codes}

    def _kinds(self, seen: Seen) -> Counter[Kind]:
        """Sides tell members apart only where something is published of them."""
        are_compared = bool(self.board.sides and self.board.sides.based_on)
        return Counter(
            (
                seen.now.groups[member] if are_compared else "",
                member in seen.late,
                self.first.sheets.get(member, {}).get(seen.code) is not None,
            )
            for member, sheet in seen.now.sheets.items()
            if member != self.reader and sheet.get(seen.code) is not None
        )

    def found(self) -> list[tuple[object, ...]]:
        """Indicator, kind of member, version and level of whatever is given away beyond a plain distribution."""
        worlds = {code: list(self._worlds(seen)) for code, seen in self.seen.items()}
        given_away: list[tuple[object, ...]] = []
        for code, seen in self.seen.items():
            consistent = [world for world in worlds[code] if self._fits(code, world.gap, worlds)]
            assert consistent, "the true world is always one of them"
            given_away += [
                (code, kind, version, *choices)
                for (kind, version), choices in _possible(consistent).items()
                if len(choices) == 1 and choices <= set(LEVELS) and not self._is_plain(seen, kind, version, choices)
            ]
        return given_away

    # --- worlds --------------------------------------------------------------------------------------------------

    def _worlds(self, seen: Seen) -> Iterator[World]:
        kinds = self._kinds(seen)
        counted = {kind: size for kind, size in kinds.items() if kind[2]}
        own_first, own_now = self._own(seen)
        columns = list(_columns(seen.before, own_first, sum(counted.values())))
        if seen.after is None:
            for table in _tables(counted, columns):
                yield World(table, {}, self._gap(table, own_first))
            return
        for one, other in product(columns, list(_columns(seen.after, own_now, sum(kinds.values())))):
            for stayed, first, now in _both(kinds, one, other):
                yield World(stayed | first, stayed | now, self._gap(stayed | first, own_first))

    def _own(self, seen: Seen) -> tuple[Counter[Choice], Counter[Choice]]:
        """What the reader gave, at first and at the closing that made the figures anew."""
        reader = -1 if self.reader is None else self.reader  # no member's number
        at = [publication.sheets.get(reader) for publication in (self.first, seen.now)]
        first, now = (Counter([(sheet or {}).get(seen.code)]) for sheet in at)
        del first[None], now[None]
        return first, now

    # --- the two sides -------------------------------------------------------------------------------------------

    def _gap(self, table: Table, own: Counter[Choice]) -> Fraction | None:
        means = []
        for side in ("executive", "non_executive"):
            levels = Counter[Choice]()
            for kind, choices in table.items():
                levels += choices if kind[0] == side else Counter()
            if self.reader is not None and self.first.groups.get(self.reader) == side:
                levels += own
            number = sum(levels[level] for level in LEVELS)
            if number < self.board.minimum_group:
                return None
            means.append(Fraction(sum(level * levels[level] for level in LEVELS), number))
        return means[0] - means[1]

    def _fits(self, code: str, gap: Fraction | None, worlds: Mapping[str, Sequence[World]]) -> bool:
        """Whether the section's comparison can come out as published, with some world for each other indicator."""
        sides = self.board.sides
        if sides is None or sides.difference is None:
            return True
        others = [{world.gap for world in worlds[other]} for other in self.board.codes if other != code]
        return any(_comparison([gap, *rest]) == (sides.difference, sides.based_on) for rest in product(*others))

    # --- what follows --------------------------------------------------------------------------------------------

    def _is_plain(self, seen: Seen, kind: Kind, version: str, choices: set[Choice]) -> bool:
        """Whether it follows from one published distribution alone, as it does where a board is unanimous."""
        own_first, own_now = self._own(seen)
        left = {"first": _left(seen.before, own_first, len(self.first.sheets))}
        if seen.after is not None:
            left["now"] = _left(seen.after, own_now, len(seen.now.sheets))
        return any(left.get(each) == choices for each in ([version] if kind[1] else left))


def _possible(worlds: Sequence[World]) -> Possible:
    possible: Possible = {}
    for world in worlds:
        for version, table in (("first", world.first), ("now", world.now)):
            for kind, choices in table.items():
                possible.setdefault((kind, version), set()).update(+choices)
    return {key: choices for key, choices in possible.items() if choices}


def _both(
    kinds: Mapping[Kind, int], one: Counter[Choice], other: Counter[Choice]
) -> Iterator[tuple[Table, Table, Table]]:
    """What those gave who are not late; what late members gave at first; all that late members may have given then."""
    kept = {kind: size for kind, size in kinds.items() if not kind[1]}
    late = {kind: size for kind, size in kinds.items() if kind[1]}
    late_first = {kind: size for kind, size in late.items() if kind[2]}
    for stayed in _tables(kept, _within(sum(kept.values()), one & other)):
        used = sum(stayed.values(), Counter[Choice]())
        now = _merged(list(_tables(late, [other - used])))
        if now is not None:
            for first in _tables(late_first, [one - used]):
                yield stayed, first, now


def _figures(scored: IndicatorScore) -> tuple[object, ...]:
    return scored.level_counts, scored.non_score_counts, scored.answered, scored.n


def _left(scored: IndicatorScore, own: Counter[Choice], members: int) -> set[Choice] | None:
    """All that the others gave, as the distribution alone shows it; None when it is withheld."""
    if not scored.level_counts or scored.answered is None:
        return None
    counts: Counter[Choice] = Counter()
    counts.update(dict(scored.level_counts))
    counts.update(dict(scored.non_score_counts))
    return set(counts - own)


def _columns(scored: IndicatorScore, own: Counter[Choice], members: int) -> Iterator[Counter[Choice]]:
    """What the other `members` may have given together, by what is published; each has given something."""
    published: dict[Choice, int] = dict([*scored.level_counts, *scored.non_score_counts])
    left = [published[choice] - own[choice] if choice in published else None for choice in GIVEN]
    own_levels = sum(own[level] for level in LEVELS)
    for counts in _splits(members, len(GIVEN)):
        if any(known not in (None, count) for known, count in zip(left, counts, strict=True)):
            continue
        answered, levels = members + sum(own.values()), sum(counts[: len(LEVELS)]) + own_levels
        if scored.answered is None or (answered, levels) == (scored.answered, scored.n):
            yield Counter({choice: count for choice, count in zip(GIVEN, counts, strict=True) if count})


@cache
def _splits(total: int, parts: int) -> list[tuple[int, ...]]:
    if parts == 1:
        return [(total,)]
    return [(here, *rest) for here in range(total + 1) for rest in _splits(total - here, parts - 1)]


def _within(total: int, room: Counter[Choice]) -> Iterator[Counter[Choice]]:
    """What `total` members may have given, with no more of any choice than there is room for."""
    caps = [room[choice] for choice in CATEGORIES]
    for counts in _capped(total, caps):
        yield Counter({choice: count for choice, count in zip(CATEGORIES, counts, strict=True) if count})


def _capped(total: int, caps: Sequence[int]) -> Iterator[tuple[int, ...]]:
    cap, *rest = caps
    if not rest:
        if total <= cap:
            yield (total,)
        return
    for here in range(max(0, total - sum(rest)), min(cap, total) + 1):
        for after in _capped(total - here, rest):
            yield (here, *after)


def _tables(
    kinds: Mapping[Kind, int], columns: Iterator[Counter[Choice]] | Sequence[Counter[Choice]]
) -> Iterator[Table]:
    """Every way to hand each of `columns` out to members of `kinds`."""
    for column in columns:
        if sum(column.values()) == sum(kinds.values()):
            yield from _handed_out(list(kinds.items()), column)


def _handed_out(kinds: list[tuple[Kind, int]], column: Counter[Choice]) -> Iterator[Table]:
    if not kinds:
        yield {}
        return
    (kind, size), *rest = kinds
    if not rest:
        yield {kind: column}
        return
    for made in _within(size, column):
        for table in _handed_out(rest, column - made):
            yield {kind: made} | table


def _merged(tables: Sequence[Table]) -> Table | None:
    """One table that holds all that any of them holds: what came late is in no figure of the two sides."""
    merged: Table = {}
    for table in tables:
        for kind, choices in table.items():
            merged[kind] = merged.get(kind, Counter()) | choices
    return merged if tables else None


def _comparison(gaps: Sequence[Fraction | None]) -> tuple[Fraction | None, int]:
    compared = [gap for gap in gaps if gap is not None]
    if not compared:
        return None, 0
    exact = sum(compared, Fraction(0)) / len(compared)
    halves = floor(abs(exact) * 2 + Fraction(1, 2))
    return (halves if exact >= 0 else -halves) * Fraction(1, 2), len(compared)
