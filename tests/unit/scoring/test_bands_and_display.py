"""Words and rounded text for figures."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from assessments.scoring import agreement_for, band_for, one_decimal, percentage, score_in_words, signed
from assessments.scoring.bands import band_place
from assessments.scoring.display import nearest_per_cent
from assessments.scoring.types import Agreement, Band, Scale
from tests.unit.scoring.scoring_builders import ONE_TO_FIVE, SCALES, scale_of


@pytest.mark.parametrize(
    ("score", "band"),
    [
        ("1", "Not yet in place"),
        ("1.949", "Not yet in place"),
        ("1.95", "Developing"),  # printed as 2.0: the figure as printed decides
        ("2", "Developing"),
        ("2.94", "Developing"),
        ("2.96", "Established"),
        ("3", "Established"),
        ("3.949", "Established"),
        ("3.95", "Leading"),
        ("4", "Leading"),
        ("5", "Leading"),
    ],
)
def test_bands_on_one_to_five(score: str, band: str) -> None:
    assert band_for(Fraction(score), ONE_TO_FIVE) == band


@pytest.mark.parametrize(
    ("scale", "lowest_scores"),  # the cuts are 1.75, 2.5 and 3.25; 1.5, 2 and 2.5; 0.75, 1.5 and 2.25
    [
        (scale_of(1, 2, 3, 4), ["1.75", "2.45", "3.25"]),
        (scale_of(1, 2, 3), ["1.45", "1.95", "2.45"]),
        (scale_of(0, 1, 2, 3), ["0.75", "1.45", "2.25"]),
    ],
)
def test_bands_keep_their_proportions(scale: Scale, lowest_scores: list[str]) -> None:
    scores = [Fraction(score) for score in lowest_scores]
    just_below = [band_for(score - Fraction(1, 1000), scale) for score in scores]
    assert just_below == ["Not yet in place", "Developing", "Established"]
    assert [band_for(score, scale) for score in scores] == ["Developing", "Established", "Leading"]


@pytest.mark.parametrize(
    ("score", "word", "place"),
    [("0", "Exposed", 0), ("1.1499", "Exposed", 0), ("1.15", "Partial", 1), ("2.94", "Partial", 1), ("3", "Held", 2)],
)
def test_a_framework_can_bring_words_and_cuts_of_its_own(score: str, word: str, place: int) -> None:
    own = (Band("Exposed", Fraction(0)), Band("Partial", Fraction("1.2")), Band("Held", Fraction(3)))
    scale = replace(scale_of(0, 1, 2, 3), bands=own)
    assert (band_for(Fraction(score), scale), band_place(Fraction(score), scale)) == (word, place)


@for_all(
    st.sampled_from(SCALES).flatmap(
        lambda s: st.tuples(st.just(s), st.fractions(min_value=s.lowest, max_value=s.highest))
    )
)
def test_figures_that_are_printed_alike_have_the_same_words(drawn: tuple[Scale, Fraction]) -> None:
    scale, figure = drawn
    printed = Fraction(one_decimal(figure))
    assert band_for(figure, scale) == band_for(printed, scale)
    assert agreement_for(figure - scale.lowest, scale) is agreement_for(
        Fraction(one_decimal(figure - scale.lowest)), scale
    )


@pytest.mark.parametrize("scale", SCALES)
def test_the_ends_of_every_scale_have_the_outer_bands(scale: Scale) -> None:
    assert band_for(Fraction(scale.lowest), scale) == "Not yet in place"
    assert band_for(Fraction(scale.highest), scale) == "Leading"


@pytest.mark.parametrize(
    ("scale", "mixed", "divided"),  # the lowest distance that is printed at the cut or above it
    [(ONE_TO_FIVE, "0.45", "0.95"), (scale_of(1, 2, 3, 4), "0.35", "0.75"), (scale_of(1, 2, 3), "0.25", "0.45")],
)
def test_agreement_keeps_its_proportions(scale: Scale, mixed: str, divided: str) -> None:
    a_bit = Fraction(1, 1000)
    assert agreement_for(Fraction(0), scale) is Agreement.ALIGNED
    assert agreement_for(Fraction(mixed) - a_bit, scale) is Agreement.ALIGNED
    assert agreement_for(Fraction(mixed), scale) is Agreement.MIXED
    assert agreement_for(Fraction(divided) - a_bit, scale) is Agreement.MIXED
    assert agreement_for(Fraction(divided), scale) is Agreement.DIVIDED


@pytest.mark.parametrize(
    ("score", "text"),
    [
        ("3", "3.0"),
        ("2.25", "2.3"),  # `round` would say 2.2
        ("2.35", "2.4"),
        ("2.2499", "2.2"),
        ("2.95", "3.0"),
        ("0", "0.0"),
        ("0.05", "0.1"),
        ("17/6", "2.8"),
        ("-0.25", "−0.3"),  # noqa: RUF001 - a minus sign is meant
        ("-0.04", "0.0"),
        ("10", "10.0"),
    ],
)
def test_one_decimal_is_half_up(score: str, text: str) -> None:
    assert one_decimal(Fraction(score)) == text


def test_no_score_is_words() -> None:
    assert score_in_words(None) == "no score"
    assert score_in_words(Fraction(0)) == "0.0"


@pytest.mark.parametrize(
    ("share", "text"),
    [("0", "0%"), ("1/3", "33%"), ("2/3", "67%"), ("1/8", "13%"), ("1/40", "3%"), ("1/200", "1%"), ("1", "100%")],
)
def test_percentage_is_whole_and_half_up(share: str, text: str) -> None:
    assert percentage(Fraction(share)) == text
    assert nearest_per_cent(Fraction(share)) == Fraction(text.strip("%")) / 100


@pytest.mark.parametrize(
    ("difference", "text"),
    [
        ("0.3", "+0.3"),
        ("-0.2", "−0.2"),  # noqa: RUF001 - a minus sign is meant
        ("0", "0.0"),
        ("0.049", "0.0"),
        ("-0.049", "0.0"),
        ("0.05", "+0.1"),
        ("-1.25", "−1.3"),  # noqa: RUF001 - a minus sign is meant
    ],
)
def test_signed_shows_the_direction(difference: str, text: str) -> None:
    assert signed(Fraction(difference)) == text
