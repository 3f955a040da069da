"""A colour on white: the ratio of WCAG, what is refused, and the nearest shade that is not."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reports.look.colours import (
    ENOUGH,
    HEX,
    UnknownColour,
    colour_of,
    contrast_on_white,
    is_readable,
    nearest_readable,
    why_unreadable,
)

COLOURS = st.binary(min_size=3, max_size=3).map(lambda parts: f"#{parts.hex()}")


@pytest.mark.parametrize(
    ("written", "colour"),
    [("#005EB8", "#005eb8"), ("005eb8", "#005eb8"), (" #05b ", "#0055bb"), ("fff", "#ffffff")],
)
def test_a_colour_however_it_is_written(written: str, colour: str) -> None:
    assert colour_of(written) == colour


@pytest.mark.parametrize("written", ["", "blue", "#12345", "#0055bb;}", "##05b", "#05b\n#05b", "#\u0660\u0661\u0662"])
def test_what_is_no_colour(written: str) -> None:
    with pytest.raises(UnknownColour):
        colour_of(written)


@pytest.mark.parametrize(
    ("colour", "ratio"),
    [("#ffffff", 1), ("#000000", 21), ("#005eb8", 6.38), ("#767676", 4.54), ("#777777", 4.48), ("#ff0000", 4.0)],
)
def test_contrast_as_published_checkers_give_it(colour: str, ratio: float) -> None:
    assert contrast_on_white(colour) == pytest.approx(ratio, abs=0.01)
    assert is_readable(colour) is (ratio >= ENOUGH)


def test_what_is_said_of_a_colour_that_is_too_light() -> None:
    assert why_unreadable("#005eb8") == ""
    said = why_unreadable("#777777")
    assert "4.4 to 1" in said
    assert "#767676" in said


@given(COLOURS)
@example("#ffffff")
@example("#000000")
def test_the_nearest_shade_can_be_read_and_is_the_lightest(colour: str) -> None:
    nearest = nearest_readable(colour)
    assert re.fullmatch(HEX, nearest)
    assert is_readable(nearest)
    assert (nearest == colour) is is_readable(colour)
    parts, found = bytes.fromhex(colour[1:]), bytes.fromhex(nearest[1:])
    assert all(shade <= part for shade, part in zip(found, parts, strict=True))
    shades = (bytes(part * share // 255 for part in parts) for share in range(256))
    assert not any(is_readable(f"#{shade.hex()}") for shade in shades if sum(shade) > sum(found))
