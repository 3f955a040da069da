"""What was taken out of a text and put in, word by word. Plain Python."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


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

    Only the words count; how the space between them is written does not.
    """
    return tuple(_runs(before.split(), after.split()))


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
