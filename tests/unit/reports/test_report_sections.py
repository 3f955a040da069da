"""The profile of a report, and its page for each section: scores, targets, levels, agreed levels."""

import dataclasses
from fractions import Fraction

from reports.content.board_report import board_report
from tests.unit.reports import builders, reading


def test_profile_table_has_every_number_of_the_chart() -> None:
    report = board_report(builders.plain())
    assert reading.headings(report.profile.table) == [
        "Success measure",
        "Score",
        "Based on",
        "Level held throughout",
        "Last round",
        "Change",
        "Target",
    ]
    assert reading.row(report.profile.table, "Section 1") == [
        "2.9 / Developing",
        "3 of 3",
        "1 / Not started",
        "2.7",
        "+0.3 / over 3",
        "4.0",
    ]
    assert reading.row(report.profile.table, "Section 2") == [
        "3.7 / Established",
        "2 of 2",
        "3 / Partly in place",
        "4.5",
        "\N{MINUS SIGN}0.8 / over 2",
        "none set",
    ]


def test_chart_draws_scores_last_round_and_targets() -> None:
    chart = board_report(builders.plain()).profile.chart
    assert reading.drawn(chart) == [
        ("Section 1", Fraction(263, 90), Fraction(8, 3), Fraction(4)),
        ("Section 2", Fraction(11, 3), Fraction(9, 2), None),
    ]
    assert chart.title == "Scores by success measure: strongest Section 2: 3.7; weakest Section 1: 2.9"


def test_a_score_that_is_printed_as_its_target_has_met_it() -> None:
    asked = builders.sections(1, targets={1: Fraction(3)})
    card = builders.scorecard(asked, builders.answers({"S1-01": "3" * 29 + "2"}))
    report = board_report(builders.results(card))
    assert reading.fact(report.sections[0].facts, "Target") == "3.0; the score: met"


def test_section_facts() -> None:
    (first, _) = board_report(builders.plain()).sections
    assert [(fact.term, fact.text) for fact in first.facts] == [
        ("Score", "2.9 (Developing), based on 3 of 3 indicators"),
        ("Level held throughout", "1 (Not started)"),
        ("Change since last round", "+0.3 over 3 comparable indicators (2.7 then, 2.9 now)"),
        ("Target", "4.0; the score: 1.1 below"),
        ("Cannot judge", "6% of the answers published here"),
    ]
    assert first.key == (
        "Levels: 1 Not started, 2 Early steps, 3 Partly in place, 4 In place, 5 Embedded and improving. "
        "No answer shown is “Not applicable”."
    )


def test_indicator_row_has_every_figure() -> None:
    (first, second) = board_report(builders.plain()).sections
    columns = ["Indicator", "Score", "Median", "Spread", *(f"Level {level}" for level in range(1, 6)), "Cannot judge"]
    assert reading.headings(first.table) == [*columns, "Gave a level"]
    assert reading.row(first.table, "S1-03") == [
        *("2.6", "1.0", "1 to 5 / Divided"),
        *("3", "0", "0", "0", "2"),
        *("1 / 17%", "5"),
    ]
    assert reading.headings(second.table) == [*columns, "Not applicable", "Gave a level"]
    assert "Not applicable" not in second.key
    assert reading.row(second.table, "S2-02") == [
        *("3.0", "3.0", "all 3 / Aligned"),
        *("0", "0", "5", "0", "0"),
        *("0 / 0%", "1", "5"),
    ]


def test_row_is_headed_by_code_and_text() -> None:
    table = board_report(builders.plain()).sections[0].table
    assert table is not None
    assert (table.rows[0].header.mark, table.rows[0].header.text) == ("S1-01", "Indicator 1 of section 1.")


def test_distribution_is_shaded_by_the_share_of_those_who_gave_a_level() -> None:
    rows = {"S1-01": "1223333" + "4" * 9 + "c" * 9}  # of 16: 1, 2, 4 and 9
    report = board_report(builders.results(builders.scorecard(builders.sections(1), builders.answers(rows))))
    table = report.sections[0].table
    assert table is not None
    assert [cell.shade for cell in table.rows[0].cells[3:8]] == [1, 1, 2, 3, 0]


def test_long_scale_puts_the_distribution_into_words() -> None:
    levels = tuple(dataclasses.replace(builders.MATURITY.levels[0], value=value) for value in range(11))
    scale = dataclasses.replace(builders.MATURITY, levels=levels)
    answers = builders.answers({"S1-01": "007799"})
    report = board_report(builders.results(builders.scorecard(builders.sections(1), answers, scale)))
    assert "Members at each level" in reading.headings(report.sections[0].table)
    assert "2 at 0; 2 at 7; 2 at 9" in reading.row(report.sections[0].table, "S1-01")


def test_agreed_levels_stand_apart_from_the_members_view() -> None:
    rows = {"S1-01": "334445", "S1-02": "222233"}
    card = builders.scorecard(builders.sections(2), builders.answers(rows), agreed={"S1-01": 5})
    report = board_report(builders.results(card))
    assert reading.headings(report.sections[0].table)[-1] == "Agreed"
    assert reading.row(report.sections[0].table, "S1-01")[-1] == "5"
    assert reading.row(report.sections[0].table, "S1-02")[-1] == "none"
    assert reading.fact(report.sections[0].facts, "Agreed by the board") == "5.0 (Leading), based on 1 of 2 indicators"
    assert reading.fact(report.sections[0].facts, "Score") == "3.1 (Established), based on 2 of 2 indicators"
    assert reading.fact(report.summary.facts, "Agreed by the board") == (
        "5.0 (Leading), based on 1 of 1 success measures"
    )
