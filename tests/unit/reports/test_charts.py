"""The profile chart: where things are drawn, and what it says to those who do not see it."""

import dataclasses
import itertools
import re
import xml.etree.ElementTree as ET
from fractions import Fraction

import pytest

from reports.charts.canvas import Layout
from reports.charts.profile import NARROW, WIDE, ProfileChart, ProfileRow, horizontal_place, profile_svg

SVG = "{http://www.w3.org/2000/svg}"
LEVELS = (
    (1, "Not started"),
    (2, "Early steps"),
    (3, "Partly in place"),
    (4, "In place"),
    (5, "Embedded and improving"),
)


def row(label: str = "Well led", **changed: object) -> ProfileRow:
    values = {"score": Fraction(3), "score_text": "3.0", "before": Fraction(2), "target": Fraction(4)}
    return ProfileRow(label, **(values | changed))  # type: ignore[arg-type]  # tests change one value at a time


def chart(*rows: ProfileRow, ticks: tuple[tuple[int, str], ...] = LEVELS) -> ProfileChart:
    return ProfileChart("profile", "Strongest <first>", "A bar for each & every one.", ticks, rows or (row(),))


def drawn(of: ProfileChart, layout: Layout = WIDE) -> ET.Element:
    return ET.fromstring(profile_svg(of, layout))  # noqa: S314 - our own output


def texts(of: ProfileChart, layout: Layout = WIDE) -> list[str]:
    return [element.text or "" for element in drawn(of, layout).iter(f"{SVG}text")]


def bars(of: ProfileChart, layout: Layout) -> list[ET.Element]:
    """The bars of the rows; the first of that height belongs to the legend."""
    return [bar for bar in drawn(of, layout).iter(f"{SVG}rect") if bar.get("height") == "14"][1:]


def test_says_its_message_and_names_it() -> None:
    svg = drawn(chart())
    assert svg.get("role") == "img"
    title, description = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert (title.text, svg.get("aria-labelledby")) == ("Strongest <first>", title.get("id"))
    assert (description.text, svg.get("aria-describedby")) == ("A bar for each & every one.", description.get("id"))


def test_needs_no_style_or_script() -> None:
    assert not re.search(r"style|script|\bon\w+=|class=\"(?!profile\")", profile_svg(chart()))


def test_scale_reaches_from_lowest_to_highest_level() -> None:
    assert horizontal_place(chart(), Fraction(1)) == WIDE.left
    assert horizontal_place(chart(), Fraction(3)) == (WIDE.left + WIDE.right) / 2
    assert horizontal_place(chart(), Fraction(5)) == WIDE.right
    assert horizontal_place(chart(ticks=((0, "a"), (3, "b"))), Fraction(3, 2)) == (WIDE.left + WIDE.right) / 2


def test_ticks_are_levels_with_labels() -> None:
    said = texts(chart())
    assert {"1", "2", "3", "4", "5", "Not started", "Embedded and", "improving"} <= set(said)


def test_many_levels_leave_out_their_labels() -> None:
    said = texts(chart(ticks=tuple((value, f"Label {value}") for value in range(11))))
    assert "10" in said
    assert "Label 10" not in said


def test_one_level_is_no_scale() -> None:
    with pytest.raises(ValueError, match="at least two levels"):
        profile_svg(chart(ticks=((1, "Only"),)))


def test_bar_ends_at_the_score_and_shows_it_as_a_number() -> None:
    bars = [bar for bar in drawn(chart()).iter(f"{SVG}rect") if bar.get("height") == "14"]
    bar = bars[-1]
    assert float(bar.get("x", 0)) + float(bar.get("width", 0)) == horizontal_place(chart(), Fraction(3))
    assert "3.0" in texts(chart())


def test_score_at_the_lowest_level_is_still_a_bar() -> None:
    bars = [bar for bar in drawn(chart(row(score=Fraction(1)))).iter(f"{SVG}rect") if bar.get("height") == "14"]
    assert float(bars[-1].get("width", 0)) >= 5


def test_last_round_is_a_hollow_diamond_and_target_a_tick_above_the_bar() -> None:
    svg = drawn(chart())
    diamond = list(svg.iter(f"{SVG}polygon"))[-1]
    assert diamond.get("fill") == "#ffffff"
    assert str(horizontal_place(chart(), Fraction(2))) in diamond.get("points", "")
    ticks = [rect for rect in svg.iter(f"{SVG}rect") if rect.get("height") == "32"]
    assert float(ticks[-1].get("x", 0)) + 2.5 == horizontal_place(chart(), Fraction(4))


def test_legend_names_only_what_is_drawn() -> None:
    assert {"This round", "Last round", "Target"} <= set(texts(chart()))
    alone = texts(chart(row(before=None, target=None)))
    assert "This round" in alone
    assert not {"Last round", "Target"} & set(alone)


def test_section_without_score_says_so() -> None:
    svg = chart(row(score=None, score_text="no score"))
    assert "no score" in texts(svg)
    assert len([bar for bar in drawn(svg).iter(f"{SVG}rect") if bar.get("height") == "14"]) == 1  # the legend's


def test_long_labels_wrap_and_rows_make_room() -> None:
    label = "Promoting equality and inclusion, and reducing health and workforce inequalities"
    short, long = drawn(chart(row())), drawn(chart(row(label)))
    assert float(long.get("height", 0)) > float(short.get("height", 0))
    lines = [text for text in texts(chart(row(label))) if text in label and len(text) > 3]
    assert " ".join(lines) == label


@pytest.mark.parametrize("layout", [WIDE, NARROW])
@pytest.mark.parametrize("labels", [["A"], ["A", "B" * 90, "C"], ["word " * 30, "Z"]])
def test_rows_do_not_overlap_and_stay_on_the_canvas(labels: list[str], layout: Layout) -> None:
    svg = drawn(chart(*(row(label) for label in labels)), layout)
    height = float(svg.get("height", 0))
    anchor = "start" if layout is NARROW else "end"
    baselines = [float(text.get("y", 0)) for text in svg.iter(f"{SVG}text") if text.get("text-anchor") == anchor]
    assert baselines == sorted(baselines)
    gaps = [after - before for before, after in itertools.pairwise(baselines)]
    assert all(gap >= 16 for gap in gaps)
    assert max(baselines) < height
    assert svg.get("viewBox") == f"0 0 {layout.width} {height:g}"


def test_narrow_chart_keeps_bars_comparable_and_everything_on_the_canvas() -> None:
    label = "Promoting equality and inclusion, and reducing health and workforce inequalities"
    of = chart(row(label, score=Fraction(1)), row(score=Fraction(3)), row(score=Fraction(5), score_text="5.0"))
    ends = [float(bar.get("x", 0)) + float(bar.get("width", 0)) for bar in bars(of, NARROW)]
    assert ends == [horizontal_place(of, Fraction(score), NARROW) for score in (1, 3, 5)]
    assert ends[1] - ends[0] == ends[2] - ends[1] > 100
    svg = drawn(of, NARROW)
    number = next(text for text in svg.iter(f"{SVG}text") if text.text == "5.0")
    assert ends[2] < float(number.get("x", 0)) <= NARROW.width - 30
    assert NARROW.width <= 320
    assert {"This round", "Last round", "Target", "1", "5"} <= set(texts(of, NARROW))


def test_narrow_chart_has_titles_above_the_bars_and_clear_of_the_lines() -> None:
    of = chart(row(), row("Safe practice"))
    svg = drawn(of, NARROW)
    titles = [float(t.get("y", 0)) for t in svg.iter(f"{SVG}text") if t.text in ("Well led", "Safe practice")]
    assert all(title < float(bar.get("y", 0)) for title, bar in zip(titles, bars(of, NARROW), strict=True))
    ways = [path.get("d", "") for path in svg.iter(f"{SVG}path")]
    spans = {(float(top), float(bottom)) for way in ways for top, bottom in re.findall(r" ([\d.]+)V([\d.]+)", way)}
    assert len(spans) == 2
    assert not [title for title in titles for top, bottom in spans if top < title < bottom]


def test_narrow_chart_says_no_score_on_the_canvas() -> None:
    svg = drawn(chart(row(score=None, score_text="no score")), NARROW)
    (said,) = (text for text in svg.iter(f"{SVG}text") if text.text == "no score")
    assert float(said.get("x", 0)) < NARROW.width / 2


def test_both_charts_can_stand_on_one_page() -> None:
    ids = [part.get("id") for layout in (WIDE, NARROW) for part in drawn(chart(), layout).iter() if part.get("id")]
    assert len(ids) == len(set(ids)) == 4


def test_label_is_escaped() -> None:
    assert "<script>" not in profile_svg(chart(row("<script>alert(1)</script>")))


def test_a_changed_score_changes_the_picture() -> None:
    assert profile_svg(chart()) != profile_svg(chart(dataclasses.replace(row(), score=Fraction(7, 2))))
