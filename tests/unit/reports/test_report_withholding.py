"""What the report says of a figure that it may not show or does not have: a reason in words, never a blank or zero."""

from collections.abc import Callable

import pytest

from assessments.queries.results import RoundResults
from assessments.scoring.types import IndicatorAsked, SectionAsked
from reports.content.board_report import board_report
from reports.content.document import BoardReport
from tests.unit.reports import builders, reading


def small_groups() -> RoundResults:
    """Section 1 is shown, section 2 has one indicator of three left, section 3 none."""
    rows = {
        **{"S1-01": "334445", "S1-02": "3344cc"},  # four levels are too few
        **{"S2-01": "222233", "S2-02": "2222cc", "S2-03": "22cccn"},
        **{"S3-01": "33--c-", "S3-02": "------"},
    }
    return builders.results(builders.scorecard(builders.sections(2, 3, 2), builders.answers(rows)))


def long_words() -> RoundResults:
    asked = (
        SectionAsked("s1", "Section " * 40, (IndicatorAsked("S1-01", "Wordswithoutspaces" * 30 + " and so on" * 60),)),
    )
    name = "Llŷn a'r Dŵr & “Quoted” <b>bold</b> University Hospitals " * 3
    return builders.results(builders.scorecard(asked, builders.answers({"S1-01": "33445"})), organisation=name)


def one_hundred_and_forty_three() -> RoundResults:
    asked = builders.sections(31, 27, 22, 17, 14, 14, 18)
    rows = {one.code: "1234512345cn" for section in asked for one in section.indicators}
    return builders.results(builders.scorecard(asked, builders.answers(rows)))


ROUNDS: dict[str, Callable[[], RoundResults]] = {
    "plain": builders.plain,
    "small groups": small_groups,
    "individual": builders.individual,
    "nobody answered": lambda: builders.uniform("-", 12, 3, 2),
    "nobody responded": lambda: builders.uniform("-", 0, 3, 2),
    "one member": lambda: builders.uniform("3", 1, 3, 2),
    "forty members": lambda: builders.uniform("4", 40, 3, 2),
    "all not applicable": lambda: builders.uniform("n", 12, 3, 2),
    "all cannot judge": lambda: builders.uniform("c", 12, 3, 2),
    "143 indicators": one_hundred_and_forty_three,
    "long words": long_words,
}


@pytest.fixture(params=ROUNDS)
def report(request: pytest.FixtureRequest) -> BoardReport:
    return board_report(ROUNDS[request.param]())


def test_no_text_is_blank_or_a_python_value(report: BoardReport) -> None:
    said = list(reading.words(report))
    assert not [text for text in said if "None" in text.split() or "Fraction" in text or "Withheld." in text]
    # At a glance, a section has no cell to fill under the number of an indicator that it does not have.
    tables = [table for table in reading.tables(report) if not table.caption.startswith("Scores of indicators")]
    assert all(cell.text.strip() for table in tables for row in table.rows for cell in (row.header, *row.cells))
    assert all(fact.text.strip() for fact in report.summary.facts + report.method.facts)


def test_every_row_fills_its_table(report: BoardReport) -> None:
    for table in reading.tables(report):
        assert {reading.width(row) for row in table.rows} == {len(table.columns)}, table.caption


def test_too_few_levels_leave_the_other_counts() -> None:
    table = board_report(small_groups()).sections[0].table
    assert reading.row(table, "S1-02") == ["Withheld: fewer than 5 members gave a level", "2 / 33%", "4"]


def test_too_few_answers_leave_nothing() -> None:
    table = board_report(small_groups()).sections[2].table
    assert reading.row(table, "S3-01") == ["Withheld: fewer than 5 members answered"]


def test_nobody_answered_is_said_so_and_is_no_withholding() -> None:
    table = board_report(small_groups()).sections[2].table
    assert reading.row(table, "S3-02") == ["No score: nobody answered"]


def test_reason_names_the_rounds_own_minimum_group() -> None:
    card = builders.scorecard(builders.sections(1), builders.answers({"S1-01": "3333cccc"}), minimum_group=8)
    report = board_report(builders.results(card, minimum_group=8))
    assert reading.row(report.sections[0].table, "S1-01")[0] == "Withheld: fewer than 8 members gave a level"


def test_section_says_what_is_left_of_it() -> None:
    (first, second, third) = board_report(small_groups()).sections
    assert reading.fact(first.facts, "Score") == "3.8 (Established), based on 1 of 2 indicators"
    assert reading.fact(first.facts, "Level held throughout") == "Cannot be stated: not every indicator has a figure"
    assert reading.fact(second.facts, "Score") == (
        "Withheld: only 1 of 3 indicators has levels from at least 5 members"
    )
    assert reading.fact(third.facts, "Score") == "Withheld: none of 2 indicators has levels from at least 5 members"


def test_profile_gives_the_reason_in_place_of_score_and_base() -> None:
    profile = board_report(small_groups()).profile
    assert reading.row(profile.table, "Section 3") == [
        "Withheld: none of 2 indicators has levels from at least 5 members",
        "cannot be stated",
    ]
    assert [row.score_text for row in profile.chart.rows] == ["3.8", "no score", "no score"]
    assert profile.chart.title == "Scores by success measure; 2 of 3 without a score"


def test_overall_rests_on_what_is_left() -> None:
    summary = board_report(small_groups()).summary
    assert (summary.overall_score, summary.overall_note) == (
        "No score",
        "Only 1 of 3 success measures has a score, and an overall score needs at least half of them.",
    )
    assert reading.fact(summary.facts, "Withheld") == (
        "The levels of 4 of 7 indicators (57%): fewer than 5 members gave one"
    )


def test_differences_and_judgement_leave_out_what_is_withheld() -> None:
    (differs, judged) = board_report(small_groups()).findings
    assert differs.table is not None
    assert [row.header.mark for row in differs.table.rows] == ["S1-01", "S2-01"]
    assert judged.table is not None
    assert "S3-01" not in [row.header.mark for row in judged.table.rows]


def test_one_member_is_never_shown() -> None:
    report = board_report(ROUNDS["one member"]())
    assert report.summary.overall_score == "No score"
    assert report.summary.overall_note == "No success measure has a score; the results of each say why."
    assert reading.row(report.sections[0].table, "S1-01") == ["Withheld: fewer than 5 members answered"]
    assert [finding.table for finding in report.findings] == [None, None]
    assert reading.fact(report.summary.facts, "Withheld") == (
        "The levels of 5 of 5 indicators (100%): fewer than 5 members gave one"
    )
    assert reading.fact(report.method.facts, "Response base").endswith("1 member's answers count in this report.")


def test_not_applicable_to_all() -> None:
    report = board_report(ROUNDS["all not applicable"]())
    assert reading.fact(report.sections[0].facts, "Score") == "No score: none of its indicators applies"
    assert reading.row(report.sections[0].table, "S1-01") == [
        "Does not apply: nobody gave a level, and at least half of those who answered said so",
        *("0 / 0%", "12", "0"),
    ]
    assert reading.fact(report.summary.facts, "Withheld") == "Nothing"


def test_judged_by_nobody() -> None:
    report = board_report(ROUNDS["all cannot judge"]())
    assert reading.row(report.sections[0].table, "S1-01") == ["No score: nobody gave a level", "12 / 100%", "0"]
    assert reading.fact(report.summary.facts, "Cannot judge") == "60 of 60 answers that can be published (100%)"
    (differs, judged) = report.findings
    assert differs.introduction == "No indicator has levels that can be shown, so no difference can be stated."
    assert judged.table is not None
    assert len(judged.table.rows) == 5


def test_nobody_answered() -> None:
    report = board_report(ROUNDS["nobody answered"]())
    assert reading.fact(report.sections[0].facts, "Score") == "No score: nobody answered"
    assert reading.fact(report.summary.facts, "Cannot judge") == "Nobody answered"
    assert report.findings[1].introduction == (
        "No indicator has enough answers to show how many members could not judge it."
    )


@pytest.mark.parametrize("individual", [False, True])
def test_without_any_answer_nothing_is_called_withheld_or_too_few(individual: bool) -> None:
    card = builders.scorecard(builders.sections(3, 2), [], individual=individual)
    report = board_report(builders.results(card, submitted=0, subject_is_individual=individual))
    said = [*reading.words(report.summary), *reading.words(report.profile), *reading.words(report.sections)]
    said += [finding.introduction for finding in report.findings]
    assert not [text for text in said if "fewer than" in text or "Withheld:" in text or "no two" in text]
    assert reading.fact(report.sections[0].facts, "Score") == "No score: nobody answered"
    assert reading.fact(report.method.facts, "Response base") == (
        "0 of 14 members (0%) submitted. Nobody's answers count in this report."
    )


def test_without_any_answer_the_summary_is_plain() -> None:
    report = board_report(ROUNDS["nobody responded"]())
    said = {fact.term: fact.text for fact in report.summary.facts}
    assert said["Strongest and weakest success measure"] == "Cannot be stated: no success measure has a score"
    assert said["Cannot judge"] == "Nobody answered"
    assert said["Views of the board"] == "None: nobody answered"
    assert said["Withheld"] == "Nothing"
    assert reading.row(report.sections[0].table, "S1-01") == ["No score: nobody answered"]
    assert reading.fact(report.sections[0].facts, "Level held throughout") == (
        "Cannot be stated: no indicator has a figure"
    )
    assert [finding.introduction for finding in report.findings] == [
        "Nobody answered, so no difference can be stated.",
        "Nobody answered, so it cannot be said what members could not judge.",
    ]


def test_nobody_responded() -> None:
    report = board_report(ROUNDS["nobody responded"]())
    assert report.summary.overall_note == "Nobody's answers count in this round."
    assert reading.fact(report.summary.facts, "Response rate") == "no members"


def test_forty_members() -> None:
    report = board_report(ROUNDS["forty members"]())
    assert reading.row(report.sections[0].table, "S1-01")[-1] == "40"
    assert report.summary.overall_score == "4.0"


def test_every_indicator_of_a_long_framework_has_its_row() -> None:
    report = board_report(one_hundred_and_forty_three())
    assert sum(len(section.table.rows) for section in report.sections if section.table) == 143


def test_individual_framework_is_published_by_section_only() -> None:
    report = board_report(builders.individual())
    assert [section.table for section in report.sections] == [None, None]
    assert "not published" in report.sections_note
    (first, second) = report.sections
    assert [(fact.term, fact.text) for fact in first.facts] == [
        ("Score", "2.3 (Established), based on 2 of 2 indicators"),
    ]
    assert reading.fact(second.facts, "Score") == (
        "Withheld: too few members gave a level for an average that shows nobody's own answers"
    )
    assert not [text for text in reading.words(report) if "S1-0" in text or "Indicator 1" in text]
    assert "agree a position" not in " ".join(report.cover.asks)
    assert reading.fact(report.cover.facts, "Answers") == (
        "Private: each member's answers are their own; the board sees averages by competency domain only"
    )
    assert not [text for text in reading.words(report) if "Confidential" in text or "“over" in text]


def test_individual_framework_does_not_compare_or_rank_competencies() -> None:
    report = board_report(builders.individual())
    assert reading.fact(report.summary.facts, "Change since last round").startswith("Not stated")
    assert report.findings == ()
    assert {"Level held throughout", "Spread", "Cannot judge"}.isdisjoint(reading.terms(report.method.facts))


def test_scale_without_cannot_judge_says_so() -> None:
    card = builders.scorecard(builders.sections(1), builders.answers({"S1-01": "11233"}), builders.FREQUENCY)
    report = board_report(builders.results(card))
    assert report.findings[1].introduction == "This framework's scale has no answer for what a member cannot judge."
    assert "Cannot judge" not in reading.terms(report.summary.facts)
