"""The rounds before a closed one: which they are, that they are disclosed, and what reading them costs."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.lifecycle import NotNow
from assessments.models import Round
from assessments.queries.history import MOST, history_of
from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from tests.factories import make_round


def closed(trust: Organisation, version: FrameworkVersion, months_ago: int, level: int = 3, members: int = 6) -> Round:
    at = timezone.now() - dt.timedelta(days=40 * months_ago)
    return make_round(trust, version, state="closed", members=members, answers=lambda *_: level, at=at)


def test_the_earliest_comes_first_and_later_rounds_are_not_in_it(
    trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    rounds = [closed(trust, digital_boards, months_ago, level) for months_ago, level in ((3, 1), (2, 2), (1, 3))]
    found = history_of(rounds[1])
    assert [earlier.closed_on for earlier in found] == [timezone.localdate(rounds[0].closed_at)]
    assert [earlier.scorecard.members.score for earlier in history_of(rounds[2])] == [1, 2]
    assert len(found[0].comparable) == 13


def test_a_round_of_too_few_is_withheld_here_too(trust: Organisation, digital_boards: FrameworkVersion) -> None:
    closed(trust, digital_boards, 2, members=4)
    (earlier,) = history_of(closed(trust, digital_boards, 1))
    assert earlier.scorecard.members.score is None
    assert all(not one.level_counts for section in earlier.scorecard.sections for one in section.indicators)


def test_as_many_queries_for_eight_rounds_as_for_one(trust: Organisation, digital_boards: FrameworkVersion) -> None:
    rounds = [closed(trust, digital_boards, 9 - number) for number in range(9)]
    counted = []
    for round_ in (rounds[1], rounds[8]):
        history_of(round_)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = history_of(round_)
        counted.append(len(queries))
    assert len(found) == MOST
    assert counted[0] == counted[1] <= 5


def test_not_before_closing_and_not_for_an_individual_framework(
    trust: Organisation, digital_boards: FrameworkVersion, leadership: FrameworkVersion
) -> None:
    with pytest.raises(NotNow):
        history_of(make_round(trust, digital_boards))
    closed(trust, leadership, 2, level=2)
    assert history_of(closed(trust, leadership, 1, level=2)) == ()
