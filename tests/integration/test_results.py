"""The only door to results: figures as worked out by hand from the rows, and nothing that is withheld."""

from fractions import Fraction
from random import Random
from statistics import fmean

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments import actions
from assessments.lifecycle import NotNow
from assessments.models import Answer, Round
from assessments.queries.results import RoundResults, comments_for, results_for
from assessments.scoring.types import NonScore, Scorecard, Withheld
from frameworks.models import FrameworkVersion
from organisations.models import Organisation, Seat
from tests.factories import Choice, answer, lead_of, make_round, make_seat


def dice(seed: int) -> Random:
    return Random(seed)


def scores_by_code(scorecard: Scorecard) -> dict[str, Fraction | None]:
    return {scored.indicator.code: scored.mean for section in scorecard.sections for scored in section.indicators}


@pytest.mark.parametrize("seed", range(5))
def test_figures_equal_those_worked_out_by_hand(trust: Organisation, wgll: FrameworkVersion, seed: int) -> None:
    chance = dice(seed)
    choices: list[Choice] = [1, 2, 3, 4, 5, None, NonScore.CANNOT_JUDGE, NonScore.NOT_APPLICABLE]

    def choose(member: int, indicator: int) -> Choice:
        return chance.choices(choices, [3, 5, 5, 3, 1, 1, 2, 1])[0]

    round_ = make_round(trust, wgll, members=11, state="closed", answers=choose)
    scorecard = results_for(round_).scorecard
    by_hand = _means_by_hand(round_)
    assert {code: float(mean) for code, mean in scores_by_code(scorecard).items() if mean is not None} == pytest.approx(
        by_hand
    )
    for section in scorecard.sections:
        means = [by_hand[scored.indicator.code] for scored in section.indicators if scored.indicator.code in by_hand]
        assert section.members.based_on == len(means)
        assert float(section.members.score or 0) == pytest.approx(fmean(means))
    sections = [float(section.members.score or 0) for section in scorecard.sections]
    assert float(scorecard.members.score or 0) == pytest.approx(fmean(sections))


def _means_by_hand(round_: Round) -> dict[str, float]:
    """Straight from the table, without the scoring package: means of at least five levels."""
    levels: dict[str, list[int]] = {}
    for row in Answer.objects.filter(response__round=round_, level__isnull=False).select_related("indicator"):
        levels.setdefault(row.indicator.code, []).append(row.level or 0)
    return {code: sum(values) / len(values) for code, values in levels.items() if len(values) >= 5}


def test_no_result_before_closing(trust: Organisation, digital_boards: FrameworkVersion) -> None:
    round_ = make_round(trust, digital_boards, answers=lambda member, indicator: 2)
    with pytest.raises(NotNow):
        results_for(round_)
    with pytest.raises(NotNow):
        comments_for(round_)


def test_four_levels_are_withheld_and_five_are_not(trust: Organisation, digital_boards: FrameworkVersion) -> None:
    def choose(member: int, indicator: int) -> Choice:
        return NonScore.CANNOT_JUDGE if indicator == 0 and member >= 4 else 3

    round_ = make_round(trust, digital_boards, members=5, state="closed", answers=choose)
    first, second = results_for(round_).scorecard.sections[0].indicators[:2]
    assert (first.withheld, first.mean, first.level_counts) == (Withheld.TOO_FEW_LEVELS, None, ())
    assert (second.withheld, second.mean, second.n) == (None, Fraction(3), 5)


@pytest.mark.parametrize(("counted", "responses", "mean"), [(False, 5, Fraction(2)), (True, 6, Fraction(14, 6))])
def test_unsubmitted_answers_count_only_if_chosen(
    trust: Organisation, digital_boards: FrameworkVersion, counted: bool, responses: int, mean: Fraction
) -> None:
    round_ = make_round(trust, digital_boards, members=6)
    *five, late = round_.responses.order_by("pk")
    for response in five:
        answer(response, lambda indicator: 2)
        actions.submit_response(response=response)
    answer(late, lambda indicator: 4)
    actions.close_round(by=lead_of(round_), round_=round_, count_unsubmitted=counted)
    round_.refresh_from_db()
    found = results_for(round_)
    assert found.scorecard.responses == responses
    assert found.scorecard.sections[0].indicators[0].mean == mean
    assert (found.facts.unsubmitted_counted, found.facts.started_not_submitted) == (counted, 1)


def test_an_individual_framework_gives_sections_only(trust: Organisation, leadership: FrameworkVersion) -> None:
    round_ = make_round(trust, leadership, members=7, state="closed", answers=lambda member, indicator: 2)
    scorecard = results_for(round_).scorecard
    assert {section.members.score for section in scorecard.sections} == {Fraction(2)}
    for section in scorecard.sections:
        for scored in section.indicators:
            assert (scored.withheld, scored.mean, scored.level_counts) == (Withheld.INDIVIDUAL, None, ())


def test_the_round_before_gives_the_trend(trust: Organisation, digital_boards: FrameworkVersion) -> None:
    first = make_round(trust, digital_boards, state="closed", answers=lambda member, indicator: 2)
    assert results_for(first).trend is None
    second = make_round(trust, digital_boards, state="closed", answers=lambda member, indicator: 3)
    trend = results_for(second).trend
    assert trend is not None
    assert (trend.overall.difference, trend.overall.comparable) == (Fraction(1), 13)


def test_joiners_and_leavers_are_counted_by_who_was_asked_and_not_by_who_answered(
    trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    def closed(members: list[Seat], *, submitting: int) -> RoundResults:
        round_ = make_round(trust, digital_boards, state="draft", members=0)
        actions.add_members(by=lead_of(round_), round_=round_, seats=members)
        actions.open_round(by=lead_of(round_), round_=round_)
        for response in round_.responses.order_by("pk")[:submitting]:
            answer(response, lambda indicator: 2)
            actions.submit_response(response=response)
        actions.close_round(by=lead_of(round_), round_=round_, count_unsubmitted=False)
        round_.refresh_from_db()
        return results_for(round_)

    seats = [make_seat(trust) for _ in range(10)]
    assert closed(seats[:7], submitting=7).previous is None
    previous, again = (closed(seats[2:], submitting=number).previous for number in (8, 6))
    assert previous is not None
    assert again is not None
    assert (previous.joined, previous.left) == (3, 2)
    assert (again.joined, again.left) == (0, 0)


def test_the_number_of_queries_does_not_grow(
    trust: Organisation,
    wgll: FrameworkVersion,
    digital_boards: FrameworkVersion,
) -> None:
    counts = []
    for version, members in ((digital_boards, 5), (wgll, 12)):
        round_ = make_round(trust, version, members=members, state="closed", answers=lambda member, indicator: 2)
        round_ = Round.objects.select_related("organisation", "version__framework").get(pk=round_.pk)
        with CaptureQueriesContext(connection) as captured:
            results_for(round_)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 20


def test_comments_come_without_names_in_an_order_that_says_nothing(
    trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    round_ = make_round(trust, digital_boards, members=5)
    indicator = round_.indicators()[0].pk
    for number, response in enumerate(round_.responses.order_by("pk")):
        words = f"{'edcba'[number]} comment"
        given = actions.GivenAnswer(indicator, level=2, comment=words)
        actions.save_answers(response=response, answers=[given])
        actions.submit_response(response=response)
    actions.close_round(by=lead_of(round_), round_=round_, count_unsubmitted=False)
    round_.refresh_from_db()
    (found,) = comments_for(round_)
    assert [comment.text for comment in found.comments] == [f"{letter} comment" for letter in "abcde"]
    assert len(found.comments) == Answer.objects.exclude(comment="").count()


def test_comments_of_a_small_round_and_private_notes_are_not_shown(
    trust: Organisation, digital_boards: FrameworkVersion, leadership: FrameworkVersion
) -> None:
    for version, members, words in (
        (digital_boards, 4, "comment"),
        (leadership, 8, "note"),
        (digital_boards, 8, "note"),
    ):
        round_ = make_round(trust, version, members=members)
        for response in round_.responses.all():
            given = actions.GivenAnswer(round_.indicators()[0].pk, level=2, **{words: "Mine"})  # type: ignore[arg-type]
            actions.save_answers(response=response, answers=[given])
            actions.submit_response(response=response)
        actions.close_round(by=lead_of(round_), round_=round_, count_unsubmitted=False)
        round_.refresh_from_db()
        assert comments_for(round_) == ()
