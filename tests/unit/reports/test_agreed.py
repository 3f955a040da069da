"""What the board agreed, with reason and dissent, in the report of its round."""

import datetime as dt
from typing import Any

from assessments.queries.positions import Position
from reports.content.board_report import board_report
from tests.unit.reports import builders, reading


def position(code: str, **changed: Any) -> Position:
    values: dict[str, Any] = {
        "code": code,
        "level": 3,
        "label": "Partly in place",
        "method": "Discussed and agreed",
        "method_code": "discussion",
        "reason": "Seen on the wards",
        "dissent": "One site lags behind",
        "agreed_on": dt.date(2026, 11, 22),
        "recorded_by": "Somebody",
        "recorded_at": dt.datetime(2026, 11, 22, tzinfo=dt.UTC),
        "mark": "1.1",
    }
    return Position(**(values | changed))


def test_reason_and_dissent_stand_beside_the_level() -> None:
    first, second = board_report(builders.plain(), positions={"S1-02": position("S1-02")}).sections
    assert first.agreed is not None
    (row,) = first.agreed.rows
    assert (row.header.text, [cell.text for cell in row.cells]) == (
        "S1-02",
        ["3 (Partly in place)", "Seen on the wards", "One site lags behind", "Discussed and agreed"],
    )
    assert row.cells[-1].note == "22 November 2026"
    assert second.agreed is None


def test_who_recorded_it_is_not_in_the_report() -> None:
    assert "Somebody" not in set(reading.words(board_report(builders.plain(), positions={"S1-01": position("S1-01")})))


def test_a_median_without_words_needs_no_row() -> None:
    plain = position("S1-01", method_code="median", reason="", dissent="")
    first, _ = board_report(builders.plain(), positions={"S1-01": plain}).sections
    assert first.agreed is None


def test_an_individual_framework_has_none() -> None:
    report = board_report(builders.individual(), positions={"S1-01": position("S1-01")})
    assert all(section.agreed is None for section in report.sections)
