"""Two boards side by side: which figures are paired, what is worked out of them, and what report and files say."""

import dataclasses
import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.charts import ProfileChart
from reports.content.board_report import board_report
from reports.content.choices import EVERYTHING, Choices, Kind
from reports.content.context import Context
from reports.content.document import BoardReport, Figure
from reports.content.wording import day
from reports.counterparts.beside import BoardFigure, Counterpart
from reports.counterparts.pairing import TOO_FEW_THEMES, Scored, pairs, sections_beside, themes_beside
from tests.unit.reports import builders, reading


def scored(code: str, theme: str, median: str | None, agreed: int | None = None, section: str = "s1") -> Scored:
    figure = None if median is None else Fraction(median)
    why = "" if figure is not None else "Withheld: too few"
    return Scored(code, section, f"Section {section[1:]}", theme, f"Theme {theme}", figure, agreed, why)


OURS = (
    scored("A-1", "plan", "3", 3),
    scored("A-2", "money", "5/2"),
    scored("A-3", "people", None),
    scored("A-4", "ours alone", "4"),
    scored("B-1", "plan", "2", section="s2"),
)
THEIRS = (
    scored("Z-1", "money", "4", 4),
    scored("Z-2", "plan", "2", 1),
    scored("Z-3", "people", "5"),
    scored("Z-4", "theirs alone", "1"),
    scored("Y-1", "plan", None, section="s2"),
)


def counterpart(name: str = "Marsh Valley ICB", ours: tuple[Scored, ...] = OURS) -> Counterpart:
    paired = pairs(ours, THEIRS)
    return Counterpart(
        name,
        "QZZ",
        dt.date(2026, 6, 1),
        11,
        12,
        2,
        "7KQM-2XWD-N4HT-9RBC",
        sections_beside(paired),
        themes_beside(paired),
    )


# --- pairing --------------------------------------------------------------------------------------------------------


def test_themes_of_both_are_paired_in_our_order_within_their_section() -> None:
    said = [(one.section_code, one.theme, one.ours.codes, one.theirs.codes) for one in counterpart().themes]
    assert said == [
        ("s1", "Theme plan", ("A-1",), ("Z-2",)),
        ("s1", "Theme money", ("A-2",), ("Z-1",)),
        ("s1", "Theme people", ("A-3",), ("Z-3",)),
        ("s2", "Theme plan", ("B-1",), ("Y-1",)),
    ]


def test_a_figure_without_a_median_keeps_its_reason_and_has_no_difference() -> None:
    people = counterpart().themes[2]
    assert people.ours == BoardFigure(None, None, ("A-3",), "Withheld: too few")
    assert (people.theirs.median, people.theirs.why_none, people.difference) == (5.0, "", None)


def test_an_average_is_over_the_themes_that_both_have_a_median_for() -> None:
    first, second = counterpart().sections
    # Ours: 3 and 2.5; theirs: 2 and 4. "People" has no median here, so theirs is left out as well.
    assert (first.ours, first.theirs, first.difference) == (2.8, 3.0, -0.3)
    assert (first.based_on, first.of, first.why_none) == (2, 3, "")
    assert (second.ours, second.theirs, second.difference) == (None, None, None)
    assert (second.based_on, second.of, second.why_none) == (0, 1, TOO_FEW_THEMES)


def test_fewer_than_half_of_the_themes_make_no_average() -> None:
    ours = (*(scored(f"A-{n}", f"t{n}", None) for n in range(2)), scored("A-9", "t9", "3"))
    theirs = tuple(scored(f"Z-{n}", f"t{n}", "3") for n in (0, 1, 9))
    (section,) = sections_beside(pairs(ours, theirs))
    assert (section.ours, section.theirs, section.based_on, section.of) == (None, None, 1, 3)


def test_several_indicators_on_a_theme_count_as_their_mean_and_as_none_where_one_is_missing() -> None:
    ours = (scored("A-1", "plan", "3", 3), scored("A-2", "plan", "4", 4))
    theirs = (scored("Z-1", "plan", "3", 3), scored("Z-2", "plan", None, 2))
    (theme,) = themes_beside(pairs(ours, theirs))
    assert (theme.ours.median, theme.ours.agreed, theme.ours.codes) == (3.5, 3.5, ("A-1", "A-2"))
    assert (theme.theirs.median, theme.theirs.agreed, theme.theirs.why_none) == (None, 2.5, "Withheld: too few")
    assert theme.difference is None


HALVES = st.integers(2, 10).map(lambda half: Fraction(half, 2))
MEDIANS = st.lists(st.tuples(st.none() | HALVES, st.none() | HALVES), min_size=1, max_size=12)


@given(MEDIANS)
def test_what_one_board_sees_the_other_sees_from_its_own_side(
    medians: list[tuple[Fraction | None, Fraction | None]],
) -> None:
    def side(place: int) -> tuple[Scored, ...]:
        return tuple(
            scored(f"{place}-{number}", f"t{number}", None if pair[place] is None else str(pair[place]))
            for number, pair in enumerate(medians)
        )

    here, there = pairs(side(0), side(1)), pairs(side(1), side(0))
    for mine, yours in zip(themes_beside(here), themes_beside(there), strict=True):
        assert (mine.ours.median, mine.theirs.median) == (yours.theirs.median, yours.ours.median)
        assert mine.difference == (None if yours.difference is None else -yours.difference + 0.0)
    (mine_all,), (yours_all,) = sections_beside(here), sections_beside(there)
    assert (mine_all.ours, mine_all.theirs, mine_all.based_on) == (yours_all.theirs, yours_all.ours, yours_all.based_on)
    both = [pair for pair in medians if None not in pair]
    assert (mine_all.ours is not None) == (2 * len(both) >= len(medians) and bool(both))


# --- the report -----------------------------------------------------------------------------------------------------


def our_own(median: str) -> tuple[Scored, ...]:
    """The indicators of `builders.plain()`, each a theme of its own."""
    return tuple(
        Scored(one.indicator.code, section.section.code, section.section.title, one.indicator.code,
               f"Theme {one.indicator.code}", Fraction(median), None, "")
        for section in builders.plain().scorecard.sections
        for one in section.indicators
    )  # fmt: skip


def beside(*names: str) -> tuple[Counterpart, ...]:
    """Boards that share all themes with `builders.plain()`; the first indicator of ours has two levels more."""
    first, *rest = our_own("3")
    ours = (dataclasses.replace(first, median=Fraction(5), agreed=4), *rest)
    paired = pairs(ours, our_own("3"))
    figures = sections_beside(paired), themes_beside(paired)
    return tuple(
        Counterpart(name, "QZZ", dt.date(2026, 6, 1), 11, 12, 2, "7KQM-2XWD-N4HT-9RBC", *figures) for name in names
    )


def report(*names: str, choices: Choices = EVERYTHING) -> BoardReport:
    return board_report(builders.plain(), context=Context(counterparts=beside(*names)), choices=choices)


def figure_of(said: BoardReport) -> Figure:
    assert said.counterparts is not None
    return said.counterparts


def test_one_board_has_a_chart_its_averages_what_is_far_apart_and_the_rest_in_words() -> None:
    figure = figure_of(report("Marsh Valley ICB"))
    averages, apart, near, sources = figure.tables
    assert isinstance(figure.chart, ProfileChart)
    assert "a ring for Marsh Valley ICB" in figure.chart.description
    assert figure.chart.title == "This board beside the other, by success measure: higher in 1 and the same in 1"
    assert reading.row(averages, "Section 1") == ["3.7", "3.0", "+0.7", "3 of 3"]
    assert [row.score_text for row in figure.chart.rows] == [row.cells[0].text for row in averages.rows]
    assert reading.row(apart, "Theme S1-01 (Section 1)") == ["5.0,\xa0agreed\xa04", "3.0", "+2.0"]
    assert reading.row(near, "Section 2") == ["Theme S2-01: 3.0 here, 3.0 there; Theme S2-02: 3.0 here, 3.0 there"]
    assert reading.row(sources, "Marsh Valley ICB") == ["1 June 2026", "11 of 12", "2", "7KQM-2XWD-N4HT-9RBC"]
    assert "On 1 of 5 themes the medians are at least a level apart, furthest on “Theme S1-01”" in figure.introduction


def test_what_is_compared_is_dated() -> None:
    ours = f", ours on {day(builders.plain().facts.closed_on)}."
    assert f"Its round closed on 1 June 2026{ours}" in figure_of(report("Marsh Valley ICB")).introduction
    first, second = beside("Trust A", "Trust B")
    assert f"Their rounds closed on 1 June 2026{ours}" in introduction_of(first, second)
    later = dataclasses.replace(second, closed_on=dt.date(2026, 7, 5))
    assert f"Their rounds closed between 1 June 2026 and 5 July 2026{ours}" in introduction_of(later, first)


def introduction_of(*boards: Counterpart) -> str:
    return figure_of(board_report(builders.plain(), context=Context(counterparts=boards))).introduction


def test_a_median_that_is_missing_is_in_the_caption_only_where_one_is() -> None:
    (board,) = beside("Marsh Valley ICB")
    without = dataclasses.replace(board.themes[-1], difference=None)
    missing = dataclasses.replace(board, themes=(*board.themes[:-1], without))
    captions = [
        figure_of(board_report(builders.plain(), context=Context(counterparts=(one,)))).tables[2].caption
        for one in (board, missing)
    ]
    assert captions == ["Medians less than a level apart", "Medians less than a level apart, or none on one side"]


def test_every_theme_stands_in_one_of_the_two_tables_once() -> None:
    _, apart, near, _ = figure_of(report("Marsh Valley ICB")).tables
    said = [word for table in (apart, near) for word in reading.words(table)]
    for indicator in our_own("3"):
        assert sum(indicator.theme in word for word in said) == 1


def test_several_boards_stand_in_columns_four_to_a_table() -> None:
    names = [f"Trust {letter}" for letter in "ABCDE"]
    figure = figure_of(report(*names))
    assert figure.chart is None
    assert [reading.headings(table)[1:] for table in figure.tables[:2]] == [names[:4], names[4:]]
    themes = figure.tables[2:-1]
    assert [reading.headings(table)[1:] for table in themes] == [["This board", *names[:4]]] * 2 + [
        ["This board", names[4]]
    ] * 2
    assert reading.row(themes[0], "Theme S1-01") == ["5.0,\xa0agreed\xa04", *["3.0"] * 4]
    assert reading.row(figure.tables[0], "Section 1")[0] == "3.7 here, 3.0 there / over 3 of 3 themes"
    assert len(figure.tables[-1].rows) == 5
    captions = [table.caption for table in figure.tables]
    assert len(set(captions)) == len(captions)
    assert captions[:2] == [
        "Averages of medians by success measure, here and there (trusts 1 to 4 of 5)",
        "Averages of medians by success measure, here and there (trust 5 of 5)",
    ]


def test_a_board_that_was_not_asked_about_a_theme_says_so() -> None:
    all_of_it, other = beside("Trust A", "Trust B")
    part = dataclasses.replace(other, themes=other.themes[1:], sections=other.sections[1:])
    figure = board_report(builders.plain(), context=Context(counterparts=(all_of_it, part))).counterparts
    assert figure is not None
    assert reading.row(figure.tables[1], "Theme S1-01") == ["5.0,\xa0agreed\xa04", "3.0", "not asked"]
    assert reading.row(figure.tables[0], "Section 1")[1] == "no theme in common"


def test_withheld_medians_are_words_that_say_why_and_keep_what_was_agreed() -> None:
    (theirs,) = beside("Marsh Valley ICB")
    withheld = BoardFigure(None, 3.0, ("Z-1",), "Withheld: fewer than 5 gave a level")
    themes = (dataclasses.replace(theirs.themes[0], theirs=withheld, difference=None), *theirs.themes[1:])
    pair = (dataclasses.replace(theirs, themes=themes), beside("Trust B")[0])
    figure = board_report(builders.plain(), context=Context(counterparts=pair)).counterparts
    assert figure is not None
    assert (
        reading.row(figure.tables[1], "Theme S1-01")[1]
        == "no median, agreed\xa03 / Withheld: fewer than 5 gave a level"
    )
    alone = board_report(builders.plain(), context=Context(counterparts=pair[:1])).counterparts
    assert alone is not None
    said = "Theme S1-01: 5.0 here (agreed\xa04), none there (withheld: fewer than 5 gave a level, agreed\xa03);"
    assert said in " ".join(reading.words(alone.tables))


@pytest.mark.parametrize("choices", [Choices(Kind.SUMMARY), Choices(Kind.SECTION, "s1"), Choices(Kind.APPENDIX)])
def test_only_the_full_report_has_it(choices: Choices) -> None:
    assert report("Marsh Valley ICB", choices=choices).counterparts is None


def test_no_board_no_part() -> None:
    assert board_report(builders.plain()).counterparts is None
