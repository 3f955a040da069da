"""What cover and summary of a report say of a round in which everything can be seen."""

import datetime as dt

import pytest

from reports.content.board_report import board_report
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


def test_band_goes_with_the_figure_beside_it() -> None:
    rows = {"S1-01": "3" * 29 + "2"}  # 2.97
    report = board_report(builders.results(builders.scorecard(builders.sections(1), builders.answers(rows))))
    assert report.summary.overall_score == "3.0"
    assert report.summary.overall_note.startswith("Established")
    assert reading.fact(report.sections[0].facts, "Score").startswith("3.0 (Established)")
    assert "2.96 is printed as 3.0 and has the band of 3.0" in reading.fact(report.method.facts, "Rounding")


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
