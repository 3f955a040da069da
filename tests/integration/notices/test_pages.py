"""The members' page of a round and the pages to remind, through the client."""

import datetime as dt

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.choices import NoticeKind, NoticeState
from assessments.models import Notice, Response, Round
from assessments.queries.notices import chase_of, invitations_of
from assessments.scoring.types import NonScore
from assessments.sending import send_waiting
from frameworks.models import FrameworkVersion
from organisations.choices import SeatRole
from organisations.models import AuditEvent, Organisation, Seat, User
from tests.factories import LONG_AGO, answer, lead_of, make_organisation, make_round


@pytest.fixture
def round_(trust: Organisation, digital_boards: FrameworkVersion) -> Round:
    return make_round(trust, digital_boards, members=3)


@pytest.fixture
def lead(round_: Round, client: Client) -> User:
    person = lead_of(round_)
    client.force_login(person)
    return person


def url(name: str, about: Round | Response) -> str:
    keys = [about.pk] if isinstance(about, Round) else [about.round_id, about.pk]
    return reverse(f"assessments:{name}", args=keys)


def page(client: Client, address: str) -> str:
    answered = client.get(address)
    assert answered.status_code == 200
    return " ".join(answered.content.decode().split())


def test_it_lists_who_is_invited_has_started_how_far_and_submitted(client: Client, lead: User, round_: Round) -> None:
    first, second, _ = round_.responses.all()
    answer(first, lambda indicator: 3 if indicator < 5 else None)
    answer(second, lambda indicator: 4)
    actions.submit_response(response=second)
    html = page(client, url("chase", round_))
    assert "1 submitted, 1 started, 1 not started" in html
    assert "5 of 13" in html
    assert "13 of 13" in html
    assert "Invitations: 0 of 3 sent, 2 waiting" not in html
    assert "Invitations: 0 of 3 sent, 3 waiting" in html
    assert html.count("Has submitted") == 1
    send_waiting()
    html = page(client, url("chase", round_))
    # Whoever has submitted before the invitation was sent needs none.
    assert "Invitations: 2 of 2 sent." in html
    assert "7 days and 1 day before the closing date" in html


def test_nothing_on_it_depends_on_what_anybody_answered(round_: Round) -> None:
    now = timezone.now()
    seen = []
    for level in (1, 4, NonScore.CANNOT_JUDGE):
        answer(round_.responses.all()[0], lambda indicator, level=level: level)  # type: ignore[misc]
        seen.append(chase_of(round_, now))
    assert seen[0] == seen[1] == seen[2]


def test_one_member_with_a_note(client: Client, lead: User, round_: Round) -> None:
    send_waiting()
    mail.outbox.clear()
    response = round_.responses.all()[0]
    address = url("remind", response)
    assert address in page(client, url("chase", round_))
    assert response.person.name in page(client, address)
    assert client.post(address, {"remark": "Please, before the meeting"})["Location"] == url("chase", round_)
    html = page(client, url("chase", round_))
    assert "The reminder is on its way." in html
    assert "Reminders today: 0 of 1 sent, 1 waiting" in html
    assert "Reminded today" in html
    send_waiting()
    (message,) = mail.outbox
    assert "Please, before the meeting" in message.body
    assert "Nobody gets more than one reminder a day" in page(client, address)
    client.post(address, {"remark": "Again"})
    assert "today already" in page(client, url("chase", round_))
    assert Notice.objects.filter(kind=NoticeKind.REMINDER).count() == 1


def test_all_who_are_still_due(client: Client, lead: User, round_: Round) -> None:
    first, *_ = round_.responses.all()
    answer(first, lambda indicator: 4)
    actions.submit_response(response=first)
    html = page(client, url("remind_all", round_))
    assert "2 members are still due and have had no reminder today" in html
    assert first.person.name not in html
    client.post(url("remind_all", round_), {"remark": ""})
    html = page(client, url("chase", round_))
    assert "Reminders are on their way to 2 members." in html
    assert 'aria-describedby="why-not-remind"' in html
    assert AuditEvent.objects.get(event="notices.reminders").by == lead
    assert "Nobody is still due who has not had a reminder today." in page(client, url("remind_all", round_))


@pytest.mark.parametrize("remark", ["x" * 1001, "nul\0"])
def test_a_note_that_cannot_be_sent_is_kept_and_refused(client: Client, lead: User, round_: Round, remark: str) -> None:
    answered = client.post(url("remind_all", round_), {"remark": remark})
    assert answered.status_code == 422
    assert "There is a problem" in answered.content.decode()
    assert remark[:3] in answered.content.decode()
    assert not Notice.objects.filter(kind=NoticeKind.REMINDER).exists()


def test_what_was_not_sent_is_shown_with_the_reason_and_can_be_sent_again(
    client: Client, lead: User, round_: Round
) -> None:
    response = round_.responses.all()[0]
    Notice.objects.filter(person=response.person).update(
        state=NoticeState.FAILED, outcome="The mail server refused the address."
    )
    send_waiting()
    html = page(client, url("chase", round_))
    assert "2 of 3 sent, <strong>1 not sent</strong>" in html
    assert "<strong>Not sent.</strong> The mail server refused the address." in html
    client.post(url("send_again", response))
    assert f"The e-mail to {response.person.name} is tried again." in page(client, url("chase", round_))
    send_waiting()
    assert "3 of 3 sent." in page(client, url("chase", round_))
    client.post(url("send_again", response))
    assert "no e-mail to send again" in page(client, url("chase", round_))


def test_a_worker_that_stands_still_is_noticed(client: Client, lead: User, round_: Round) -> None:
    assert "its worker may have stopped" not in page(client, url("chase", round_))
    Notice.objects.update(try_at=timezone.now() - dt.timedelta(minutes=11))
    assert "its worker may have stopped" in page(client, url("chase", round_))


def test_a_draft_and_a_closed_round_say_so(
    client: Client, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    round_ = make_round(trust, digital_boards, state="draft")
    client.force_login(lead_of(round_))
    assert "Members are invited when the round opens." in page(client, url("chase", round_))
    actions.open_round(by=lead_of(round_), round_=round_)
    actions.close_round(by=lead_of(round_), round_=round_, count_unsubmitted=False)
    html = page(client, url("chase", round_))
    assert "Can no longer answer" in html
    assert "Remind all" not in html
    response = round_.responses.all()[0]
    client.post(url("remind", response))
    assert "You cannot remind the members of this round: it is closed." in page(client, url("chase", round_))


def test_a_response_of_another_round_is_not_reached_through_mine(
    client: Client, lead: User, round_: Round, digital_boards: FrameworkVersion
) -> None:
    other = make_round(make_organisation(), digital_boards).responses.all()[0]
    for name in ("remind", "send_again"):
        address = reverse(f"assessments:{name}", args=[round_.pk, other.pk])
        assert client.post(address).status_code == 404


# --- as many queries for any number -------------------------------------------------------------------------------


def test_the_pages_ask_as_much_for_two_members_as_for_fifteen(client: Client, digital_boards: FrameworkVersion) -> None:
    counts: dict[str, set[int]] = {}
    for members in (2, 15):
        round_ = make_round(make_organisation(), digital_boards, members=members)
        client.force_login(lead_of(round_))
        send_waiting()
        for name in ("chase", "remind_all", "round"):
            client.get(url(name, round_))
            with CaptureQueriesContext(connection) as queries:
                client.get(url(name, round_))
            counts.setdefault(name, set()).add(len(queries))
    assert all(len(found) == 1 for found in counts.values()), counts
    assert max(counts["chase"] | counts["remind_all"]) <= 10, counts


def test_a_round_opens_and_reminds_with_as_many_statements_for_fifteen_members_as_for_two(
    digital_boards: FrameworkVersion,
) -> None:
    counts = set()
    for members in (2, 15):
        round_ = make_round(make_organisation(), digital_boards, members=members, state="draft")
        with CaptureQueriesContext(connection) as queries:
            actions.open_round(by=lead_of(round_), round_=round_)
        opening = len(queries)
        with CaptureQueriesContext(connection) as queries:
            actions.remind(by=lead_of(round_), round_=round_)
        counts.add((opening, len(queries)))
    assert len(counts) == 1, counts


def make_board(version: FrameworkVersion, number: int) -> Round:
    """A draft round of fifteen, in few statements."""
    round_ = make_round(make_organisation(), version, members=0, state="draft")
    people = User.objects.bulk_create(
        User(email=f"person{member}@board{number}.example", name=f"Person {member}") for member in range(15)
    )
    seats = Seat.objects.bulk_create(
        Seat(person=person, organisation=round_.organisation, role=SeatRole.NON_EXECUTIVE, starts_on=LONG_AGO)
        for person in people
    )
    actions.add_members(by=lead_of(round_), round_=round_, seats=seats)
    return round_


@pytest.mark.long
def test_42_boards_of_15_are_invited_in_one_go_while_their_pages_answer(
    client: Client, digital_boards: FrameworkVersion
) -> None:
    """Opening sends nothing; the worker does, and each page says how far it has got."""
    rounds = [make_board(digital_boards, number) for number in range(42)]
    for round_ in rounds[1:]:
        actions.open_round(by=lead_of(round_), round_=round_)
    client.force_login(lead_of(rounds[0]))
    assert client.post(url("open", rounds[0])).status_code == 302
    assert not mail.outbox
    html = page(client, url("round", rounds[0]))
    assert "Invitations: 0 of 15 sent, 15 waiting. They are sent in the background." in html
    assert send_waiting() == 630
    assert len({message.to[0] for message in mail.outbox}) == len(mail.outbox) == 630
    assert {invitations_of(round_).sent for round_ in rounds} == {15}
    assert "Invitations: 15 of 15 sent." in page(client, url("round", rounds[0]))
