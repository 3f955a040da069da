"""Two versions side by side, of one framework or of two: what of the one is what of the other. No database.

Codes mean something between versions of one framework, and between a framework and the one whose place it takes.
Between any two, the same words are the same.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from frameworks.documents.document import FrameworkDocument, IndicatorEntry, SectionEntry
from frameworks.documents.words import digest_of_text

Followed = Mapping[str, tuple[str, ...]]  # code → earlier codes whose place it takes


class Relation(Enum):
    SAME = "Same words"
    REWORDED = "Same code, other words"
    SUPERSEDED = "Superseded by what stands on the right"
    SUPERSEDES = "Supersedes what stands on the right"
    SAME_WORDS = "Same words under another code"
    ONLY_LEFT = "Only on the left"
    ONLY_RIGHT = "Only on the right"


@dataclass(frozen=True, slots=True)
class Side:
    """A version, and what its sections and indicators take the place of."""

    document: FrameworkDocument
    sections: Followed
    indicators: Followed


@dataclass(frozen=True, slots=True)
class Item:
    """A section, whose text is its title, or an indicator. `home` is the code of its section, `section` the title."""

    code: str
    text: str
    home: str
    section: str
    follows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """One or both of two items; at least one is there. `moved` says in words where the right one now stands."""

    left: Item | None
    right: Item | None
    relation: Relation
    moved: str = ""

    @property
    def is_the_same(self) -> bool:
        return self.relation is Relation.SAME and not self.moved

    @property
    def in_words(self) -> str:
        return f"{self.relation.value}; {self.moved}" if self.moved else self.relation.value


@dataclass(frozen=True, slots=True)
class Group:
    """The sections of one row of the crosswalk, and their indicators."""

    code: str
    sections: tuple[Pair, ...]
    rows: tuple[Pair, ...]

    @property
    def title(self) -> str:
        first = self.sections[0]
        return (first.left or first.right).text  # type: ignore[union-attr]  # one of the two is there


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """`counts` says how many rows of indicators there are of each relation, in words."""

    groups: tuple[Group, ...]
    counts: tuple[tuple[str, int], ...]


def crosswalk(left: Side, right: Side) -> Crosswalk:
    """Every section and every indicator of both, those of the left in their order."""
    related = _are_related(left.document, right.document)
    sections = _pairs(_sections(left), _sections(right), related)
    places = {(pair.left.code, pair.right.code) for pair in sections if pair.left and pair.right}
    pairs = _pairs(_indicators(left), _indicators(right), related)
    rows = [_placed(pair, places) if related else pair for pair in pairs]
    counts = Counter(row.relation for row in rows)
    moved = sum(bool(row.moved) for row in rows)
    said = [(relation.value, counts[relation]) for relation in Relation if counts[relation]]
    return Crosswalk(
        tuple(_groups(sections, rows)), (*said, ("Moved to another section", moved)) if moved else tuple(said)
    )


def _are_related(left: FrameworkDocument, right: FrameworkDocument) -> bool:
    one, other = left.framework, right.framework
    return one.code in {other.code, other.supersedes} or other.code == one.supersedes


def _sections(side: Side) -> list[Item]:
    return [_section(entry, side.sections) for entry in side.document.sections]


def _section(entry: SectionEntry, followed: Followed) -> Item:
    return Item(entry.code, entry.title, entry.code, entry.title, followed.get(entry.code, ()))


def _indicators(side: Side) -> list[Item]:
    titles = {section.code: section.title for section in side.document.sections}
    return [_indicator(entry, titles, side.indicators) for entry in side.document.indicators]


def _indicator(entry: IndicatorEntry, titles: Mapping[str, str], followed: Followed) -> Item:
    return Item(entry.code, entry.text, entry.section, titles[entry.section], followed.get(entry.code, ()))


def _pairs(left: Sequence[Item], right: Sequence[Item], related: bool) -> list[Pair]:
    """Each item of both sides at least once; what takes the place of several stands in several pairs."""
    by_code: dict[str, list[Pair]] = {item.code: [] for item in left}
    for pair in _by_code(left, right) if related else ():
        by_code[pair.left.code].append(pair)  # type: ignore[union-attr]  # both are there
    found = {pair.right.code for pairs in by_code.values() for pair in pairs if pair.right}
    others = {digest_of_text(item.text): item for item in reversed(right) if item.code not in found}
    for item in left:
        twin = None if by_code[item.code] else others.pop(digest_of_text(item.text), None)
        if twin:
            found.add(twin.code)
            same = twin.code == item.code
            by_code[item.code] = [Pair(item, twin, Relation.SAME if same else Relation.SAME_WORDS)]
    kept = [pair for item in left for pair in by_code[item.code] or [Pair(item, None, Relation.ONLY_LEFT)]]
    return [*kept, *(Pair(None, item, Relation.ONLY_RIGHT) for item in right if item.code not in found)]


def _by_code(left: Sequence[Item], right: Sequence[Item]) -> Iterator[Pair]:
    """Pairs that codes make: the same one on both sides, or one that names the other."""
    there, here = {item.code: item for item in right}, {item.code: item for item in left}
    for item in left:
        if twin := there.get(item.code):
            same = digest_of_text(item.text) == digest_of_text(twin.text)
            yield Pair(item, twin, Relation.SAME if same else Relation.REWORDED)
        yield from (Pair(item, there[code], Relation.SUPERSEDES) for code in item.follows if code in there)
    for item in right:
        yield from (Pair(here[code], item, Relation.SUPERSEDED) for code in item.follows if code in here)


def _placed(pair: Pair, places: set[tuple[str, str]]) -> Pair:
    """The same, saying so where the two stand in sections that are not the same."""
    if pair.left is None or pair.right is None or (pair.left.home, pair.right.home) in places:
        return pair
    return Pair(pair.left, pair.right, pair.relation, f"moved to “{pair.right.section}”")


def _groups(sections: Sequence[Pair], rows: Sequence[Pair]) -> Iterator[Group]:
    """By the section on the left; what is on the right only stands with the section that its own is paired with."""
    homes = {pair.right.code: pair.left.code for pair in reversed(sections) if pair.left and pair.right}
    heads: dict[str, list[Pair]] = {}
    for pair in sections:
        heads.setdefault(f"left-{pair.left.code}" if pair.left else f"right-{pair.right.code}", []).append(pair)  # type: ignore[union-attr]
    inside: dict[str, list[Pair]] = {code: [] for code in heads}
    for row in rows:
        home = row.left.home if row.left else homes.get(row.right.home)  # type: ignore[union-attr]
        inside[f"left-{home}" if home else f"right-{row.right.home}"].append(row)  # type: ignore[union-attr]
    for code, head in heads.items():
        yield Group(code, tuple(head), tuple(inside[code]))
