"""A section's course over several rounds: over what all of them have in common, and nothing else."""

from fractions import Fraction

from assessments.scoring import over_time
from assessments.scoring.types import Course, Scorecard
from tests.unit.reports import builders

CODES = {"S1-01", "S1-02", "S2-01"}


def card(first: str, second: str, other: str) -> Scorecard:
    given = {"S1-01": first, "S1-02": second, "S2-01": other}
    return builders.scorecard(builders.sections(2, 1), builders.answers(given))


def test_every_score_is_over_the_same_indicators() -> None:
    then, between, now = (
        card("11111", "55555", "22222"),
        card("22222", "-----", "33333"),
        card("33333", "55555", "44444"),
    )
    found = over_time([(then, CODES), (between, CODES)], now)
    assert found["s1"] == Course((Fraction(1), Fraction(2), Fraction(3)), ("S1-01",), (("S1-02", (1,)),))
    assert found["s2"] == Course((Fraction(2), Fraction(3), Fraction(4)), ("S2-01",))


def test_what_is_not_comparable_with_one_round_enters_none() -> None:
    same = card("22222", "44444", "33333")
    assert over_time([(same, CODES), (same, {"S1-02"})], same) == {
        "s1": Course((Fraction(4),) * 3, ("S1-02",), (("S1-01", (1,)),))
    }


def test_without_earlier_rounds_there_is_only_now() -> None:
    assert over_time([], card("22222", "44444", "33333"))["s1"] == Course((Fraction(3),), ("S1-01", "S1-02"))
