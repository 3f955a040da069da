"""What is asked of a trust beside what is asked of an ICS."""

from frameworks.comparison import compare
from frameworks.queries import IndicatorText, SectionText, WordingTag


def indicator(code: str, variant: str, theme: str = "Plan") -> IndicatorText:
    return IndicatorText(code, f"Text of {code}.", "", "", variant, theme, "", WordingTag("seen", "Seen"), variant)


def rows(*indicators: IndicatorText) -> list[tuple[str, list[str], list[str], str]]:
    section = SectionText("s", "Section", "", (), None, "", indicators)
    (compared,) = compare([section])
    return [
        (row.theme, [one.code for one in row.trust], [one.code for one in row.ics], row.verdict)
        for row in compared.rows
    ]


def test_what_is_asked_of_both_stands_on_both_sides() -> None:
    assert rows(indicator("A", "both")) == [("Plan", ["A"], ["A"], "The same for both")]


def test_counterparts_are_put_differently() -> None:
    assert rows(indicator("A", "ics"), indicator("B", "organisation")) == [("Plan", ["B"], ["A"], "Put differently")]


def test_one_side_may_be_asked_more() -> None:
    assert rows(indicator("A", "both"), indicator("B", "ics")) == [("Plan", ["A"], ["A", "B"], "Partly the same")]


def test_one_side_may_be_asked_nothing() -> None:
    assert rows(indicator("A", "ics", "X"), indicator("B", "organisation", "Y")) == [
        ("X", [], ["A"], "Asked of ICSs only"),
        ("Y", ["B"], [], "Asked of trusts only"),
    ]


def test_themes_come_in_order_and_indicators_without_one_stand_alone() -> None:
    found = rows(
        indicator("A", "both", ""), indicator("B", "ics", "X"), indicator("C", "both", ""), indicator("D", "ics", "X")
    )
    assert [(theme, ics) for theme, _, ics, _ in found] == [("", ["A"]), ("X", ["B", "D"]), ("", ["C"])]


def test_the_section_says_how_much_is_common() -> None:
    indicators = (indicator("A", "both", "X"), indicator("B", "both", "Y"), indicator("C", "ics", "Z"))
    (compared,) = compare([SectionText("s", "Section", "", (), None, "", indicators)])
    assert compared.in_words == "Themes: 3, of which the same for both: 2; asked of ICSs only: 1."
