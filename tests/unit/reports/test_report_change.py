"""What a report says of the change since the last round, and of what that rests on."""

import dataclasses

import pytest

from assessments.queries.results import RoundResults
from assessments.scoring.types import Level
from reports.content.board_report import board_report
from reports.content.choices import Choices, Kind
from tests.unit.reports import builders, reading


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


def test_the_note_on_changes_speaks_of_what_the_table_shows() -> None:
    compared = board_report(builders.plain()).profile
    assert "over how many, stands beside each change" in compared.note
    now = builders.scorecard(builders.sections(1), builders.answers({"S1-01": "33333"}))
    then = builders.scorecard(builders.sections(2), builders.answers({"S1-02": "33333"}))
    assert board_report(builders.results(now, then)).profile.note == (
        "The last round closed on 31 October 2025. No success measure can be compared with it."
    )
