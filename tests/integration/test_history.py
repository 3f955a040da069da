"""The rounds before a closed one: which they are, that they are disclosed, and what reading them costs."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.choices import AgreedBy
from assessments.lifecycle import NotNow
from assessments.models import Round
from assessments.queries.history import EarlierRound, results_with_history
from assessments.queries.looking_back import MOST
from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from tests.factories import lead_of, make_round

PAGES = (
    *("reports:results", "reports:indicators", "reports:board_report", "reports:cover", "reports:sign_off"),
    *("assessments:discussion", "assessments:accept_medians"),
)
TRANSACTION = ("SAVEPOINT", "RELEASE")  # what begins and ends one inside a test's own


def closed(trust: Organisation, version: FrameworkVersion, months_ago: int, level: int = 3, members: int = 6) -> Round:
    at = timezone.now() - dt.timedelta(days=40 * months_ago)
    return make_round(trust, version, state="closed", members=members, answers=lambda *_: level, at=at)


def history_of(round_: Round) -> tuple[EarlierRound, ...]:
    return results_with_history(round_)[1]


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


def test_as_many_queries_for_eight_rounds_of_fifteen_as_for_one_of_five(
    trust: Organisation, digital_boards: FrameworkVersion, client: Client
) -> None:
    """Whatever is made of the figures: pages, files, and what a PDF is drawn from."""
    rounds = [closed(trust, digital_boards, 9 - number, members=15 if number == 8 else 5) for number in range(9)]
    client.force_login(lead_of(rounds[0]))
    for round_ in (rounds[1], rounds[8], rounds[8]):
        plan_and_agree(round_)
    assert len(history_of(rounds[8])) == MOST
    first, second, last = (cost(client, round_) for round_ in (rounds[0], rounds[1], rounds[8]))
    assert first == second == last
    assert max(last.values()) <= 20, last


def plan_and_agree(round_: Round) -> None:
    """One action more, and a position on the next indicator."""
    lead, done = lead_of(round_), round_.positions.count()
    actions.add_action(
        by=lead, round_=round_, section=round_.scope.all()[done].section, planned=actions.Planned("Name a lead")
    )
    settled = actions.Settled(2, AgreedBy.VOTE, timezone.localdate(), "Because", "")
    actions.agree(by=lead, round_=round_, indicator=round_.indicators()[done], settled=settled, seen="")


def cost(client: Client, round_: Round) -> dict[str, int]:
    """How many queries each page takes, once a process has read what the rounds ask."""
    pages = {name: reverse(name, args=[round_.pk]) for name in PAGES}
    pages["reports:figures"] = reverse("reports:figures", args=[round_.pk, "csv"])
    found = {name: queries_of(client.get, address) for name, address in pages.items()}
    return found | {"PDF": queries_of(client.post, reverse("reports:report_pdf", args=[round_.pk]))}


def queries_of(ask: Callable[[str], Any], address: str) -> int:
    ask(address)
    with CaptureQueriesContext(connection) as queries:
        assert ask(address).status_code in (200, 302)
    return sum(not query["sql"].startswith(TRANSACTION) for query in queries)


def test_not_before_closing_and_not_for_an_individual_framework(
    trust: Organisation, digital_boards: FrameworkVersion, leadership: FrameworkVersion
) -> None:
    with pytest.raises(NotNow):
        history_of(make_round(trust, digital_boards))
    closed(trust, leadership, 2, level=2)
    assert history_of(closed(trust, leadership, 1, level=2)) == ()
