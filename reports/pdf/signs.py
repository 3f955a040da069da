"""Signs that no font has: PDF/UA-1 allows none to be drawn as an empty box (ISO 14289-1, 7.21.8)."""

import re

PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
SYMBOL_FONT = range(0xF020, 0xF100)  # where Word keeps the bullets and ticks of its symbol fonts
BULLET, UNKNOWN = "\N{BULLET}", "\N{REPLACEMENT CHARACTER}"


def with_known_signs(text: str) -> str:
    """The text with another sign for each of private use: a bullet for what is pasted out of a list of Word's."""
    return PRIVATE.sub(lambda found: BULLET if ord(found[0]) in SYMBOL_FONT else UNKNOWN, text)
