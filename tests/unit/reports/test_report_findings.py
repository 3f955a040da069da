"""Where a report says that the board differs most, and what it could not judge."""

from reports.content.board_report import board_report
from tests.unit.reports import builders, reading


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
