"""What the board answered, in words beside a member's own answers: only what disclosure lets out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.presenters.check import CheckedSection, checked_sections
from assessments.queries.content import Content, QuestionContent, SectionContent
from assessments.queries.results import RoundResults
from assessments.queries.sitting import Question, SectionAnswered, Sitting
from tests.unit.reports import builders

# What each of the members gave to the one indicator (builders.NON_SCORES), and what stands beside mine.
CASES = [
    ("12345", "3.0 on average, from 1 to 5, of 5 members who gave a level."),
    ("33333", "3.0 on average, all 3, of 5 members who gave a level."),
    ("22233c", "2.4 on average, from 2 to 3, of 5 members who gave a level. Cannot judge: 1."),
    ("2345c", "Withheld: fewer than 5 members gave a level."),
    ("2345-", "Withheld: fewer than 5 members answered."),
    ("ccccc", "No score: nobody gave a level."),
    ("nnnnn", "Does not apply: nobody gave a level, and at least half of those who answered said so."),
    ("-----", "No score: nobody answered."),
    ("--", "Withheld: fewer than 5 members answered."),
]


def results_of(marks: str, *, individual: bool = False) -> RoundResults:
    """A round of one section with one indicator, and in it a second that nobody answered."""
    asked = builders.sections(2)
    first, second = (one.code for one in asked[0].indicators)
    answers = builders.answers({first: marks, second: "-" * len(marks)})
    scale = builders.FREQUENCY if individual else builders.MATURITY
    card = builders.scorecard(asked, answers, scale=scale, individual=individual, responses=len(marks))
    return builders.results(card, subject_is_individual=individual)


def sitting_of(results: RoundResults) -> Sitting:
    """A member's sitting in that round, with nothing answered."""
    sections = tuple(
        SectionContent(
            number,
            section.section.code,
            section.section.title,
            "",
            number,
            tuple(
                QuestionContent(place, scored.indicator.code, place, scored.indicator.text, "", "", ())
                for place, scored in enumerate(section.indicators, start=1)
            ),
        )
        for number, section in enumerate(results.scorecard.sections, start=1)
    )
    unanswered = tuple(
        SectionAnswered(section, tuple(Question(asked, None, "", "", "", "", None) for asked in section.questions), ())
        for section in sections
    )
    scale = results.scorecard.scale
    content = Content("", "", "", "", False, scale, scale.levels, (), sections, frozenset(), frozenset())
    return Sitting(1, 1, "", 5, results.facts.closing_on, True, None, True, "", 0, content, unanswered)


def beside(marks: str, *, individual: bool = False) -> CheckedSection:
    results = results_of(marks, individual=individual)
    (section,) = checked_sections(sitting_of(results), results)
    return section


@pytest.mark.parametrize(("marks", "said"), CASES)
def test_what_the_board_answered(marks: str, said: str) -> None:
    assert beside(marks).questions[0].board == said


def test_nothing_stands_beside_before_there_is_a_result() -> None:
    (section,) = checked_sections(sitting_of(results_of("12345")))
    assert section.board == ""
    assert {question.board for question in section.questions} == {""}


def test_a_section_gives_its_score_and_what_it_rests_on() -> None:
    assert beside("12345").board == "3.0 (Established), based on 1 of 2 indicators."
    assert beside("1234").board == "Withheld: none of 2 indicators has levels from at least 5 members."


def test_an_individual_framework_is_shown_by_section_only() -> None:
    section = beside("22222", individual=True)
    assert [question.board for question in section.questions] == ["", ""]
    assert section.board


@given(st.text(alphabet="12345cn-", max_size=12))
def test_nothing_withheld_is_said(marks: str) -> None:
    """Whenever fewer than five gave a level, no number but the minimum group itself stands there."""
    levels = sum(mark.isdigit() for mark in marks)
    said = beside(marks).questions[0].board
    numbers = set(re.findall(r"\d+", said))
    if levels < 5:
        assert numbers <= {"5"}
    else:
        assert f"of {levels} members" in said


@given(st.text(alphabet="123x-", max_size=9))
def test_nothing_of_a_competency_is_said(marks: str) -> None:
    assert {question.board for question in beside(marks, individual=True).questions} == {""}
