"""An organisation's colour on paper: whether text in it can be read on white, and the nearest shade that can be.

The rule is WCAG 2.2, success criterion 1.4.3, with its definitions of contrast ratio and relative luminance.
"""

import re

ENOUGH = 4.5  # to 1, for text of any size
HEX = r"#[0-9a-f]{6}"
SHORT_OR_LONG = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})")


class UnknownColour(ValueError):
    """It is not written as a colour."""


def colour_of(text: str) -> str:
    """A colour as "#005eb8", from how people write it: "005EB8", "#05b". Raises UnknownColour for anything else."""
    found = SHORT_OR_LONG.fullmatch(text.strip().lower())
    if not found:
        raise UnknownColour("Enter the colour as a hash and six digits or letters from a to f, such as #005eb8.")
    digits = found[1]
    return f"#{digits if len(digits) == 6 else ''.join(2 * digit for digit in digits)}"


def contrast_on_white(colour: str) -> float:
    """From 1 (white itself) to 21 (black)."""
    red, green, blue = (_linear(part) for part in _parts(colour))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def is_readable(colour: str) -> bool:
    """Whether text in it on white has contrast enough."""
    return contrast_on_white(colour) >= ENOUGH


def nearest_readable(colour: str) -> str:
    """The lightest shade on the way from the colour to black that can be read; the colour itself if it can be."""
    shades = (_mixed_with_black(colour, share) for share in range(255, -1, -1))
    return next(shade for shade in shades if is_readable(shade))


def why_unreadable(colour: str) -> str:
    """A sentence that says what is wrong and what would do; "" for a colour that can be read."""
    if is_readable(colour):
        return ""
    tenths = int(contrast_on_white(colour) * 10)  # cut, not rounded: what falls short never reads as enough
    return (
        f"Text in {colour} cannot be read well on white: its contrast is {tenths / 10} to 1, and {ENOUGH} to 1 is "
        f"needed. The nearest shade that can be read is {nearest_readable(colour)}."
    )


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def _linear(part: int) -> float:
    share = part / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def _mixed_with_black(colour: str, share: int) -> str:
    return f"#{bytes(part * share // 255 for part in _parts(colour)).hex()}"
