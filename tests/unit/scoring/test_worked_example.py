"""The tables of docs/SCORING.md, worked out again from the answers printed there."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from assessments.disclosure import disclose
from assessments.scoring import agreement_for, band_for, one_decimal, percentage, score_in_words, signed
from assessments.scoring.types import Agreement, Average, IndicatorScore, NonScore, Scorecard, SectionScore
from tests.unit.scoring.scoring_builders import Cell, card, scale_of

PAGE = (Path(__file__).parents[3] / "docs" / "SCORING.md").read_text(encoding="utf-8")
PROSE = " ".join(PAGE.split())  # so that where a line breaks does not matter

Row = dict[str, str]


def table(first_heading: str) -> dict[str, Row]:
    """The table whose first column has that heading: its rows as {first cell: {heading: cell}}."""
    lines = PAGE.split(f"| {first_heading} |", 1)[1].split("\n\n", 1)[0].splitlines()
    headings, _, *rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines]
    return {row[0]: dict(zip(headings, row[1:], strict=False)) for row in rows}


def cell_of(text: str) -> Cell:
    if text == "–":  # noqa: RUF001 - the dash of the table
        return None
    return int(text) if text.isdigit() else NonScore(text.replace(" ", "-"))


def section_of(indicator: str) -> str:
    return indicator.rsplit(" ", 1)[0]


@pytest.fixture(scope="module")
def result() -> Scorecard:
    tables: dict[str, dict[str, list[Cell]]] = {}
    for indicator, row in table("Indicator").items():
        tables.setdefault(section_of(indicator), {})[indicator] = [cell_of(text) for text in row.values()]
    agreed = {indicator: int(row["Level"]) for indicator, row in table("Agreed for").items()}
    targets = {name: Fraction(aim) for aim, name in re.findall(r"([\d.]+) (?:in|and) \*([^*]+)\*", aims())}
    minimum = re.search(r"The minimum group is (\d+)\.", PROSE)
    assert minimum
    return disclose(card(tables, agreed=agreed, targets=targets), minimum_group=int(minimum[1]))


def aims() -> str:
    found = re.search(r"The board aims for ([^,]+)", PROSE)
    assert found
    return found[1]


def test_six_members_and_two_sections_are_read_from_the_page(result: Scorecard) -> None:
    assert result.responses == 6
    assert [len(section.indicators) for section in result.sections] == [3, 3]
    assert [section.section.target for section in result.sections] == [Fraction("3.5"), Fraction(4)]


def indicator_row(scored: IndicatorScore) -> Row:
    missing = "withheld" if scored.applicable else "not applicable"
    assert scored.cannot_judge_share is not None
    return {
        "Answered": str(scored.answered),
        "Gave a level": str(scored.n),
        "Score": missing if scored.mean is None else one_decimal(scored.mean),
        "Median": missing if scored.median is None else one_decimal(scored.median),
        "Spread": missing if scored.lowest is None else f"{scored.lowest} to {scored.highest}",
        "Distance": missing if scored.distance is None else one_decimal(scored.distance),
        "Agreement": missing if scored.agreement is None else scored.agreement.value,
        "Cannot judge": percentage(scored.cannot_judge_share),
    }


def average_row(members: Average, agreed: Average) -> Row:
    return {
        "Score": score_in_words(members.score),
        "Band": members.band,
        "Based on": f"{members.based_on} of {members.of}",
        "Agreed": score_in_words(agreed.score),
        "Agreed based on": f"{agreed.based_on} of {agreed.of}",
    }


def section_row(scored: SectionScore) -> Row:
    assert scored.gap is not None
    assert scored.cannot_judge_share is not None
    figures = {
        "Level held": str(scored.level_held),
        "Gap": signed(scored.gap),
        "Cannot judge": percentage(scored.cannot_judge_share),
    }
    return average_row(scored.members, scored.agreed) | figures


def test_what_is_published_of_each_indicator(result: Scorecard) -> None:
    scored = {s.indicator.code: indicator_row(s) for section in result.sections for s in section.indicators}
    assert table("Figures") == scored


def test_sections_and_the_whole(result: Scorecard) -> None:
    rows = {scored.section.code: section_row(scored) for scored in result.sections}
    overall = average_row(result.members, result.agreed) | {"Level held": "", "Gap": "", "Cannot judge": ""}
    printed = {name: dict.fromkeys(overall, "") | row for name, row in table("Result").items()}
    assert printed == rows | {"Overall": overall}


def test_the_exact_fraction_in_the_text(result: Scorecard) -> None:
    printed = re.search(r"\*Well led\* is \((\d+/\d+) \+ (\d+/\d+)\) ÷ 2 = (\d+/\d+), shown as ([\d.]+)\.", PROSE)
    assert printed
    first, second, whole = (Fraction(text) for text in printed.groups()[:3])
    section = result.sections[0]
    assert [section.indicators[0].mean, section.indicators[1].mean, section.members.score] == [first, second, whole]
    assert (first + second) / 2 == whole
    assert one_decimal(whole) == printed[4]


def test_the_level_held_in_the_text(result: Scorecard) -> None:
    printed = re.search(r"Its level held is (\d): the medians and agreed levels are (\d), (\d) and (\d)\.", PROSE)
    assert printed
    held, *reached = (int(text) for text in printed.groups())
    section = result.sections[0]
    assert held == section.level_held
    assert reached == [scored.median if scored.agreed is None else scored.agreed for scored in section.indicators]


@pytest.mark.parametrize("name", list(table("Scale")))
def test_the_cuts_of_each_scale(name: str) -> None:
    low, high = (int(end) for end in name.split(" to "))
    scale = scale_of(*range(low, high + 1))
    row = {heading: Fraction(text) for heading, text in table("Scale")[name].items()}
    bands = {"Developing from": "Developing", "Established from": "Established", "Leading from": "Leading"}
    agreements = {"Mixed from": Agreement.MIXED, "Divided from": Agreement.DIVIDED}
    a_step = Fraction(1, 10)  # figures are told apart by what is printed
    for heading, band in bands.items():
        assert band_for(row[heading], scale) == band
        assert band_for(row[heading] - a_step, scale) != band
    for heading, agreement in agreements.items():
        assert agreement_for(row[heading], scale) is agreement
        assert agreement_for(row[heading] - a_step, scale) is not agreement


def test_the_rounding_example_in_the_text() -> None:
    printed = re.search(
        r"([\d.]+) is shown as ([\d.]+) and is \*(\w+)\*, because that is the word for ([\d.]+)\.", PROSE
    )
    assert printed
    score = Fraction(printed[1])
    assert one_decimal(score) == printed[2] == printed[4]
    assert band_for(score, scale_of(1, 2, 3, 4, 5)) == printed[3]


def test_the_example_of_a_cut_between_tenths_in_the_text() -> None:
    printed = re.search(
        r"on 1 to 4, ([\d.]+) is shown as ([\d.]+) and reaches \*Developing\*, "
        r"([\d.]+) is shown as ([\d.]+) and does not\.",
        PROSE,
    )
    assert printed
    above, below = Fraction(printed[1]), Fraction(printed[3])
    assert [one_decimal(above), one_decimal(below)] == [printed[2], printed[4]]
    scale = scale_of(1, 2, 3, 4)
    assert [band_for(above, scale), band_for(below, scale)] == ["Developing", "Not yet in place"]
