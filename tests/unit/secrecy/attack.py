"""What somebody can work out who sees all that is published and knows one member's answers: every world is tried.

Who gave nothing is known, and left out. Members of whom the same is known (side, whether late, whether counted from
the first) are counted together, so a world is a table: how many of each kind gave what. Of the rules it uses what they
make of facts that everybody knows: whose late answers may enter, and which sections can be compared. That figures stay
it does not use; `every_world` does.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import product

from assessments.late_answers import SMALLEST_BATCH, first_answers
from assessments.scoring.types import IndicatorScore
from assessments.secrecy import Choice
from assessments.two_sides import comparison_of
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
    """What was published of one indicator: figures at first, those that took their place, and what they are made of."""

    code: str
    before: IndicatorScore
    after: IndicatorScore | None
    first: Mapping[int, Choice]
    now: Mapping[int, Choice]
    late: frozenset[int]


def seen_of(board: Board, code: str) -> Seen:
    before, first = board.shown[0][code], board.given[0][code]
    for place, shown in enumerate(board.shown[1:], start=1):
        after = shown[code]
        if before.answered is None and after.answered == 0:  # said only now that enough members have responded
            before = after
        elif _figures(before) != _figures(after):
            late = frozenset[int]().union(*(each.late for each in board.publications[1 : place + 1]))
            return Seen(code, before, after, first, board.given[place][code], _entered(late, first))
    return Seen(code, before, None, first, first, frozenset())


def _entered(late: frozenset[int], first: Mapping[int, Choice]) -> frozenset[int]:
    """Late members whose answers now count: fewer than three who had given one keep it, as everybody knows."""
    changed = {member for member in late if first.get(member) is not None}
    return late if len(changed) >= SMALLEST_BATCH else late - changed


class Attack:
    """By `reader`, one of the members, or by somebody who gave no answers (None)."""

    def __init__(self, board: Board, reader: int | None) -> None:
        self.board, self.reader = board, reader
        self.first, self.groups = board.publications[0], board.publications[-1].groups
        self.seen = {code: seen_of(board, code) for code in board.codes}
        answers = first_answers(board.codes, board.publications)
        self.comparison = comparison_of(board.section, answers, board.minimum_group)

    def _kinds(self, seen: Seen) -> Counter[Kind]:
        """Sides tell members apart only where something is published of them."""
        return Counter(
            (
                self.groups[member] if self.comparison.is_made else "",
                member in seen.late,
                seen.first.get(member) is not None,
            )
            for member, choice in seen.now.items()
            if member != self.reader and choice is not None
        )

    def found(self) -> list[tuple[object, ...]]:
        """Indicator, kind of member, version and level of whatever is given away beyond a plain distribution."""
        worlds = {code: list(self._worlds(seen)) for code, seen in self.seen.items()}
        given_away: list[tuple[object, ...]] = []
        for code, seen in self.seen.items():
            possible = self._possible_gaps(code, worlds)
            consistent = [world for world in worlds[code] if world.gap in possible]
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
        """What the reader gave, at first and as it counts now."""
        reader = -1 if self.reader is None else self.reader  # no member's number
        first, now = (Counter([given.get(reader)]) for given in (seen.first, seen.now))
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

    def _possible_gaps(self, code: str, worlds: Mapping[str, Sequence[World]]) -> set[Fraction | None]:
        """With which the section's comparison can come out as it did, given some world for each other indicator.

        That none does, where everybody knows that one would if enough levels were there, is a trace as well.
        """
        sides, compared, gaps = self.board.sides, self.comparison.known, {world.gap for world in worlds[code]}
        if sides is None or not self.comparison.is_made or code not in compared:
            return gaps
        others = {(Fraction(0), 0)}
        for other in compared:
            if other != code:
                others = {_added(rest, gap) for rest in others for gap in {world.gap for world in worlds[other]}}
        return {
            gap for gap in gaps if any(_outcome(*_added(rest, gap), sides.of) == sides.difference for rest in others)
        }

    # --- what follows --------------------------------------------------------------------------------------------

    def _is_plain(self, seen: Seen, kind: Kind, version: str, choices: set[Choice]) -> bool:
        """Whether it follows from one published distribution alone, as it does where a board is unanimous."""
        own_first, own_now = self._own(seen)
        left = {"first": _left(seen.before, own_first)}
        if seen.after is not None:
            left["now"] = _left(seen.after, own_now)
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


def _left(scored: IndicatorScore, own: Counter[Choice]) -> set[Choice] | None:
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


def _added(so_far: tuple[Fraction, int], gap: Fraction | None) -> tuple[Fraction, int]:
    """Gaps in sum, and how many they are."""
    return so_far if gap is None else (so_far[0] + gap, so_far[1] + 1)


def _outcome(total: Fraction, compared: int, asked: int) -> Fraction | None:
    if 2 * compared < asked:
        return None
    exact = total / compared
    return Fraction((exact >= Fraction(1, 4)) - (exact <= Fraction(-1, 4)), 2)
