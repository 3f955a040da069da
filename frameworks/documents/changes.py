"""What one version of a framework says otherwise than another, and what that means for trends. No database.

An indicator that keeps its code and its section stays comparable, however it was reworded; one that names what it
supersedes breaks the trend (product rule §2).
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from frameworks.documents.document import FrameworkDocument, IndicatorEntry
from frameworks.documents.in_words import Texts, indicators_in_words, parts_in_words
from frameworks.documents.word_diff import Run, word_diff


@dataclass(frozen=True, slots=True)
class TextChange:
    """`what` is the name of a field."""

    what: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class PartChange:
    """Something other than an indicator, such as a section or a level, and what of it changed."""

    where: str
    texts: tuple[TextChange, ...]


@dataclass(frozen=True, slots=True)
class IndicatorChange:
    """`replaces` are the codes of the version before that it names; `moved` says in words where to."""

    code: str
    section: str
    text: str
    replaces: tuple[str, ...] = ()
    moved: str = ""
    texts: tuple[TextChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """Indicators in the order of the version that they stand in. `comparable` are the codes that a trend rests on."""

    added: tuple[IndicatorChange, ...]
    removed: tuple[IndicatorChange, ...]
    replaced: tuple[IndicatorChange, ...]
    reworded: tuple[IndicatorChange, ...]
    moved: tuple[IndicatorChange, ...]  # and not reworded
    parts: tuple[PartChange, ...]
    comparable: tuple[str, ...]

    @property
    def any(self) -> bool:
        return bool(self.added or self.removed or self.replaced or self.reworded or self.moved or self.parts)


def compare_versions(before: FrameworkDocument, after: FrameworkDocument) -> Changes:
    """Everything that `after` says otherwise than `before`, save which version it is and whether it is published."""
    earlier = {entry.code for entry in before.indicators}
    replaced = [entry for entry in after.indicators if earlier & set(entry.supersedes)]
    named = {code for entry in replaced for code in (entry.code, *entry.supersedes)}
    kept = [entry for entry in after.indicators if entry.code in earlier - named]
    known = {entry.code for entry in kept} | named
    changed = _kept(before, after, kept)
    return Changes(
        added=_listed(after, (entry for entry in after.indicators if entry.code not in known)),
        removed=_listed(before, (entry for entry in before.indicators if entry.code not in known)),
        replaced=_listed(after, replaced),
        reworded=tuple(change for change in changed if change.texts),
        moved=tuple(change for change in changed if not change.texts),
        parts=_parts(parts_in_words(before, _renamed(before, after)), parts_in_words(after)),
        comparable=_comparable(before, after, kept),
    )


def _renamed(before: FrameworkDocument, after: FrameworkDocument) -> dict[str, str]:
    """Code of a section of `before` → of the one that takes its place, where one takes the place of one."""
    earlier = {section.code for section in before.sections}
    follows = {section.code: [old for old in section.supersedes if old in earlier] for section in after.sections}
    named = Counter(old for codes in follows.values() for old in codes)
    alone = {codes[0]: new for new, codes in follows.items() if len(codes) == 1 and new not in earlier}
    return {old: new for old, new in alone.items() if named[old] == 1}


def _comparable(before: FrameworkDocument, after: FrameworkDocument, kept: Sequence[IndicatorEntry]) -> tuple[str, ...]:
    """As trends have it: in the section where it was, or the one that takes its place, and on the same levels."""
    if [level.value for level in before.scale.levels] != [level.value for level in after.scale.levels]:
        return ()
    homes = {entry.code: entry.section for entry in before.indicators}
    lines = {section.code: {section.code, *section.supersedes} for section in after.sections}
    return tuple(entry.code for entry in kept if homes[entry.code] in lines[entry.section])


def _titles(document: FrameworkDocument) -> dict[str, str]:
    return {section.code: section.title for section in document.sections}


def _listed(document: FrameworkDocument, entries: Iterable[IndicatorEntry]) -> tuple[IndicatorChange, ...]:
    titles = _titles(document)
    return tuple(IndicatorChange(entry.code, titles[entry.section], entry.text, entry.supersedes) for entry in entries)


def _kept(
    before: FrameworkDocument, after: FrameworkDocument, kept: Sequence[IndicatorEntry]
) -> tuple[IndicatorChange, ...]:
    """What changed of the indicators that keep their code; those of which nothing did are left out."""
    titles, moves = _titles(after), _moves(before, after, [entry.code for entry in kept])
    was, now = indicators_in_words(before), indicators_in_words(after)
    changes = (
        IndicatorChange(
            entry.code,
            titles[entry.section],
            entry.text,
            moved=moves.get(entry.code, ""),
            texts=_texts(was[entry.code], now[entry.code]),
        )
        for entry in kept
    )
    return tuple(change for change in changes if change.texts or change.moved)


def _texts(before: Texts, after: Texts) -> tuple[TextChange, ...]:
    names = dict.fromkeys((*after, *before))
    pairs = ((name, before.get(name, ""), after.get(name, "")) for name in names)
    return tuple(TextChange(name, word_diff(old, new)) for name, old, new in pairs if old.split() != new.split())


def _parts(before: dict[str, Texts], after: dict[str, Texts]) -> tuple[PartChange, ...]:
    names = dict.fromkeys((*after, *before))
    changes = (PartChange(name, _texts(before.get(name, {}), after.get(name, {}))) for name in names)
    return tuple(change for change in changes if change.texts)


def _moves(before: FrameworkDocument, after: FrameworkDocument, kept: Sequence[str]) -> dict[str, str]:
    """Which of the `kept` codes stand elsewhere, and where: the fewest that explain the new order.

    A section that takes the place of others is no other place.
    """
    lines = {section.code: (section.code, *section.supersedes) for section in after.sections}
    was, now = _by_section(before, kept), _by_section(after, kept)
    homes = {code: section for section, codes in was.items() for code in codes}
    titles = _titles(before)
    moves: dict[str, str] = {}
    for section, codes in now.items():
        stayed = [code for code in codes if homes[code] in lines[section]]
        order = [code for one in lines[section] for code in was.get(one, ()) if code in stayed]
        in_order = _longest_rising([order.index(code) for code in stayed])
        moves |= {
            code: f"{'earlier' if place < order.index(code) else 'later'} in its section"
            for place, code in enumerate(stayed)
            if order.index(code) not in in_order
        }
        moves |= {code: f"from “{titles[homes[code]]}”" for code in codes if homes[code] not in lines[section]}
    return moves


def _by_section(document: FrameworkDocument, kept: Sequence[str]) -> dict[str, list[str]]:
    """The `kept` codes of each section, in their order."""
    wanted, sections = set(kept), {section.code: list[str]() for section in document.sections}
    for entry in sorted(document.indicators, key=lambda entry: entry.order):
        if entry.code in wanted:
            sections[entry.section].append(entry.code)
    return sections


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The members of a longest rising subsequence of distinct numbers (patience sorting)."""
    ends: list[int] = []  # the smallest number that a rising row of each length ends in
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(ends, number)
        before[number] = ends[place - 1] if place else None
        ends[place : place + 1] = [number]
    row, last = set[int](), ends[-1] if ends else None
    while last is not None:
        row.add(last)
        last = before[last]
    return row
