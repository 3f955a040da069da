"""The executive summary: each rule by cases; and no number or indicator that the scorecard does not hold."""

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.queries.results import RoundResults
from reports.content.board_report import NO_ACTIONS, board_report
from reports.content.sentences import digest, executive_summary, reaching
from reports.cover.paper import Paper
from tests.unit.reports import builders, reading

NUMBER = re.compile(r"\d+(?:\.\d+)?")
CODE = re.compile(r"S\d-\d\d")


def said(results: RoundResults) -> str:
    return " ".join(found.text for found in executive_summary(results, NO_ACTIONS))


PLAIN = builders.plain()
CASES = {
    "who answered": (PLAIN, "12 of 14 members (86%) submitted their answers."),
    "overall": (PLAIN, "The overall score is 3.3 on the scale from 1 to 5, which reads as “Established”"),
    "down": (PLAIN, "Since the round closed on 31 October 2025 the score has fallen from "),
    "ends": (PLAIN, "The strongest success measure is Section 2 at "),
    "target missed": (PLAIN, "The one success measure with a target and a score does not reach its target."),
    "divided": (PLAIN, "Views are divided on 1 of the 5 indicators whose levels are shown: S1-03."),
    "not judged": (PLAIN, "most often on S1-03 (17% of those who answered)."),
    "withheld": (
        builders.results(builders.scorecard(builders.sections(2), builders.answers({"S1-01": "33333", "S1-02": "44"}))),
        "The levels of 1 of 2 indicators are withheld: fewer than 5 members gave one.",
    ),
    "no score": (builders.uniform("c", 6, 2), "No overall score can be stated."),
    "individual": (builders.individual(), "on the scale from 1 to 3"),
}


@pytest.mark.parametrize(("results", "expected"), CASES.values(), ids=CASES)
def test_what_is_said(results: RoundResults, expected: str) -> None:
    assert expected in said(results)


@pytest.mark.parametrize(
    ("results", "unsaid"),
    [
        (builders.uniform("3", 6, 2), ("risen", "fallen", "unchanged", "strongest", "withheld", "target", "agreed")),
        (builders.individual(), ("divided", "Cannot judge", "S1-", "risen", "fallen")),
        (builders.uniform("c", 6, 2), ("strongest", "divided")),
    ],
)
def test_what_is_not_said(results: RoundResults, unsaid: tuple[str, ...]) -> None:
    assert not [words for words in unsaid if words in said(results)]


@pytest.mark.parametrize(
    ("met", "aimed", "text"),
    [
        (1, 1, "The one section with a target and a score reaches its target."),
        (0, 1, "The one section with a target and a score does not reach its target."),
        (0, 3, "None of the 3 sections with a target and a score reaches its target."),
        (1, 3, "1 of the 3 sections with a target and a score reaches its target."),
        (2, 3, "2 of the 3 sections with a target and a score reach their targets."),
        (3, 3, "All 3 sections with a target and a score reach their targets."),
    ],
)
def test_targets_in_words(met: int, aimed: int, text: str) -> None:
    assert reaching(met, aimed, "section", "sections") == text


def test_every_sentence_says_what_it_rests_on() -> None:
    for found in executive_summary(PLAIN, NO_ACTIONS):
        assert found.rests_on, found.text
        assert set(CODE.findall(found.text)) == {part.of for part in found.rests_on if CODE.match(part.of)}


rows = st.lists(st.text("12345cn-", min_size=0, max_size=9), min_size=5, max_size=5)


@given(rows, st.integers(3, 6))
def test_every_number_is_in_the_report_and_nothing_withheld_is_named(given_: list[str], minimum: int) -> None:
    asked = builders.sections(3, 2, targets={1: Fraction(4)})
    codes = [indicator.code for section in asked for indicator in section.indicators]
    answers = builders.answers(dict(zip(codes, given_, strict=True)))
    card = builders.scorecard(asked, answers, minimum_group=minimum, responses=9)
    results = builders.results(card, minimum_group=minimum)
    shown = {score.indicator.code for section in card.sections for score in section.indicators if score.level_counts}
    text = said(results)
    named = {part.of for found in executive_summary(results, NO_ACTIONS) for part in found.rests_on}
    published = shown | {
        score.indicator.code for section in card.sections for score in section.indicators if score.non_score_counts
    }
    assert set(CODE.findall(text)) <= published
    assert {of for of in named if CODE.match(of)} <= published
    report = board_report(results, paper=Paper(own_summary="Nothing."))
    known = set(NUMBER.findall(" ".join(reading.words(report)))) | counts(results)
    assert set(NUMBER.findall(CODE.sub("", text))) <= known


def counts(results: RoundResults) -> set[str]:
    """Numbers that count parts of the scorecard: up to as many as there are, besides the figures themselves."""
    parts = sum(len(section.indicators) for section in results.scorecard.sections) + len(results.scorecard.sections)
    return {str(number) for number in range(parts + 1)}


def test_own_words_replace_the_sentences() -> None:
    report = board_report(PLAIN, paper=Paper(own_summary="We did well.\n\nWe can do better."))
    assert report.cover.executive == ("We did well.", "We can do better.")
    assert board_report(PLAIN).cover.executive == (said(PLAIN),)


def test_other_figures_make_another_digest() -> None:
    other = builders.plain(submitted=11)
    assert digest(executive_summary(PLAIN, NO_ACTIONS)) != digest(executive_summary(other, NO_ACTIONS))
