"""The board's actions in its report: words and rows."""

import datetime as dt
from dataclasses import replace

from assessments.choices import ActionStatus
from assessments.queries.board_actions import BoardAction, RoundActions
from reports.content.board_actions import actions_part
from tests.unit.reports import reading

AT = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)
ACTION = BoardAction(
    action_id=1,
    what="Name a lead for cyber security",
    section_key="wgll.well-led",
    section="Well led",
    indicator_code="S1-01",
    indicator="Indicator 1 of section 1.",
    owner_key="role-chair",
    owner="Chair",
    owner_left_on=None,
    due_on=dt.date(2027, 3, 31),
    status=ActionStatus.OPEN,
    is_overdue=False,
    risk="BAF 4",
    round_id=7,
    round="WGLL, October 2026",
    ods_code="X0001",
    made_at=AT,
    changed_at=AT,
    revision=1,
)
LATE = replace(ACTION, indicator_code="", owner="", due_on=dt.date(2026, 1, 31), is_overdue=True, risk="")
DONE = replace(
    ACTION, what="Write a plan", owner="Ada Quince", owner_left_on=AT.date(), due_on=None, status=ActionStatus.DONE
)


def test_new_and_earlier_actions_in_words() -> None:
    new, earlier = actions_part(RoundActions(new=(ACTION,), earlier=(LATE, DONE)))
    assert new.introduction == "1 action: 1 not finished."
    assert reading.row(new.table, "S1-01") == ["Chair", "31 March 2027", "Not started"]
    assert earlier.introduction.startswith("2 actions: 1 not finished, 1 of them overdue.")
    assert reading.row(earlier.table, LATE.what) == ["Nobody yet", "31 January 2026", "Not started / overdue"]


def test_without_actions_it_says_so() -> None:
    (new,) = actions_part(RoundActions(new=(), earlier=()))
    assert (new.introduction, new.table) == ("No action has come out of this round yet.", None)
