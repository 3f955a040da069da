"""Charts as SVG text: the same picture on the page and in the PDF, from the same dataclasses.

A chart never stands alone: a table with its numbers is beside it, and its title is its message.
"""

from collections.abc import Callable
from typing import Any

from django.utils.safestring import SafeString

from reports.charts import distribution, gap, profile, spread, trend
from reports.charts.canvas import Layout
from reports.charts.distribution import DistributionChart, DistributionRow
from reports.charts.gap import GapChart, GapRow
from reports.charts.profile import ProfileChart, ProfileRow
from reports.charts.spread import SpreadChart, SpreadRow
from reports.charts.trend import TrendChart, TrendRow

__all__ = [
    "Chart",
    "DistributionChart",
    "DistributionRow",
    "GapChart",
    "GapRow",
    "ProfileChart",
    "ProfileRow",
    "SpreadChart",
    "SpreadRow",
    "TrendChart",
    "TrendRow",
    "narrow_svg",
    "wide_svg",
]

Chart = ProfileChart | SpreadChart | GapChart | DistributionChart | TrendChart

# For each kind of chart how it is drawn, for a page and for a phone: one layout where the same serves both.
KINDS: dict[type[Chart], tuple[Callable[[Any, Layout], SafeString], Layout, Layout | None]] = {
    ProfileChart: (profile.profile_svg, profile.WIDE, profile.NARROW),
    SpreadChart: (spread.spread_svg, spread.COMPACT, None),
    GapChart: (gap.gap_svg, gap.WIDE, gap.NARROW),
    DistributionChart: (distribution.distribution_svg, distribution.WIDE, distribution.NARROW),
    TrendChart: (trend.trend_svg, trend.WIDE, trend.NARROW),
}


def wide_svg(chart: Chart) -> SafeString:
    """The chart for a page or a sheet of paper."""
    draw, wide, _ = KINDS[type(chart)]
    return draw(chart, wide)


def narrow_svg(chart: Chart) -> SafeString:
    """The same chart for the screen of a phone; nothing when the other is narrow enough."""
    draw, _, narrow = KINDS[type(chart)]
    return SafeString() if narrow is None else draw(chart, narrow)
