"""Two people at the same moment, on PostgreSQL, where they really are at the same moment.

SQLite lets one writer in at a time; its tests in memory share one connection and could not show a race.
"""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from assessments import actions
from assessments.choices import AgreedBy
from assessments.lifecycle import NotNow
from assessments.models import Answer, Round
from assessments.queries.medians import medians_of
from assessments.queries.results import results_for
from frameworks.models import FrameworkVersion
from organisations.actions import give_seat
from organisations.choices import SeatRole
from organisations.models import Organisation, Seat, User
from reports.models import ReportVersion
from reports.signed.sign_off import sign_off
from tests.factories import answer, lead_of, make_lead, make_round

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def at_once(*jobs: Callable[[], object]) -> list[BaseException | None]:
    """Run the jobs in threads that start together; gives what each raised."""
    barrier = Barrier(len(jobs))

    def run(job: Callable[[], object]) -> BaseException | None:
        try:
            barrier.wait()
            job()
        except Exception as raised:
            return raised
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


@pytest.mark.parametrize("turn", range(6))
def test_no_answer_changes_after_closing(trust: Organisation, digital_boards: FrameworkVersion, turn: int) -> None:
    """Every save that was acknowledged is in the frozen figures, and none comes in after them."""
    round_ = make_round(trust, digital_boards, members=6)
    lead = lead_of(round_)
    responses = list(round_.responses.all())
    seen_at_closing: set[tuple[int, int | None]] = set()

    def close() -> None:
        actions.close_round(by=lead, round_=round_, count_unsubmitted=True)
        seen_at_closing.update(Answer.objects.values_list("pk", "level"))

    def save(number: int) -> Callable[[], None]:
        return lambda: answer(responses[number], lambda indicator: 1 + (number + turn) % 4)

    raised = at_once(close, *(save(number) for number in range(6)))
    assert raised[0] is None
    assert all(error is None or isinstance(error, NotNow) for error in raised[1:]), raised
    assert set(Answer.objects.values_list("pk", "level")) == seen_at_closing
    acknowledged = [number for number, error in enumerate(raised[1:]) if error is None]
    assert Answer.objects.count() == 13 * len(acknowledged)


def test_a_round_started_twice_is_one_round(trust: Organisation, digital_boards: FrameworkVersion) -> None:
    lead = make_lead(trust)

    def start() -> None:
        actions.start_round(
            by=lead,
            organisation=trust,
            version=digital_boards,
            sections=digital_boards.sections.all(),
            closing_on=timezone.localdate() + dt.timedelta(days=1),
        )

    raised = at_once(start, start, start)
    assert sorted(type(error).__name__ for error in raised) == ["NoneType", "NotNow", "NotNow"]
    assert Round.objects.count() == 1


def test_a_member_added_twice_is_one_member(trust: Organisation) -> None:
    def add() -> None:
        give_seat(by=None, organisation=trust, email="ada@board.example", name="Ada", role=SeatRole.CHAIR)

    raised = at_once(add, add, add)
    assert sorted(type(error).__name__ for error in raised) == ["AlreadySeated", "AlreadySeated", "NoneType"]
    assert (User.objects.count(), Seat.objects.count()) == (1, 1)


def test_a_submission_sent_twice_is_one(trust: Organisation, digital_boards: FrameworkVersion) -> None:
    response = make_round(trust, digital_boards, members=1).responses.get()
    answer(response, lambda indicator: 2)

    def submit() -> None:
        actions.submit_response(response=response)

    assert at_once(submit, submit) == [None, None]
    assert trust.audit_events.filter(event="response.submitted").count() == 1


def test_a_round_signed_off_twice_has_one_version(trust: Organisation, digital_boards: FrameworkVersion) -> None:
    round_ = make_round(trust, digital_boards, members=5, state="closed", answers=lambda member, indicator: 2)
    lead = lead_of(round_)

    def press() -> None:
        sign_off(by=lead, round_=round_)

    raised = at_once(press, press, press)
    assert sorted(type(error).__name__ for error in raised) == ["NoneType", "NotNow", "NotNow"]
    assert [version.number for version in ReportVersion.objects.all()] == [1]
    assert trust.audit_events.filter(event="round.signed_off").count() == 1


def test_of_two_changes_to_an_action_one_is_told_of_the_other(
    trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    round_ = make_round(trust, digital_boards, members=5, state="closed", answers=lambda member, indicator: 2)
    lead, section = lead_of(round_), round_.scope.all()[0].section
    action = actions.add_action(by=lead, round_=round_, section=section, planned=actions.Planned("Name a lead"))

    def change(words: str) -> Callable[[], object]:
        planned = actions.Planned(words)
        return lambda: actions.change_action(by=lead, action=action, revision=1, planned=planned)

    raised = at_once(change("One"), change("Two"))
    assert sorted(type(error).__name__ for error in raised) == ["ChangedMeanwhile", "NoneType"]
    action.refresh_from_db()
    assert action.revision == action.history.count() == 2


def test_of_two_who_record_the_same_indicator_at_once_one_is_told(
    trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    round_ = make_round(trust, digital_boards, state="closed", answers=lambda member, indicator: 3)
    lead, indicator = lead_of(round_), round_.indicators()[0]

    def record(level: int) -> Callable[[], None]:
        settled = actions.Settled(level, AgreedBy.VOTE, timezone.localdate())
        return lambda: actions.agree(by=lead, round_=round_, indicator=indicator, settled=settled, seen="")

    raised = at_once(record(1), record(2))
    assert sorted(type(error).__name__ for error in raised) == ["NoneType", "PositionChanged"]
    assert round_.positions.get().revision == 1


def test_medians_accepted_twice_at_once_are_accepted_once(
    trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    round_ = make_round(trust, digital_boards, state="closed", answers=lambda member, indicator: 3)
    listed = medians_of(results_for(round_)).marks

    def accept() -> None:
        actions.accept_medians(by=lead_of(round_), round_=round_, listed=listed, agreed_on=timezone.localdate())

    raised = at_once(accept, accept)
    assert sorted(type(error).__name__ for error in raised) == ["MediansChanged", "NoneType"]
    assert round_.positions.count() == 13
