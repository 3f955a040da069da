"""Which indicators a trend rests on: each of both rounds once, with the reason; and it is what `compare` compares."""

from fractions import Fraction

from hypothesis import given as for_all
from hypothesis import strategies as st

from assessments.scoring.basis import Standing, basis_of
from assessments.scoring.trend import compare
from assessments.scoring.types import Scorecard
from tests.unit.scoring.scoring_builders import CANNOT, ONE_TO_FIVE, Cell, card, rounds, scale_of


def standings(before: Scorecard, after: Scorecard, **supersedes: list[str]) -> dict[str, Standing]:
    then = {one.indicator.code for part in before.sections for one in part.indicators}
    now = {one.indicator.code for part in after.sections for one in part.indicators}
    comparable = {code for code in then & now if code not in supersedes}
    return {one.indicator.code: one.standing for one in basis_of(before, after, comparable, supersedes)}


def test_each_indicator_has_its_reason() -> None:
    before = card({"s": {"a": [2], "old": [3], "gone": [1], "b": [CANNOT], "c": [3], "d": [CANNOT]}, "t": {"m": [2]}})
    after = card({"s": {"a": [3], "new": [3], "anew": [3], "b": [2], "c": [CANNOT], "d": [CANNOT], "m": [2]}, "t": {}})
    assert standings(before, after, anew=["old", "never asked"]) == {
        "a": Standing.COMPARED,
        "new": Standing.NEW,
        "anew": Standing.REPLACES,
        "b": Standing.NO_SCORE_THEN,
        "c": Standing.NO_SCORE_NOW,
        "d": Standing.NO_SCORE,
        "m": Standing.MOVED,
        "gone": Standing.DROPPED,
    }
    assert [one.replaces for one in basis_of(before, after, {"a"}, {"anew": ["old", "never asked"]})][2] == ("old",)


def test_an_indicator_that_keeps_its_code_but_replaces_another_is_not_compared() -> None:
    both = card({"s": {"a": [2], "b": [3]}}), card({"s": {"a": [2]}})
    assert standings(*both, a=["b"]) == {"a": Standing.REPLACES}


def test_other_levels_leave_nothing_to_name() -> None:
    assert standings(card({"s": {"a": [2]}}, scale=scale_of(1, 2, 3)), card({"s": {"a": [2]}})) == {}


@for_all(rounds(ONE_TO_FIVE), rounds(ONE_TO_FIVE), st.sets(st.sampled_from(["s0i0", "s0i1", "s1i0", "s1i1"])))
def test_what_is_named_is_what_is_compared(
    first: dict[str, dict[str, list[Cell]]], second: dict[str, dict[str, list[Cell]]], comparable: set[str]
) -> None:
    before, after = card(first), card(second)
    named = [one for one in basis_of(before, after, comparable, {}) if one.standing.enters]
    for code, change in compare(before, after, comparable).sections:
        of_section = [one.indicator.code for one in named if one.section.code == code]
        assert len(of_section) == change.comparable
        assert change.after == Fraction(sum(mean_of(after, one) for one in of_section), len(of_section))
    assert sum(change.comparable for _, change in compare(before, after, comparable).sections) == len(named)


def mean_of(scored: Scorecard, code: str) -> Fraction:
    (mean,) = (one.mean for part in scored.sections for one in part.indicators if one.indicator.code == code)
    assert mean is not None
    return mean
