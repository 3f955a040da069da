"""Page, PDF, spreadsheet, CSV and JSON of 200 random rounds say what the scoring package worked out, rounded once."""

import io
import json
import random
import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pypdf
import pytest
from django.conf import settings as django_settings
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from assessments.queries.results import RoundResults
from assessments.scoring.types import IndicatorScore, SectionScore
from reports.content.board_report import board_report
from reports.exports.document import document_of, figures_in
from reports.exports.figures import Figures
from reports.exports.gather import figures_from
from reports.exports.long_table import csv_of_figures
from reports.exports.parts import sheets_of
from reports.exports.workbook import workbook_of
from reports.pdf.rendering import render_pdf
from tests.unit.reports import builders, media
from tests.unit.reports.media import COUNTED, Read

ROUNDS = 200
LABELS = {level.value: f"{level.value} {level.label}" for level in builders.MATURITY.levels}
OTHERS = {choice.code: choice.label for choice in builders.MATURITY.non_scores}


@st.composite
def answered(draw: st.DrawFn) -> tuple[list[int], dict[str, str], dict[str, str]]:
    """The sizes of sections, and what up to nine members gave, this time and last time; many groups are too small."""
    sizes = draw(st.lists(st.integers(1, 2), min_size=1, max_size=3))
    codes = [one.code for section in builders.sections(*sizes) for one in section.indicators]
    members = draw(st.integers(3, 9))
    marks = st.text("1234512345cn-", min_size=members, max_size=members)
    return sizes, {code: draw(marks) for code in codes}, {code: draw(marks) for code in codes}


def round_of(sizes: list[int], now: dict[str, str], then: dict[str, str], responses: int | None = None) -> RoundResults:
    asked = builders.sections(*sizes, targets={1: Fraction(7, 2)})
    cards = [builders.scorecard(asked, builders.answers(rows), responses=responses) for rows in (now, then)]
    return builders.results(*cards)


# --- what is expected, straight from the scorecard -------------------------------------------------------------------


def rounded(exact: Fraction | None, places: str = "0.1") -> float | None:
    if exact is None:
        return None
    decimal = Decimal(exact.numerator) / Decimal(exact.denominator)
    return float(decimal.quantize(Decimal(places), ROUND_HALF_UP)) + 0.0  # no minus nought


def expected(results: RoundResults) -> Read:
    trend = results.trend
    read: Read = {("", "", "Score", ""): rounded(results.scorecard.members.score)}
    read["", "", "Change since last round", ""] = rounded(trend.overall.difference) if trend else None
    changes = dict(trend.sections) if trend else {}
    for section in results.scorecard.sections:
        of = section.section.code
        read |= of_section(section)
        read[of, "", "Change since last round", ""] = rounded(changes[of].difference) if of in changes else None
        for score in section.indicators:
            read |= of_indicator(of, score)
    return read


def of_section(section: SectionScore) -> Read:
    return {
        (section.section.code, "", figure, ""): value
        for figure, value in (
            ("Score", rounded(section.members.score)),
            ("Level held throughout", section.level_held),
            ("Target", rounded(section.section.target)),
            ("Gap: target less score", rounded(section.gap)),
            ("Cannot judge", rounded(section.cannot_judge_share, "0.01")),
        )
    }


def of_indicator(of: str, score: IndicatorScore) -> Read:
    code = score.indicator.code
    read: Read = {
        (of, code, "Mean", ""): rounded(score.mean),
        (of, code, "Median", ""): rounded(score.median),
        (of, code, "Lowest", ""): score.lowest,
        (of, code, "Highest", ""): score.highest,
        (of, code, "Average distance from the median", ""): rounded(score.distance),
    }
    if score.mean is not None:
        read |= {(of, code, COUNTED, LABELS[level]): members for level, members in score.level_counts}
    return read | {(of, code, COUNTED, OTHERS[other]): members for other, members in score.non_score_counts}


# --- the files ------------------------------------------------------------------------------------------------------


@cache
def schema() -> Draft202012Validator:
    file: Path = django_settings.BASE_DIR / "docs" / "report-figures.schema.json"
    return Draft202012Validator(json.loads(file.read_text()), format_checker=FormatChecker())


def check_files(figures: Figures, wanted: Read) -> None:
    document = json.loads(json.dumps(document_of(figures)))
    schema().validate(document)
    assert figures_in(document) == figures
    assert media.from_json(document) == wanted
    assert media.from_csv(csv_of_figures(figures)) == wanted
    assert media.from_workbook(workbook_of(figures)) == wanted


def check_page(html: str, results: RoundResults) -> None:
    """The numbers in each row that a section or an indicator heads: as printed, in order."""
    changes, rows = dict(results.trend.sections) if results.trend else {}, media.rows_in(html)
    for section in results.scorecard.sections:
        beside = media.numbers_beside(rows, section.section.title)
        change = changes.get(section.section.code)
        if section.members.score is not None:
            assert any(row[:1] == [decimal(section.members.score)] for row in beside)
        assert change is None or any(signed(change.difference) in row for row in beside)
        for score in section.indicators:
            check_indicator(media.numbers_beside(rows, score.indicator.code), score)


def check_indicator(beside: list[list[str]], score: IndicatorScore) -> None:
    if score.mean is None or score.median is None:
        assert not any("." in number for row in beside for number in row)
        return
    ends = [str(level) for level in dict.fromkeys((score.lowest, score.highest))]
    counts = [str(members) for _, members in score.level_counts]
    printed = [decimal(score.mean), decimal(score.median), *ends, *counts]
    assert any(row[: len(printed)] == printed for row in beside), (printed, beside)


def decimal(exact: Fraction) -> str:
    return f"{rounded(exact):.1f}"


def signed(exact: Fraction | None) -> str:
    number = rounded(exact) or 0.0
    return f"{number:+.1f}".replace("-", "\N{MINUS SIGN}") if number else "0.0"


@pytest.mark.long
@settings(max_examples=ROUNDS, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(answered())
def test_files_and_page_say_what_was_worked_out(
    given_answers: tuple[list[int], dict[str, str], dict[str, str]],
) -> None:
    results = round_of(*given_answers)
    check_files(figures_from(results), expected(results))
    report = board_report(results)
    for template, context in (("board_report.html", {}), ("components/report_body.html", {"on_screen": True})):
        check_page(render_to_string(f"reports/{template}", {"report": report} | context), results)


@pytest.mark.parametrize("seed", range(5))
def test_the_drawn_pdf_says_the_same(seed: int) -> None:
    """A PDF takes a second, so five are read as text; the HTML that they are made of is held above, 200 times."""
    results = seeded(seed)
    text = text_of(render_pdf(board_report(results)))
    for section in results.scorecard.sections:
        for score in section.indicators:
            after = rf"{score.indicator.code}\b(.*?)(?=S\d-\d\d\b|Section \d|$)"
            found = [re.findall(r"\d+(?:\.\d+)?", part) for part in re.findall(after, text, re.DOTALL)]
            if score.mean is not None and score.median is not None:
                printed = [decimal(score.mean), decimal(score.median), *(str(each) for _, each in score.level_counts)]
                assert any(in_order(printed, numbers) for numbers in found), (score, found)


def seeded(seed: int) -> RoundResults:
    chance = random.Random(seed)
    codes = [f"S{section}-{place:02}" for section in (1, 2) for place in (1, 2)]
    now, then = ({code: "".join(chance.choices("1234512345cn-", k=8)) for code in codes} for _ in range(2))
    return round_of([2, 2], now, then)


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def in_order(wanted: Iterable[str], found: list[str]) -> bool:
    rest = iter(found)
    return all(one in rest for one in wanted)


# --- what is withheld -----------------------------------------------------------------------------------------------


@settings(max_examples=40, derandomize=True)
@given(answered(), st.randoms(use_true_random=False))
def test_files_hold_nothing_of_what_is_withheld(
    given_answers: tuple[list[int], dict[str, str], dict[str, str]], chance: random.Random
) -> None:
    """Whatever the levels of a group that is too small are: the files stay as they are, to the last cell."""
    sizes, now, then = given_answers
    other = {code: with_other_levels(marks, chance) for code, marks in now.items()}
    first, second = (figures_from(round_of(sizes, rows, then, responses=9)) for rows in (now, other))
    assert document_of(first) == document_of(second)
    assert csv_of_figures(first) == csv_of_figures(second)
    assert sheets_of(first) == sheets_of(second)


def with_other_levels(marks: str, chance: random.Random) -> str:
    if sum(mark.isdigit() for mark in marks) >= 5:
        return marks
    return "".join(chance.choice("12345") if mark.isdigit() else mark for mark in marks)


def test_an_individual_framework_has_no_indicator_in_any_file() -> None:
    results = builders.individual()
    figures = figures_from(results)
    schema().validate(json.loads(json.dumps(document_of(figures))))
    said = (json.dumps(document_of(figures)), csv_of_figures(figures), str(sheets_of(figures)))
    assert not [text for text in said if "S1-01" in text or "Indicator 1 of" in text]
    assert media.from_workbook(workbook_of(figures))["s1", "", "Score", ""] == 2.3
