"""What the method page says: terms, rules and the framework."""

import dataclasses
import datetime as dt
from fractions import Fraction

from assessments.scoring.types import Band
from frameworks.wording import Progress
from reports.content.board_report import board_report
from reports.content.method import method
from tests.unit.reports import builders, reading


def test_method_explains_only_what_the_report_shows() -> None:
    first_round = board_report(dataclasses.replace(builders.plain(), previous=None, trend=None)).method
    assert "Change since last round" not in reading.terms(first_round.facts)
    assert "Change since last round" in reading.terms(board_report(builders.plain()).method.facts)
    card = builders.scorecard(builders.sections(1), builders.answers({"S1-01": "11233"}), builders.FREQUENCY)
    frequency = reading.terms(board_report(builders.results(card)).method.facts)
    assert {"Cannot judge", "Not applicable"}.isdisjoint(frequency)
    assert {"Cannot judge", "Not applicable"} <= set(reading.terms(first_round.facts))


def test_method_names_terms_rules_and_source() -> None:
    facts = board_report(builders.plain()).method.facts
    assert reading.fact(facts, "Response base") == (
        "12 of 14 members (86%) submitted. 6 members' answers count in this report."
    )
    assert "at least 5 members" in reading.fact(facts, "Minimum group")
    assert "“Cannot judge” and “Not applicable” are counted and never averaged" in reading.fact(
        facts, "Score of an indicator"
    )
    assert "at least half" in reading.fact(facts, "Score of a success measure")
    assert reading.fact(facts, "Framework") == (
        "What Good Looks Like (WGLL), version 2021 (updated October 2021), in the version written for: Organisation."
    )
    assert reading.fact(facts, "Wording of the indicators") == (
        "Our wording of 80 indicators follows a source that describes the published text, and has not been checked "
        "against that text itself yet. Our wording of 14 indicators has not been checked against the published text "
        "yet."
    )
    checked = Progress((("confirmed", 80), ("recalled", 14)), dt.date(2027, 3, 1))
    changed = dataclasses.replace(
        builders.plain().facts, wording=checked, summaries=Progress((("confirmed", 3), ("seen", 4)), None)
    )
    said = board_report(dataclasses.replace(builders.plain(), facts=changed)).method.facts
    assert reading.fact(said, "Wording of the indicators") == (
        "Our wording of 80 indicators has been checked against the published text. The last of these checks was on "
        "1 March 2027. Our wording of 14 indicators has not been checked against the published text yet. "
        "The summaries of 3 of 7 success measures have been checked against it."
    )
    assert reading.fact(facts, "Licence") == "Open Government Licence v3.0"
    assert reading.fact(facts, "Source") == "https://example.org/what-good-looks-like/"


def test_method_minimum_group_is_the_rounds_own() -> None:
    assert "at least 7 members" in reading.fact(
        board_report(builders.plain(minimum_group=7)).method.facts, "Minimum group"
    )


def test_method_states_the_cuts_that_scoring_uses() -> None:
    facts = method(builders.plain(), ()).facts
    assert reading.fact(facts, "Bands") == (
        "Below 2: Not yet in place. 2 to below 3: Developing. 3 to below 4: Established. 4 and above: Leading."
    )
    assert "Aligned below 0.5 levels, Mixed from 0.5 levels to below 1 level, Divided from 1 level." in reading.fact(
        facts, "Spread"
    )
    quarter_scale = dataclasses.replace(builders.MATURITY, levels=builders.MATURITY.levels[:4])
    card = builders.scorecard(builders.sections(1), builders.answers({"S1-01": "2222" + "1" * 12}), quarter_scale)
    assert card.members.score == Fraction(5, 4)
    assert "Below 1.75: Not yet in place." in reading.fact(method(builders.results(card), ()).facts, "Bands")
    assert card.members.band == "Not yet in place"


def test_bands_of_a_framework_are_its_own() -> None:
    own = (Band("Exposed", Fraction(1)), Band("Partial", Fraction("2.25")), Band("Held", Fraction(5)))
    scale = dataclasses.replace(builders.MATURITY, bands=own)
    rows = {"S1-01": "22222", "S1-02": "33333", "S1-03": "55555"}
    report = board_report(builders.results(builders.scorecard(builders.sections(3), builders.answers(rows), scale)))
    said = reading.fact(report.method.facts, "Bands")
    assert said == "Below 2.25: Exposed. 2.25 to below 5: Partial. 5 and above: Held."
    assert "3.3 (Partial)" in reading.fact(report.sections[0].facts, "Score")
    heat = next(figure for figure in report.figures if figure.anchor == "heat-map")
    assert "from “Exposed” to “Held”" in heat.introduction
    assert [cell.shade for cell in heat.tables[0].rows[0].cells] == [1, 2, 4]
    assert "Not yet in place" not in repr(report)


def test_levels_are_listed_with_their_descriptions() -> None:
    levels = board_report(builders.plain()).method.levels
    assert [row.header.text for row in levels.rows] == [
        *("1 Not started", "2 Early steps", "3 Partly in place", "4 In place", "5 Embedded and improving"),
        *("Cannot judge", "Not applicable"),
    ]
    assert reading.row(levels, "4 In place") == ["The approach works in practice across the organisation."]
