"""What was taken out of a text and put in, word by word. Plain Python."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

MOST_PAIRS = 1_000_000  # words before times words after; comparing more would keep a reader waiting


class Kind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that follow each other and fared alike."""

    kind: Kind
    words: str


def word_diff(before: str, after: str) -> tuple[Run, ...]:
    """The two texts as one row of runs: without what was added it reads `before`, without what was removed `after`.

    Only the words count; how the space between them is written does not. Of two very long texts, all is taken out and
    all put in.
    """
    old, new = before.split(), after.split()
    if old == new:
        return (Run(Kind.SAME, " ".join(old)),) if old else ()
    if len(old) * len(new) > MOST_PAIRS:
        return (Run(Kind.REMOVED, " ".join(old)), Run(Kind.ADDED, " ".join(new)))
    return tuple(_runs(old, new))


def _runs(before: list[str], after: list[str]) -> Iterator[Run]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            yield Run(Kind.SAME, " ".join(before[start:end]))
            continue
        if start < end:
            yield Run(Kind.REMOVED, " ".join(before[start:end]))
        if new_start < new_end:
            yield Run(Kind.ADDED, " ".join(after[new_start:new_end]))
