"""The digital lead's dashboard: every state, what needs the lead, counts by role, and what it costs."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.choices import AgreedBy, RoundState
from assessments.models import Action, AgreedPosition, Round
from assessments.queries.dashboard import dashboard_for
from assessments.queries.rounds import RoleRate
from frameworks.models import FrameworkVersion
from organisations.actions import change_seat
from organisations.choices import SeatRole
from organisations.models import Organisation, User
from tests.factories import answer, make_lead, make_organisation, make_round, make_seat

YESTERDAY = dt.timedelta(days=-1)


@pytest.fixture
def lead(trust: Organisation, client: Client) -> User:
    person = make_lead(trust)
    client.force_login(person)
    return person


def page(client: Client, organisation: Organisation) -> str:
    return " ".join(client.get(reverse("assessments:dashboard", args=[organisation.ods_code])).content.decode().split())


def words(organisation: Organisation) -> list[str]:
    return [matter.words for matter in dashboard_for(organisation).matters]


def submit(round_: Round, members: int) -> None:
    for response in round_.responses.order_by("pk")[:members]:
        answer(response, lambda indicator: 2)
        actions.submit_response(response=response)


def test_a_board_without_rounds_is_told_how_to_begin(client: Client, lead: User, trust: Organisation) -> None:
    html = page(client, trust)
    assert "There has been none yet." in html
    for name in ("assessments:choose_framework", "people"):
        assert reverse(name, args=[trust.ods_code]) in html
    assert "What needs you today" not in html


def test_each_round_has_its_state_and_a_next_step_that_exists(
    client: Client, lead: User, trust: Organisation, digital_boards: FrameworkVersion, wgll: FrameworkVersion
) -> None:
    signed = make_round(trust, digital_boards, state="closed", answers=lambda member, indicator: 2)
    Round.objects.filter(pk=signed.pk).update(state=RoundState.SIGNED_OFF, signed_off_at=timezone.now())
    closed = make_round(trust, digital_boards, state="closed", answers=lambda member, indicator: 2)
    cancelled = make_round(trust, digital_boards)
    actions.cancel_round(by=lead, round_=cancelled)
    opened, draft = make_round(trust, digital_boards), make_round(trust, wgll, state="draft")
    html = page(client, trust)
    lines = dashboard_for(trust).rounds
    assert [line.round_id for line in lines] == [row.pk for row in (draft, opened, cancelled, closed, signed)]
    for line in lines:
        assert line.state.label in html
        if line.next_step:
            url = reverse(line.next_step.page, args=[line.round_id])
            assert url in html
            assert client.get(url).status_code == 200
        else:
            assert line.state == RoundState.CANCELLED
    assert words(trust) == [
        "It is ready. Nobody can answer until you open it.",
        "A later round of the same framework has begun, and this one still waits for sign-off.",
    ]


def test_only_a_later_round_of_the_same_framework_that_has_opened_ends_the_discussion_of_one(
    lead: User, trust: Organisation, digital_boards: FrameworkVersion, wgll: FrameworkVersion
) -> None:
    make_round(trust, digital_boards, state="closed", answers=lambda member, indicator: 2)
    still = "The board has agreed its position on 0 of 13 indicators."
    make_round(trust, wgll)
    make_round(make_organisation(), digital_boards)
    actions.cancel_round(by=lead, round_=make_round(trust, digital_boards))
    draft = make_round(trust, digital_boards, state="draft")
    assert still in words(trust)
    actions.open_round(by=lead, round_=draft)
    assert still not in words(trust)


def test_counts_are_by_role_and_name_nobody(
    client: Client, lead: User, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    round_ = make_round(trust, digital_boards, members=0, state="draft")
    roles = [SeatRole.NON_EXECUTIVE, SeatRole.CHAIR, SeatRole.NON_EXECUTIVE]
    seats = [make_seat(trust, f"Person {number}", role=role) for number, role in enumerate(roles)]
    actions.add_members(by=lead, round_=round_, seats=seats)
    actions.open_round(by=lead, round_=round_)
    submit(round_, 2)
    (shown,) = dashboard_for(trust).under_way
    assert shown.by_role == (RoleRate("Chair", 1, 1), RoleRate("Non-executive director", 2, 1))
    assert (shown.submitted, shown.invited, shown.time_left) == (2, 3, "28 days left")
    html = page(client, trust)
    assert "2 of 3 have submitted." in html
    assert "28 days left" in html
    assert "Person 0" not in html
    round_page = " ".join(client.get(reverse("assessments:round", args=[round_.pk])).content.decode().split())
    assert "28 days left" in round_page
    assert '<th scope="row" class="nhsuk-table__header">Chair</th>' in round_page


def test_who_left_and_who_joined_since_the_start(
    lead: User, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    """Not those who were left out on purpose, nor a member whose role has changed."""
    today = timezone.localdate()
    left_out = make_seat(trust)
    round_ = make_round(trust, digital_boards, at=timezone.now() - dt.timedelta(days=3))
    gone, promoted, submitted_and_gone = (
        response.seat for response in round_.responses.select_related("seat").order_by("pk")[:3]
    )
    answer(submitted_and_gone.responses.get(), lambda indicator: 2)
    actions.submit_response(response=submitted_and_gone.responses.get())
    for seat in (gone, submitted_and_gone):
        seat.ends_on = today + YESTERDAY
        seat.save()
    change_seat(by=lead, seat=promoted, role=SeatRole.CHIEF_EXECUTIVE, is_digital_lead=False)
    change_seat(by=lead, seat=left_out, role=SeatRole.CHAIR, is_digital_lead=False)
    assert words(trust) == ["1 member has left the board without submitting, and can no longer answer."]
    for _ in range(2):
        newcomer = make_seat(trust)
        newcomer.starts_on = today
        newcomer.save()
    assert words(trust)[1:] == ["2 people have joined the board since, and are not in this round."]


def test_a_closed_round_waits_for_positions_then_for_sign_off(
    lead: User, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    sections = list(digital_boards.sections.all()[:1])
    round_ = make_round(trust, digital_boards, state="closed", sections=sections)
    indicators = list(round_.indicators())
    for number, indicator in enumerate(indicators):
        assert words(trust) == [f"The board has agreed its position on {number} of {len(indicators)} indicators."]
        AgreedPosition.objects.create(
            round=round_,
            indicator=indicator,
            level=2,
            method=AgreedBy.DISCUSSION,
            agreed_on=timezone.localdate(),
            recorded_by=lead,
            recorded_at=timezone.now(),
        )
    assert words(trust) == ["It waits for sign-off."]


def test_indicators_of_the_other_variant_are_not_waited_for(
    lead: User, trust: Organisation, wgll: FrameworkVersion
) -> None:
    make_round(trust, wgll, state="closed")
    assert words(trust) == ["The board has agreed its position on 0 of 94 indicators."]


def test_overdue_actions_come_first(lead: User, trust: Organisation, digital_boards: FrameworkVersion) -> None:
    round_ = make_round(trust, digital_boards, state="closed")
    today = timezone.localdate()
    for due_on, status in (
        (today + YESTERDAY, "open"),
        (today + YESTERDAY, "done"),
        (today, "under_way"),
        (None, "open"),
    ):
        Action.objects.create(
            organisation=trust,
            round=round_,
            section=digital_boards.sections.all()[0],
            what="Do it",
            due_on=due_on,
            status=status,
            made_at=timezone.now(),
        )
    assert words(trust)[0] == "1 of 3 unfinished actions that came out of it are overdue."


def test_another_boards_rounds_are_not_counted(
    lead: User, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    make_round(make_organisation(), digital_boards)
    assert dashboard_for(trust).rounds == ()


def test_it_costs_the_same_for_many_members_and_rounds(
    client: Client, lead: User, trust: Organisation, digital_boards: FrameworkVersion, wgll: FrameworkVersion
) -> None:
    counts = []
    for rounds, members in ((1, 2), (7, 15)):
        for _ in range(rounds):
            last = make_round(trust, digital_boards, members=members, state="closed")
        make_round(trust, wgll, members=members) if rounds > 1 else None
        found = []
        for url in (
            reverse("assessments:dashboard", args=[trust.ods_code]),
            reverse("assessments:as_last_time", args=[last.pk]),
            reverse("assessments:round", args=[last.pk]),
        ):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(url).status_code == 200
            found.append(len(captured))
        counts.append(found)
    assert counts[0] == counts[1]
    assert counts[0][0] <= 10
