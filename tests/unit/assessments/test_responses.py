"""A member's answers: saved, changed, submitted, reopened, refused."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from assessments import actions
from assessments.actions import GivenAnswer
from assessments.choices import ResponseState
from assessments.lifecycle import NotNow
from assessments.models import Response, Round
from assessments.scoring.types import NonScore
from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from tests.factories import answer, lead_of, make_round


@pytest.fixture
def round_(trust: Organisation, digital_boards: FrameworkVersion) -> Round:
    return make_round(trust, digital_boards, members=2)


@pytest.fixture
def response(round_: Round) -> Response:
    return round_.responses.order_by("pk")[0]


def test_a_saved_answer_is_there_with_its_comment(response: Response, round_: Round) -> None:
    indicator = round_.indicators()[0]
    actions.save_answers(response=response, answers=[GivenAnswer(indicator.pk, level=3, comment="Seen it work.")])
    stored = response.answers.get()
    assert (stored.indicator, stored.level, stored.non_score, stored.comment) == (indicator, 3, "", "Seen it work.")
    response.refresh_from_db()
    assert response.state == ResponseState.STARTED


def test_saving_again_replaces_and_a_repeat_is_harmless(response: Response, round_: Round) -> None:
    indicator = round_.indicators()[0].pk
    for given in (GivenAnswer(indicator, level=3), GivenAnswer(indicator, non_score=NonScore.CANNOT_JUDGE)) * 2:
        actions.save_answers(response=response, answers=[given])
    stored = response.answers.get()
    assert (stored.level, stored.non_score) == (None, "cannot-judge")


def test_what_is_not_said_stays_as_it_is(response: Response, round_: Round) -> None:
    indicator = round_.indicators()[0].pk
    for given in (GivenAnswer(indicator, level=3), GivenAnswer(indicator, comment="Words"), GivenAnswer(indicator)):
        actions.save_answers(response=response, answers=[given])
    stored = response.answers.get()
    assert (stored.level, stored.comment) == (3, "Words")
    actions.save_answers(response=response, answers=[GivenAnswer(indicator, comment="")])
    assert response.answers.get().comment == ""


def test_a_repeat_writes_nothing(response: Response, round_: Round) -> None:
    """A page that got no answer sends the very same change again."""
    given = GivenAnswer(round_.indicators()[0].pk, level=3, comment="Words", made_at=timezone.now())
    first = actions.save_answers(response=response, answers=[given])
    second = actions.save_answers(response=response, answers=[given], seen=first.revision)
    assert second.answers == ()
    assert (response.answers.get().revision, second.revision) == (1, 2)


def test_nothing_chosen_stores_nothing_and_does_not_start(response: Response, round_: Round) -> None:
    actions.save_answers(response=response, answers=[GivenAnswer(row.pk) for row in round_.indicators()])
    response.refresh_from_db()
    assert (response.answers.count(), response.state) == (0, ResponseState.INVITED)


@pytest.mark.parametrize("given", [{"level": 5}, {"level": 0}, {"non_score": NonScore.NOT_APPLICABLE}])
def test_an_answer_off_the_scale_is_refused_whole(response: Response, round_: Round, given: Any) -> None:
    first, second = round_.indicators()[:2]
    with pytest.raises(ValueError, match="not on the scale"):
        actions.save_answers(
            response=response, answers=[GivenAnswer(first.pk, level=2), GivenAnswer(second.pk, **given)]
        )
    assert not response.answers.exists()


def test_an_indicator_out_of_scope_is_refused(response: Response, wgll: FrameworkVersion) -> None:
    stranger = wgll.indicators.first()
    assert stranger
    with pytest.raises(ValueError, match="not in the scope"):
        actions.save_answers(response=response, answers=[GivenAnswer(stranger.pk, level=2)])


def test_answers_are_frozen_by_closing(response: Response, round_: Round) -> None:
    actions.close_round(by=lead_of(round_), round_=round_, count_unsubmitted=False)
    with pytest.raises(NotNow, match="This round is closed"):
        answer(response, lambda indicator: 2)
    assert not response.answers.exists()


def test_the_closing_date_ends_the_round_by_itself(response: Response, round_: Round) -> None:
    last_moment = timezone.make_aware(dt.datetime.combine(round_.closing_on, dt.time(23, 59, 59)))
    answer(response, lambda indicator: 2, at=last_moment)
    with pytest.raises(NotNow, match="closed at the end of"):
        answer(response, lambda indicator: 3, at=last_moment + dt.timedelta(seconds=1))
    assert set(response.answers.values_list("level", flat=True)) == {2}


def test_submitted_answers_must_be_reopened_before_they_change(response: Response) -> None:
    answer(response, lambda indicator: 2)
    actions.submit_response(response=response)
    with pytest.raises(NotNow, match="Reopen them first"):
        answer(response, lambda indicator: 3)
    actions.reopen_response(response=response)
    answer(response, lambda indicator: 3)
    assert set(response.answers.values_list("level", flat=True)) == {3}


def test_submitting_twice_keeps_the_first_time(response: Response) -> None:
    answer(response, lambda indicator: 2)
    first = timezone.now()
    actions.submit_response(response=response, at=first)
    actions.submit_response(response=response, at=first + dt.timedelta(hours=1))
    response.refresh_from_db()
    assert response.submitted_at == first


def test_an_empty_response_cannot_be_submitted(response: Response, round_: Round) -> None:
    actions.save_answers(response=response, answers=[GivenAnswer(round_.indicators()[0].pk, comment="Only words")])
    with pytest.raises(NotNow, match="at least one question"):
        actions.submit_response(response=response)


def test_a_closed_round_can_be_neither_submitted_nor_reopened(response: Response, round_: Round) -> None:
    answer(response, lambda indicator: 2)
    actions.submit_response(response=response)
    actions.close_round(by=lead_of(round_), round_=round_, count_unsubmitted=False)
    with pytest.raises(NotNow):
        actions.reopen_response(response=response)
    other = round_.responses.order_by("pk")[1]
    with pytest.raises(NotNow):
        actions.submit_response(response=other)
