"""Every kind of chart: what it draws where, what it says, and that nothing of it lies outside its canvas."""

import re
import xml.etree.ElementTree as ET
from fractions import Fraction

import pytest

from reports.charts import (
    Chart,
    DistributionChart,
    DistributionRow,
    GapChart,
    GapRow,
    ProfileChart,
    ProfileRow,
    SpreadChart,
    SpreadRow,
    TrendChart,
    TrendRow,
    narrow_svg,
    wide_svg,
)
from reports.charts import gap as gap_chart
from reports.charts.canvas import across
from reports.charts.distribution import WIDE as DISTRIBUTION
from tests.unit.reports.canvas import SVG, outside, parsed, texts

TICKS = tuple((level, f"Label {level}") for level in range(1, 6))
LONG = "Promoting equality and inclusion, and reducing health and workforce inequalities"
LEVELS = ("1 Not started", "2 Early steps", "3 Partly in place", "4 In place", "5 Embedded and improving")

CHARTS: dict[str, Chart] = {
    "profile": ProfileChart(
        "p", "Message", "About it", TICKS,
        (
            ProfileRow(LONG, Fraction(1), "1.0", Fraction(5), Fraction(5), Fraction(1)),
            ProfileRow("x" * 90, None, "no score", None, None),
        ),
        comparator="A comparator with a rather long name",
    ),
    "spread": SpreadChart(
        "s", "Message", "About it", TICKS,
        (
            SpreadRow("WL-ORG-01", 1, 5, Fraction(5, 2), 5),
            SpreadRow("WL-ORG-02", 3, 3, Fraction(3), None),
            SpreadRow("WL-ORG-03", None, None, None, None, "not shown: too few"),
            SpreadRow("WL-ORG-04", None, None, None, 1, "does not apply"),
        ),
    ),
    "gap": GapChart(
        "g", "Message", "About it", TICKS,
        (GapRow(LONG, Fraction(1), Fraction(5), "4.0 below"), GapRow("Nothing", None, Fraction(1), "no score")),
    ),
    "distribution": DistributionChart(
        "d", "Message", "About it", LEVELS, ("Cannot judge", "Not applicable"),
        (DistributionRow(LONG, (10, 20, 30, 1, 0, 9, 3)), DistributionRow("Nothing", (0,) * 7)),
    ),
    "trend": TrendChart(
        "t", "Message", "About it", 1, 5, tuple(("Oct", str(year)) for year in range(2023, 2027)),
        (TrendRow(LONG, (Fraction(1), Fraction(5), Fraction(2), Fraction(5)), "1.0", "5.0"), TrendRow("New", ())),
    ),
}  # fmt: skip
DRAWN = [(name, draw) for name in CHARTS for draw in (wide_svg, narrow_svg) if draw(CHARTS[name])]
each = pytest.mark.parametrize(("name", "draw"), DRAWN)


@each
def test_everything_is_on_the_canvas(name: str, draw: object) -> None:
    assert outside(parsed(draw(CHARTS[name]))) == []  # type: ignore[operator]  # a function, from the list above


@each
def test_says_its_message_and_needs_no_style_or_script(name: str, draw: object) -> None:
    drawn = draw(CHARTS[name])  # type: ignore[operator]
    svg = parsed(drawn)
    title = svg.find(f"{SVG}title")
    assert title is not None
    assert (title.text, svg.get("aria-labelledby")) == ("Message", title.get("id"))
    assert not re.search(r"style|script|\bon\w+=", drawn)


@pytest.mark.parametrize("name", CHARTS)
def test_all_on_one_page_have_ids_of_their_own(name: str) -> None:
    both = f"<all>{wide_svg(CHARTS[name])}{narrow_svg(CHARTS[name])}</all>"
    ids = [part.get("id") for part in ET.fromstring(both).iter() if part.get("id")]  # noqa: S314 - our own output
    assert len(ids) == len(set(ids))


def test_spread_reaches_from_lowest_to_highest_and_agreed_is_a_shape_of_its_own() -> None:
    svg = parsed(wide_svg(CHARTS["spread"]))
    said = texts(svg)
    assert {"not shown: too few", "Agreed", "Median", "Lowest to highest"} <= set(said)
    assert len(list(svg.iter(f"{SVG}polygon"))) == 3  # two agreed levels and the legend's


def test_spread_without_an_agreed_level_does_not_name_it() -> None:
    alone = SpreadChart("s", "m", "d", TICKS, (SpreadRow("A", 1, 2, Fraction(1), None),))
    assert "Agreed" not in texts(parsed(wide_svg(alone)))


def test_gap_runs_from_score_to_target_on_the_whole_scale() -> None:
    (line,) = [path for path in parsed(wide_svg(CHARTS["gap"])).iter(f"{SVG}path") if path.get("stroke-dasharray")]
    ends = [float(number) for number in re.findall(r"M([\d.]+) .*H([\d.]+)", line.get("d", ""))[0]]
    assert ends == [across(TICKS, Fraction(level), gap_chart.WIDE) for level in (1, 5)]


def test_shares_fill_the_width_and_numbers_are_written_where_there_is_room() -> None:
    svg = parsed(wide_svg(CHARTS["distribution"]))
    pieces = [rect for rect in svg.iter(f"{SVG}rect") if rect.get("height") == "22"][len(LEVELS) + 2 :]
    assert len(pieces) == 6  # one of the seven kinds did not occur
    reach = sum(float(piece.get("width", 0)) for piece in pieces)
    assert reach == pytest.approx(DISTRIBUTION.right - DISTRIBUTION.left, abs=0.5)
    assert {"10", "20", "30", "9", "no answers that can be shown"} <= set(texts(svg))
    assert "1" not in texts(svg)


def test_levels_darken_as_they_rise_and_the_rest_is_hatched() -> None:
    svg = parsed(wide_svg(CHARTS["distribution"]))
    fills = [rect.get("fill", "") for rect in svg.iter(f"{SVG}rect") if rect.get("height") == "22"][:7]
    brightness = [sum(int(fill[place : place + 2], 16) for place in (1, 3, 5)) for fill in fills]
    assert brightness[:5] == sorted(brightness[:5], reverse=True)
    assert len(set(brightness[:5])) == 5
    assert fills[5:] == ["#ffffff", "#ffffff"]


def test_trend_rises_from_the_bottom_of_the_scale_to_its_top() -> None:
    svg = parsed(wide_svg(CHARTS["trend"]))
    (line,) = svg.iter(f"{SVG}polyline")
    heights = [float(point.split(",")[1]) for point in line.get("points", "").split()]
    assert heights[0] - heights[1] == 40
    assert heights[2] == heights[0] - 10
    assert {"Oct", "2023", "2026", "1.0", "5.0", "not comparable"} <= set(texts(svg))


def test_comparator_is_a_ring_that_the_legend_names() -> None:
    svg = parsed(wide_svg(CHARTS["profile"]))
    assert len(list(svg.iter(f"{SVG}circle"))) == 2
    assert "A comparator with a rather long name" in texts(svg)
