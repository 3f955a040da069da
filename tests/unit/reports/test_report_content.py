"""What the report says of a round in which everything can be seen."""

import dataclasses
import datetime as dt
from fractions import Fraction

import pytest

from assessments.queries.results import RoundResults
from assessments.scoring.types import Level
from reports.content.board_report import board_report
from reports.content.choices import Choices, Kind
from tests.unit.reports import builders, reading


def test_cover_says_what_it_is_about_and_what_is_asked() -> None:
    report = board_report(builders.plain())
    assert report.title == "Board self-assessment: What Good Looks Like"
    assert report.round_dates == "1 October 2026 to 1 November 2026"
    assert [(fact.term, fact.text) for fact in report.cover.facts] == [
        ("Organisation", "Marsh Valley Hospitals NHS Foundation Trust (RZZ)"),
        ("Framework", "What Good Looks Like, version 2021 (updated October 2021)"),
        ("Version written for", "Organisation"),
        ("Round", "Opened 1 October 2026, closed 1 November 2026"),
        ("Closing date", "31 October 2026"),
        ("Response base", "12 of 14 members (86%) submitted their answers"),
        ("Answers", "Confidential: this report does not show who gave which"),
    ]
    assert [ask.split()[0] for ask in report.cover.asks] == ["note", "discuss", "agree"]


def test_framework_without_variants_names_none() -> None:
    assert "Version written for" not in reading.terms(board_report(builders.plain(variant="")).cover.facts)


def test_file_name_holds_only_letters_digits_and_hyphens() -> None:
    report = board_report(builders.plain(framework_short="D/B & co…", closed_on=dt.date(2026, 3, 5)))
    assert report.file_name == "rzz-db-co-board-report-2026-03-05.pdf"


def test_summary() -> None:
    summary = board_report(builders.plain()).summary
    # Section 1: (23/6 + 14/6 + 13/5) / 3 = 2.92; section 2: (26/6 + 3) / 2 = 3.67; overall 3.29.
    assert summary.overall_score == "3.3"
    assert summary.overall_note == "Established, based on 2 of 2 success measures"
    assert [(fact.term, fact.text) for fact in summary.facts] == [
        (
            "Change since last round",
            "\N{MINUS SIGN}0.3 over 5 comparable indicators (3.6 then, 3.3 now); last round closed on 31 October 2025",
        ),
        ("Members since last round", "12 were asked in both rounds; 2 joined since, 3 left"),
        ("Strongest success measure", "Section 2: 3.7"),
        ("Weakest success measure", "Section 1: 2.9"),
        ("Response rate", "12 of 14 members (86%)"),
        ("Started but not submitted", "Not counted: what 1 member had answered but not submitted is left out"),
        ("Cannot judge", "1 of 30 answers that can be published (3%)"),
        ("Views of the board", "Aligned on 3, mixed on 1, divided on 1 of 5 indicators whose levels are shown"),
        ("Withheld", "Nothing"),
    ]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"started_not_submitted": 0}, "None: nobody had started without submitting"),
        (
            {"started_not_submitted": 2, "unsubmitted_counted": True},
            "Counted: the figures include what 2 members had answered but not submitted",
        ),
        (
            {"started_not_submitted": 2, "unsubmitted_counted": False},
            "Not counted: what 2 members had answered but not submitted is left out",
        ),
    ],
)
def test_unsubmitted_answers(changed: dict[str, object], said: str) -> None:
    report = board_report(builders.plain(**changed))
    assert reading.fact(report.summary.facts, "Started but not submitted") == said
    assert reading.fact(report.method.facts, "Started but not submitted") == f"{said}."


def test_first_round_has_nothing_to_compare_with() -> None:
    report = board_report(dataclasses.replace(builders.plain(), previous=None, trend=None))
    assert reading.fact(report.summary.facts, "Change since last round") == "No earlier round to compare with"
    assert "Members since last round" not in reading.terms(report.summary.facts)
    assert report.profile.note == "There is no earlier round to compare with."
    assert "Last round" not in reading.headings(report.profile.table)
    assert "Change since last round" not in reading.terms(report.sections[0].facts)


@pytest.mark.parametrize(
    ("joined", "left", "said"),
    [
        (0, 0, "The same members were asked in both rounds"),
        (13, 0, "1 was asked in both rounds; 13 joined since, 0 left"),
        (0, 1, "14 were asked in both rounds; 0 joined since, 1 left"),
    ],
)
def test_joiners_and_leavers_are_stated_as_counts(joined: int, left: int, said: str) -> None:
    plain = builders.plain()
    assert plain.previous is not None
    previous = dataclasses.replace(plain.previous, joined=joined, left=left)
    report = board_report(dataclasses.replace(plain, previous=previous))
    assert reading.fact(report.summary.facts, "Members since last round") == said
    assert "part of a change can be due to that" in reading.fact(report.method.facts, "Change since last round")


def changed_results() -> RoundResults:
    """Since last time one is new, one is worded anew, one was dropped, one could not be judged."""
    then = {"S1-01": "33333", "S1-02": "22222", "S2-01": "55555", "S2-02": "44444", "S2-03": "11111"}
    now = {"S1-01": "44444", "S1-03": "33333", "S1-04": "33333", "S2-01": "ccccc", "S2-02": "55555"}
    before, after = builders.sections(4, 3), builders.sections(4, 2)
    before = (dataclasses.replace(before[0], indicators=before[0].indicators[:2]), before[1])
    after = (dataclasses.replace(after[0], indicators=(after[0].indicators[0], *after[0].indicators[2:])), after[1])
    cards = builders.scorecard(after, builders.answers(now)), builders.scorecard(before, builders.answers(then))
    return builders.results(*cards, supersedes={"S1-03": ["S1-02"]})


def test_the_change_names_what_it_rests_on_and_what_not() -> None:
    report = board_report(changed_results())
    assert reading.fact(report.summary.facts, "Change since last round").endswith(
        ". Left out: 1 not asked in the last round, 1 worded anew and 1 without a published score in both rounds; the "
        "full report names them under “Method”"
    )
    assert [reading.fact(section.facts, "Not compared") for section in report.sections] == [
        "S1-03: worded anew, replaces S1-02; S1-04: not asked in the last round.",
        "S2-01: no published score in this round; S2-03: asked in the last round only.",
    ]
    compared, left_out = report.method.basis
    assert reading.row(compared, "Section 1") == ["S1-01 / 1 of 3 asked now"]
    assert reading.row(compared, "Section 2") == ["S2-02 / 1 of 2 asked now; no published score in this round: S2-01"]
    assert [(row.header.mark, row.header.note, row.cells[0].text) for row in left_out.rows] == [
        ("S1-03", "Section 1", "Worded anew, replaces S1-02"),
        ("S1-04", "Section 1", "Not asked in the last round"),
        ("S2-03", "Section 2", "Asked in the last round only"),
    ]
    assert left_out.rows[2].header.text == "Indicator 3 of section 2."


def test_a_report_of_one_section_names_its_own_indicators() -> None:
    results = changed_results()
    report = board_report(results, choices=Choices(Kind.SECTION, "s2"))
    assert [row.header.mark for table in report.method.basis for row in table.rows] == ["", "S2-03"]


def test_another_scale_is_named_as_the_reason() -> None:
    longer = dataclasses.replace(builders.MATURITY, levels=(*builders.MATURITY.levels, Level(6, "More", "More.")))
    cards = [
        builders.scorecard(builders.sections(1), builders.answers({"S1-01": "33333"}), s)
        for s in (builders.MATURITY, longer)
    ]
    report = board_report(builders.results(*cards))
    assert "the scale has other levels than in the round" in reading.fact(
        report.summary.facts, "Change since last round"
    )
    assert report.method.basis == ()


def test_where_all_is_compared_nothing_is_left_out() -> None:
    report = board_report(builders.plain())
    assert [table.caption for table in report.method.basis] == ["What the change since last round rests on"]
    assert "Not compared" not in reading.terms(report.sections[0].facts)
    assert board_report(builders.individual()).method.basis == ()


def test_nothing_comparable_with_the_last_round() -> None:
    now = builders.scorecard(builders.sections(1), builders.answers({"S1-01": "33333"}))
    then = builders.scorecard(builders.sections(2), builders.answers({"S1-02": "33333"}))
    report = board_report(builders.results(now, then))
    assert reading.fact(report.summary.facts, "Change since last round") == (
        "Cannot be stated: nothing is comparable with the round closed on 31 October 2025"
    )
    assert reading.fact(report.sections[0].facts, "Change since last round") == "No comparable indicator"
    assert reading.row(report.profile.table, "Section 1")[-2:] == ["not comparable", "not comparable"]


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


def test_sections_with_equal_scores_share_the_ends() -> None:
    rows = {"S1-01": "44444", "S2-01": "22222", "S3-01": "44444", "S4-01": "44444"}
    report = board_report(builders.results(builders.scorecard(builders.sections(1, 1, 1, 1), builders.answers(rows))))
    assert reading.fact(report.summary.facts, "Strongest success measure") == "Section 1, Section 3 and Section 4: 4.0"
    assert reading.fact(report.summary.facts, "Weakest success measure") == "Section 2: 2.0"


def test_all_sections_equal_have_no_strongest() -> None:
    report = board_report(builders.uniform("4", 6, 1, 1))
    assert reading.fact(report.summary.facts, "Strongest and weakest success measure") == (
        "Cannot be told apart: no two success measure scores differ"
    )


def test_sections_that_are_printed_alike_have_no_strongest() -> None:
    rows = {"S1-01": "3" * 20, "S2-01": "3" * 39 + "4"}  # 3.0 and 3.025
    report = board_report(builders.results(builders.scorecard(builders.sections(1, 1), builders.answers(rows))))
    assert reading.fact(report.summary.facts, "Strongest and weakest success measure").startswith("Cannot be told")
    assert report.profile.chart.title == "Scores by success measure"


def test_band_goes_with_the_figure_beside_it() -> None:
    rows = {"S1-01": "3" * 29 + "2"}  # 2.97
    report = board_report(builders.results(builders.scorecard(builders.sections(1), builders.answers(rows))))
    assert report.summary.overall_score == "3.0"
    assert report.summary.overall_note.startswith("Established")
    assert reading.fact(report.sections[0].facts, "Score").startswith("3.0 (Established)")
    assert "2.96 is printed as 3.0 and has the band of 3.0" in reading.fact(report.method.facts, "Rounding")


def test_a_score_that_is_printed_as_its_target_has_met_it() -> None:
    asked = builders.sections(1, targets={1: Fraction(3)})
    card = builders.scorecard(asked, builders.answers({"S1-01": "3" * 29 + "2"}))
    report = board_report(builders.results(card))
    assert reading.fact(report.sections[0].facts, "Target") == "3.0; the score: met"


@pytest.mark.parametrize(
    ("scored", "said"),
    [
        (0, "Cannot be stated: no success measure has a score"),
        (1, "Cannot be stated: only one success measure has a score"),
    ],
)
def test_strongest_and_weakest_need_two_scores(scored: int, said: str) -> None:
    rows = {f"S{place}-01": "33344" if place <= scored else "ccccc" for place in (1, 2)}
    report = board_report(builders.results(builders.scorecard(builders.sections(1, 1), builders.answers(rows))))
    assert reading.fact(report.summary.facts, "Strongest and weakest success measure") == said


def test_too_few_sections_for_an_overall_score_or_change() -> None:
    asked = builders.sections(1, 1, 1)
    rows = {"S1-01": "44444", "S2-01": "ccccc", "S3-01": "ccccc"}
    card = builders.scorecard(asked, builders.answers(rows), agreed={"S1-01": 4})
    summary = board_report(builders.results(card, card)).summary
    assert (summary.overall_score, summary.overall_note) == (
        "No score",
        "Only 1 of 3 success measures has a score, and an overall score needs at least half of them.",
    )
    assert reading.fact(summary.facts, "Agreed by the board") == (
        "No score: only 1 of 3 success measures has one, fewer than half"
    )
    assert reading.fact(summary.facts, "Change since last round") == (
        "Cannot be stated: fewer than half of the success measures have a score and comparable indicators both in this "
        "round and in the one closed on 31 October 2025"
    )


def test_the_note_on_changes_speaks_of_what_the_table_shows() -> None:
    compared = board_report(builders.plain()).profile
    assert "over how many, stands beside each change" in compared.note
    now = builders.scorecard(builders.sections(1), builders.answers({"S1-01": "33333"}))
    then = builders.scorecard(builders.sections(2), builders.answers({"S1-02": "33333"}))
    assert board_report(builders.results(now, then)).profile.note == (
        "The last round closed on 31 October 2025. No success measure can be compared with it."
    )


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


def test_differences_are_ranked_by_distance_and_end_at_five() -> None:
    rows = {f"S1-{place:02}": "3" * (7 - place) + "5" * (place + 3) for place in range(1, 6)}
    rows |= {"S1-06": "1155551155", "S1-07": "3333333333"}
    report = board_report(builders.results(builders.scorecard(builders.sections(7), builders.answers(rows))))
    (differs, _) = report.findings
    assert differs.table is not None
    assert [row.header.mark for row in differs.table.rows] == ["S1-06", "S1-02", "S1-01", "S1-03", "S1-04"]
    assert reading.row(differs.table, "S1-06") == ["1 to 5 / Divided", "1.6 / levels", "4", "0", "0", "0", "6"]
    assert differs.introduction.startswith("Members' levels lie furthest apart on these 5 indicators.")


def test_unanimous_board_differs_on_nothing() -> None:
    (differs, judged) = board_report(builders.uniform("3", 6, 2)).findings
    assert differs.table is None
    assert differs.introduction == "On every indicator whose levels are shown, all members gave the same level."
    assert judged.introduction == "On every indicator whose answers are shown, all members who answered could judge."


def test_could_not_judge_is_ranked_by_share() -> None:
    rows = {"S1-01": "33333c", "S1-02": "33333cc", "S2-01": "ccccc3", "S2-02": "333333"}
    report = board_report(builders.results(builders.scorecard(builders.sections(2, 2), builders.answers(rows))))
    (_, judged) = report.findings
    assert judged.table is not None
    assert [row.header.mark for row in judged.table.rows] == ["S2-01", "S1-02", "S1-01"]
    assert judged.table.rows[0].header.note == "Section 2"
    assert reading.row(judged.table, "S1-02") == ["2 of 7 / who answered", "29%"]


def test_a_list_that_ends_among_equals_says_so() -> None:
    rows = {f"S1-{place:02}": "333cc" for place in range(1, 14)}  # 13 indicators at 40%, with distance 0
    card = builders.scorecard(builders.sections(13), builders.answers(rows), minimum_group=3)
    judged = board_report(builders.results(card)).findings[1]
    assert judged.introduction.startswith(
        "Members most often chose “Cannot judge” on these 5 indicators and 8 more. Listed are 5 of the 13 indicators "
        "that tie at 40%: the first in the order of the framework. "
    )


def test_ties_are_of_figures_as_printed_and_count_only_those_at_the_cut() -> None:
    rows = {f"S1-{place:02}": "3333355555" for place in range(1, 5)}  # 1.0 from the median
    rows |= {"S1-05": "33333" + "4444", "S1-06": "3333" + "44444", "S1-07": "333333" + "44444"}  # 0.44, 0.44 and 0.45
    card = builders.scorecard(builders.sections(7), builders.answers(rows))
    differs = board_report(builders.results(card)).findings[0]
    assert differs.table is not None
    assert [row.header.mark for row in differs.table.rows] == ["S1-01", "S1-02", "S1-03", "S1-04", "S1-07"]
    assert differs.introduction.startswith("Members' levels lie furthest apart on these 5 indicators. The average")
    rows["S1-07"] = "33333" + "4444"
    card = builders.scorecard(builders.sections(7), builders.answers(rows))
    differs = board_report(builders.results(card)).findings[0]
    assert differs.introduction.startswith(
        "Members' levels lie furthest apart on these 5 indicators and 2 more. Listed is 1 of the 3 indicators that tie "
        "at 0.4 levels: the first in the order of the framework. "
    )
