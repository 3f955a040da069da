"""Single figures in words."""

import datetime as dt
from fractions import Fraction

import pytest

from reports.content.wording import against_target, counted, day, listed, sentence, share_of


def test_day_has_no_leading_zero() -> None:
    assert day(dt.date(2026, 11, 2)) == "2 November 2026"


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 members"), (1, "1 member"), (2, "2 members"), (1234, "1,234 members")]
)
def test_counted(number: int, said: str) -> None:
    assert counted(number, "member") == said


def test_counted_with_its_own_plural() -> None:
    assert counted(2, "body", "bodies") == "2 bodies"


@pytest.mark.parametrize(
    ("words", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_listed(words: list[str], said: str) -> None:
    assert listed(words) == said


def test_sentence_leaves_other_capitals_alone() -> None:
    assert sentence("answers of the ICS") == "Answers of the ICS"
    assert sentence("") == ""


def test_share_of_rounds_half_up_and_needs_a_whole() -> None:
    assert share_of(1, 8, "members") == "1 of 8 members (13%)"
    assert share_of(0, 0, "members") == "no members"


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (Fraction(4, 5), "0.8 below"),
        (Fraction(1, 25), "met"),  # printed as 0.0
        (Fraction(1, 20), "0.1 below"),
        (Fraction(0), "met"),
        (Fraction(-1, 25), "met"),
        (Fraction(-3, 10), "0.3 above"),
    ],
)
def test_against_target(gap: Fraction, said: str) -> None:
    assert against_target(gap) == said
