"""The agenda of a discussion: its timings add up, its words are in the PDF, and the PDF is built as PDF/UA-1 wants."""

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from fractions import Fraction

import pikepdf
import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st
from pikepdf import Pdf

from assessments.choices import DISCUSSION_LENGTHS
from assessments.queries.discussion import Discussion, Item
from assessments.queries.positions import Position
from assessments.scoring.types import IndicatorAsked
from assessments.worth_talking import Reason, Why, worth_talking_about
from reports.agenda.items import QUESTIONS, Agenda, agenda, agenda_pdf
from reports.agenda.timings import timings
from tests.unit.reports import builders, reading
from tests.unit.reports.structure import faults, flat

AGREED = Position(
    "S1-01", 3, "Partly in place", "Decided by vote", "vote", "", "", dt.date(2026, 11, 22), "Lead",
    dt.datetime(2026, 11, 22, tzinfo=dt.UTC), "1.1",
)  # fmt: skip


def discussion(agreed: Sequence[str] = ()) -> Discussion:
    """Eight indicators: divided, mixed, not judged, far from target, withheld, and three that stand out in nothing."""
    asked = builders.sections(5, 3, targets={1: Fraction(5)})
    marks = {
        "S1-01": "111555", "S1-02": "223344", "S1-03": "333ccc", "S1-04": "444444", "S1-05": "33----",
        "S2-01": "444444", "S2-02": "333333", "S2-03": "222223",
    }  # fmt: skip
    results = builders.results(builders.scorecard(asked, builders.answers(marks)))
    items = tuple(
        Item(
            number=number,
            section=found.section.title,
            target=found.section.target,
            score=found.score,
            reasons=found.reasons,
            agreed=AGREED if found.score.indicator.code in agreed else None,
            last_time=AGREED if number == 1 else None,
        )
        for number, found in enumerate(worth_talking_about(results.scorecard, open_actions={"S2-03": 1}), start=1)
    )
    return Discussion(results, items, agreed=len(agreed), to_agree=len(items))


@pytest.fixture(scope="module")
def document() -> Agenda:
    return agenda(discussion(), 60)


@pytest.fixture(scope="module")
def content(document: Agenda) -> bytes:
    return agenda_pdf(document)


@pytest.fixture(scope="module")
def pdf(content: bytes) -> Iterator[Pdf]:
    with pikepdf.open(io.BytesIO(content)) as opened:
        yield opened


# --- timings ----------------------------------------------------------------------------------------------------------


def item(*kinds: Why) -> Item:
    (score,) = builders.scorecard(builders.sections(1), []).sections[0].indicators
    assert isinstance(score.indicator, IndicatorAsked)
    return Item(1, "Section", None, score, tuple(Reason(kind, kind.value) for kind in kinds), None, None)


@pytest.mark.parametrize(
    ("kinds", "minutes", "expected"),
    [
        ((), 30, ([], 20)),
        ((Why.DIVIDED,), 30, ([12], 8)),
        ((Why.DIVIDED, Why.MIXED, Why.CHANGED), 30, ([9, 7, 4], 0)),
        ((Why.DIVIDED, Why.DIVIDED, Why.DIVIDED), 30, ([10, 10], 0)),
        ((Why.NOT_JUDGED, Why.OPEN_ACTIONS), 60, ([9, 6], 35)),
    ],
)
def test_an_item_has_longer_the_more_it_is_worth_talking_about(
    kinds: tuple[Why, ...], minutes: int, expected: tuple[list[int], int]
) -> None:
    plan = timings([item(kind) for kind in kinds], minutes)
    assert ([timing.minutes for timing in plan.items], plan.spare) == expected


@for_all(st.lists(st.lists(st.sampled_from(Why), min_size=1), max_size=30), st.sampled_from(DISCUSSION_LENGTHS))
def test_the_minutes_add_up_and_follow_each_other(kinds: list[list[Why]], minutes: int) -> None:
    plan = timings([item(*each) for each in kinds], minutes)
    assert len(plan.items) + len(plan.later) == len(kinds)
    assert plan.opening + sum(timing.minutes for timing in plan.items) + plan.spare + plan.closing == minutes
    assert plan.spare >= 0
    ends = [plan.opening, *(timing.starts + timing.minutes for timing in plan.items)]
    assert [timing.starts for timing in plan.items] == ends[:-1]


def test_too_short_a_discussion_is_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        timings([], 9)


# --- words ------------------------------------------------------------------------------------------------------------


def test_items_come_in_the_order_of_the_discussion_with_their_questions(document: Agenda) -> None:
    assert [each.heading.split(". ")[0] for each in document.items] == ["1", "2", "3", "4", "5"]
    first = document.items[0]
    assert reading.fact(first.facts, "Why talk about it") == "Members are divided: 1 to 5 and 2.0 below target"
    assert reading.fact(first.facts, "Members' levels") == "3 at level 1 and 3 at level 5"
    assert reading.fact(first.facts, "Agreed last time") == "3 (Partly in place)"
    assert set(QUESTIONS[Why.DIVIDED]) <= set(first.questions)


def test_withheld_levels_are_not_on_it(document: Agenda) -> None:
    (not_judged,) = [each for each in document.items if "S1-03" in each.when]
    assert reading.fact(not_judged.facts, "Members' levels") == "Withheld: fewer than 5 members gave a level"
    assert "Median" not in reading.terms(not_judged.facts)


def test_what_is_agreed_already_is_left_out() -> None:
    shorter = agenda(discussion(agreed=["S1-01"]), 60)
    assert len(shorter.items) == 4
    assert all("S1-01" not in each.when for each in shorter.items)


def test_what_there_is_no_time_for_is_listed() -> None:
    short = agenda(discussion(), 30)
    assert short.later is not None
    assert len(short.items) + len(short.later.rows) == 5


def test_every_kind_of_reason_has_two_or_three_questions() -> None:
    assert set(QUESTIONS) == set(Why)
    assert all(2 <= len(questions) <= 3 for questions in QUESTIONS.values())


# --- the file ---------------------------------------------------------------------------------------------------------


def test_nothing_is_wrong_with_its_structure(content: bytes) -> None:
    assert faults(content) == []


def test_has_its_title(pdf: Pdf, document: Agenda) -> None:
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == f"{document.title}, {document.organisation}"


def test_bookmarks_lead_to_every_item(pdf: Pdf, document: Agenda) -> None:
    with pdf.open_outline() as outline:
        titles = [entry.title for entry in flat(outline.root)]
    assert titles[0] == document.title
    assert {each.heading for each in document.items} <= set(titles)


def test_an_agenda_without_items_can_be_made() -> None:
    nothing = discussion(agreed=[f"S{section}-0{number}" for section in (1, 2) for number in range(1, 6)])
    document = agenda(nothing, 90)
    assert document.items_note
    assert faults(agenda_pdf(document)) == []
