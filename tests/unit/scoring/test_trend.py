"""Movement between rounds: only what is comparable, and published on both sides."""

from fractions import Fraction

import pytest
from hypothesis import given as for_all

from assessments.disclosure import disclose
from assessments.scoring.basis import Standing, basis_of
from assessments.scoring.trend import compare, over_time
from assessments.scoring.types import Change, Trend
from tests.unit.scoring.scoring_builders import CANNOT, ONE_TO_FIVE, Cell, card, rounds, scale_of

NOTHING = Trend(Change(None, None, 0), ())


def test_only_comparable_indicators_count_on_both_sides() -> None:
    before = card({"s": {"a": [2], "reworded": [5]}})
    after = card({"s": {"a": [3], "reworded": [1], "new": [1]}})
    trend = compare(before, after, {"a", "new"})
    assert trend.sections == (("s", Change(Fraction(2), Fraction(3), 1)),)
    assert trend.overall == Change(Fraction(2), Fraction(3), 1)
    assert trend.overall.difference == 1


def test_an_indicator_without_a_score_in_one_round_leaves_both() -> None:
    before = card({"s": {"a": [2], "b": [5]}})
    after = card({"s": {"a": [3], "b": [CANNOT]}})
    assert compare(before, after, {"a", "b"}).overall == Change(Fraction(2), Fraction(3), 1)


def test_a_withheld_indicator_is_not_compared() -> None:
    before = disclose(card({"s": {"a": [2, 2, 2], "b": [5, 5, 5]}}), minimum_group=3)
    after = disclose(card({"s": {"a": [4, 4, 4], "b": [1, 1, None]}}), minimum_group=3)
    assert compare(before, after, {"a", "b"}).overall == Change(Fraction(2), Fraction(4), 1)


def test_overall_weighs_sections_the_same_and_counts_indicators() -> None:
    before = card({"long": {"a": [1], "b": [1], "c": [1]}, "short": {"d": [3]}})
    after = card({"long": {"a": [1], "b": [1], "c": [1]}, "short": {"d": [5]}})
    assert compare(before, after, {"a", "b", "c", "d"}).overall == Change(Fraction(2), Fraction(3), 4)


@pytest.mark.parametrize(("others", "stated"), [(1, True), (2, False)])
def test_overall_needs_half_of_the_sections_of_each_round(others: int, stated: bool) -> None:
    whole = {f"s{i}": {f"s{i}i": [3]} for i in range(others)}
    small, large = card({"s": {"a": [2]}}), card({"s": {"a": [4]}, **whole})
    there, back = compare(small, large, {"a"}), compare(large, small, {"a"})
    assert there.sections == (("s", Change(Fraction(2), Fraction(4), 1)),)
    assert there.overall == (Change(Fraction(2), Fraction(4), 1) if stated else Change(None, None, 0))
    assert (back.overall.difference == -2) is stated


def test_a_section_without_a_score_does_not_enter_the_overall_change() -> None:
    scored = {"t": {"d": [3]}}
    before = card({"s": {"a": [1], "b": [CANNOT], "c": [CANNOT]}, **scored})
    after = card({"s": {"a": [5], "b": [5], "c": [5]}, **scored})
    trend = compare(before, after, {"a", "d"})
    assert dict(trend.sections)["s"] == Change(Fraction(1), Fraction(5), 1)
    assert trend.overall == Change(Fraction(3), Fraction(3), 1)


def test_a_section_with_nothing_comparable_has_no_entry() -> None:
    before = card({"s": {"a": [2]}, "t": {"b": [2]}, "gone": {"c": [1]}})
    after = card({"s": {"a": [3]}, "t": {"b": [5]}, "new": {"d": [1]}})
    assert [code for code, _ in compare(before, after, {"a", "c", "d"}).sections] == ["s"]


def test_an_indicator_that_moved_to_another_section_is_not_compared() -> None:
    assert compare(card({"s": {"a": [2]}, "t": {}}), card({"s": {}, "t": {"a": [3]}}), {"a"}) == NOTHING


def test_nothing_in_common_is_no_difference_rather_than_zero() -> None:
    trend = compare(card({"s": {"a": [2]}}), card({"s": {"a": [3]}}), set())
    assert trend == NOTHING
    assert trend.overall.difference is None


def test_a_changed_scale_breaks_the_trend() -> None:
    before = card({"s": {"a": [2]}}, scale=scale_of(1, 2, 3, 4))
    assert compare(before, card({"s": {"a": [2]}}), {"a"}) == NOTHING


@for_all(rounds(ONE_TO_FIVE), rounds(ONE_TO_FIVE))
def test_going_back_is_the_opposite_change(
    first: dict[str, dict[str, list[Cell]]], second: dict[str, dict[str, list[Cell]]]
) -> None:
    codes = {code for table in first.values() for code in table}
    there, back = compare(card(first), card(second), codes), compare(card(second), card(first), codes)
    assert there.overall.comparable == back.overall.comparable
    assert there.overall.before == back.overall.after
    assert {code: change.before for code, change in there.sections} == {
        code: change.after for code, change in back.sections
    }


@for_all(rounds(ONE_TO_FIVE))
def test_a_round_against_itself_does_not_move(tables: dict[str, dict[str, list[Cell]]]) -> None:
    codes = {code for table in tables.values() for code in table}
    trend = compare(card(tables), card(tables), codes)
    assert trend.overall.difference in (None, 0)
    assert all(change.difference == 0 for _, change in trend.sections)


def test_a_section_keeps_its_trend_with_those_whose_place_it_takes() -> None:
    before = card({"old": {"a": [2], "gone": [5]}, "other": {"b": [4]}})
    tables = {"new": {"a": [3], "b": [5]}, "stays": {"c": [1]}}
    assert compare(before, card(tables), {"a", "b"}) == NOTHING
    renamed = card(tables, follows={"new": ("old", "other", "never in scope")})
    trend = compare(before, renamed, {"a", "b"})
    assert trend.sections == (("new", Change(Fraction(3), Fraction(4), 2)),)
    assert trend.overall == Change(Fraction(3), Fraction(4), 2)
    assert over_time([(before, {"a"})], renamed)["new"].scores == (Fraction(2), Fraction(3))
    standing = {one.indicator.code: one.standing for one in basis_of(before, renamed, {"a", "b"}, {})}
    assert standing["a"] is standing["b"] is Standing.COMPARED


def test_a_section_that_was_parted_is_compared_in_both_parts() -> None:
    before = card({"old": {"a": [2], "b": [4]}})
    after = card({"x": {"a": [3]}, "y": {"b": [3]}}, follows={"x": ("old",), "y": ("old",)})
    trend = compare(before, after, {"a", "b"})
    assert dict(trend.sections) == {"x": Change(Fraction(2), Fraction(3), 1), "y": Change(Fraction(4), Fraction(3), 1)}
    assert trend.overall.difference == 0
