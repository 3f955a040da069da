"""Reports that are hard to set: few members, many, nothing to show, too much to say.

To look at each page of each, write them to a folder as PDF:
scripts/in-demo .venv/bin/python manage.py shell -c "from tests.unit.reports.stress import write; write('FOLDER')"
"""

import dataclasses
import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

from assessments.queries.history import EarlierRound
from assessments.queries.results import Comment, IndicatorComments, RoundResults
from assessments.scoring.types import SectionAsked
from frameworks.comparators import Comparator
from reports.content.board_report import board_report
from reports.content.context import Context
from reports.content.document import BoardReport
from reports.counterparts.beside import Counterpart
from reports.counterparts.pairing import Scored, pairs, sections_beside, themes_beside
from reports.pdf.rendering import render_pdf
from tests.unit.reports import builders

LONG_NAME = (
    "Ysbyty Llŷn a'r Dŵr, Northumberland, Cumbria, and Tyne and Wear Partnership University NHS Foundation Trust"
)
LONG_TITLE = "Promoting equality and inclusion, and reducing health and workforce inequalities"
# Two thousand characters of each: no space to break at; right to left; signs that fonts have no shape for.
UNBROKEN, HEBREW, EMOJI = "x" * 2000, "שלום עולם " * 200, "👩‍⚕️ digital 🏥 " * 125
OTHERS = Comparator("DMA 2025 median", "Shown for orientation only.", "A source", 1, 5, (("s1", Fraction(5, 2)),))
CYCLE = ("334445", "15151c", "3344cc", "33ccnn", "222222", "------")


def rows(asked: tuple[SectionAsked, ...], times: int = 1) -> dict[str, str]:
    """Answers of six members, or so many times six, that differ from indicator to indicator."""
    codes = [indicator.code for section in asked for indicator in section.indicators]
    return {code: CYCLE[place % len(CYCLE)] * times for place, code in enumerate(codes)}


def mixed(*sizes: int, times: int = 1, **changed: Any) -> RoundResults:
    asked = tuple(
        dataclasses.replace(section, title=LONG_TITLE) if place == 1 else section
        for place, section in enumerate(builders.sections(*sizes, targets={1: Fraction(4), 2: Fraction(3)}))
    )
    given, then = rows(asked, times), dict.fromkeys(rows(asked), "233334")
    agreed = dict.fromkeys(list(given)[::2], 3)
    card = builders.scorecard(asked, builders.answers(given), agreed=agreed)
    return builders.results(card, builders.scorecard(asked, builders.answers(then)), **changed)


def with_history() -> BoardReport:
    results = mixed(6, 4, 9)
    codes = frozenset(one.indicator.code for section in results.scorecard.sections for one in section.indicators)
    earlier = tuple(EarlierRound(dt.date(year, 10, 31), results.scorecard, codes) for year in range(2019, 2026))
    return board_report(results, context=Context(earlier, OTHERS), marking="Version 3, signed off on 2 November 2026")


def with_comments() -> BoardReport:
    results = mixed(3, 2)
    texts = (UNBROKEN, HEBREW, EMOJI, "A plain sentence. " * 110)
    comments = tuple(Comment(place, text, is_in_report=True) for place, text in enumerate(texts))
    return board_report(dataclasses.replace(results, comments=(IndicatorComments(1, "S1-01", "One.", comments),)))


def side_by_side(boards: int) -> BoardReport:
    """Every indicator a theme of its own; on some the boards are far apart, and some have no median."""
    results = mixed(13, 10, 12)
    own = [
        Scored(
            score.indicator.code, section.section.code, section.section.title, score.indicator.code,
            f"{LONG_TITLE} {score.indicator.code}", score.median, score.agreed, "" if score.median else "Withheld",
        )
        for section in results.scorecard.sections
        for score in section.indicators
    ]  # fmt: skip
    other = [dataclasses.replace(one, median=one.median and Fraction(3), agreed=2) for one in own]
    paired = pairs(own, other)
    figures = sections_beside(paired), themes_beside(paired)
    when, reference = dt.date(2026, 9, 30), "7KQM-2XWD-N4HT-9RBC"
    beside = tuple(Counterpart(LONG_NAME, "QZZ", when, 11, 12, 2, reference, *figures) for _ in range(boards))
    return board_report(results, context=Context(counterparts=beside))


STRESS: dict[str, Callable[[], BoardReport]] = {
    "one member": lambda: board_report(builders.uniform("3", 1, 5, 4)),
    "forty members": lambda: board_report(mixed(6, 5, times=7, organisation=LONG_NAME)),
    "not applicable": lambda: board_report(builders.uniform("n", 8, 5, 4)),
    "cannot judge": lambda: board_report(builders.uniform("c", 8, 5, 4)),
    "143 indicators": lambda: board_report(mixed(25, 20, 24, 18, 20, 19, 17)),
    "comments": with_comments,
    "withheld": lambda: board_report(builders.uniform("4", 4, 5, 4)),
    "individual": lambda: board_report(builders.individual()),
    "history": with_history,
    "one board beside": lambda: side_by_side(1),
    "six boards beside": lambda: side_by_side(6),
}


def write(folder: str) -> None:
    """Write each report into `folder`."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    for name, make in STRESS.items():
        Path(folder, f"{name.replace(' ', '-')}.pdf").write_bytes(render_pdf(make()))
