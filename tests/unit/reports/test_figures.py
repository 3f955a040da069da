"""The views over all sections: when each is shown, what it says, and that chart and table have the same numbers."""

import dataclasses
import datetime as dt
from fractions import Fraction

from assessments.queries.history import EarlierRound
from frameworks.comparators import Comparator
from reports.content.board_report import board_report
from reports.content.context import Context
from reports.content.document import BoardReport, Figure
from tests.unit.reports import builders, reading

CODES = frozenset({"S1-01", "S1-02", "S1-03", "S2-01", "S2-02"})
OTHERS = Comparator("Median of others", "For orientation only.", "Source", 1, 5, (("s1", Fraction(5, 2)),))


def figure(report: BoardReport, anchor: str) -> Figure:
    (found,) = (figure for figure in report.figures if figure.anchor == anchor)
    return found


def anchors(report: BoardReport) -> list[str]:
    return [figure.anchor for figure in report.figures]


def test_distance_from_target_names_what_lies_furthest_below() -> None:
    found = figure(board_report(builders.plain()), "target")
    assert found.chart is not None
    assert found.chart.title == (
        "Distance from target: 1 of 1 success measures with a score below it, furthest Section 1 (1.1 below)"
    )
    assert reading.row(found.tables[0], "Section 1") == ["2.9", "4.0", "1.1 below"]


def test_no_targets_no_distance() -> None:
    assert "target" not in anchors(board_report(builders.uniform("3", 8, 2)))


def test_answers_are_counted_where_levels_are_shown() -> None:
    found = figure(board_report(builders.plain()), "answers")
    assert reading.row(found.tables[0], "Section 1") == ["3", "4", "4", "3", "3", "1", "0", "18"]
    assert found.chart is not None
    assert found.chart.title.startswith("Members most often chose 3 (Partly in place): ")


def test_withheld_levels_are_in_no_figure() -> None:
    report = board_report(builders.uniform("4", 4, 5))
    assert anchors(report) == []
    assert report.sections[0].chart is None


def test_an_individual_framework_has_no_figure_of_indicators() -> None:
    report = board_report(builders.individual())
    assert anchors(report) == []
    assert [section.chart for section in report.sections] == [None, None]


def test_heat_map_has_a_shaded_score_for_each_indicator() -> None:
    found = figure(board_report(builders.plain()), "heat-map")
    (row, other) = found.tables[0].rows
    assert [(cell.text, cell.shade) for cell in row.cells] == [("3.8", 3), ("2.3", 2), ("2.6", 2)]
    assert [cell.text for cell in other.cells] == ["4.3", "3.0", ""]


def test_movement_needs_two_earlier_rounds() -> None:
    results = builders.plain()
    earlier = EarlierRound(dt.date(2024, 10, 31), results.scorecard, CODES)
    later = dataclasses.replace(earlier, closed_on=dt.date(2025, 10, 31))
    assert "movement" not in anchors(board_report(results, context=Context((earlier,))))
    found = figure(board_report(results, context=Context((earlier, later))), "movement")
    assert reading.headings(found.tables[0])[1:] == ["31 Oct 2024", "31 Oct 2025", "1 Nov 2026", "Over"]
    assert reading.row(found.tables[0], "Section 1") == ["2.9", "2.9", "2.9", "3 indicators"]
    assert reading.row(found.tables[1], "Section 1") == ["S1-01, S1-02 and S1-03"]
    assert found.chart is not None
    assert found.chart.title == "Movement over 3 rounds, first to last: 2 the same"


def test_movement_names_what_it_rests_on_and_which_rounds_lack_the_others() -> None:
    results = builders.plain()
    first = EarlierRound(dt.date(2024, 10, 31), results.scorecard, CODES - {"S1-01"})
    second = EarlierRound(dt.date(2025, 10, 31), results.scorecard, CODES - {"S1-01", "S1-03"})
    found = figure(board_report(results, context=Context((first, second))), "movement")
    assert reading.row(found.tables[1], "Section 1") == [
        "S1-02 / Left out: S1-01, no comparable score in Oct 2024 and Oct 2025; S1-03, no comparable score in Oct 2025"
    ]


def test_a_round_that_is_not_comparable_is_left_out_and_named() -> None:
    results = builders.plain()
    rounds = [EarlierRound(dt.date(year, 10, 31), results.scorecard, CODES) for year in (2023, 2024, 2025)]
    rounds[0] = dataclasses.replace(rounds[0], comparable=frozenset())
    found = figure(board_report(results, context=Context(tuple(rounds))), "movement")
    assert found.introduction.endswith("left out: closed on 31 October 2023.")
    assert len(found.tables[0].columns) == 5


def test_comparator_stands_beside_the_scores_with_its_caveat() -> None:
    profile = board_report(builders.plain(), context=Context(comparator=OTHERS)).profile
    assert reading.headings(profile.table)[-1] == "Median of others"
    assert [row.cells[-1].text for row in profile.table.rows] == ["2.5", "none"]
    assert profile.note.endswith("For orientation only.")
    assert [row.comparator for row in profile.chart.rows] == [Fraction(5, 2), None]


def test_a_comparator_on_another_scale_is_not_shown() -> None:
    others = dataclasses.replace(OTHERS, highest=3)
    profile = board_report(builders.plain(), context=Context(comparator=others)).profile
    assert reading.headings(profile.table)[-1] == "Target"
    assert "orientation" not in profile.note
