"""What the mails say, to whom and when; and what becomes of one that cannot be sent."""

import datetime as dt
import logging
import smtplib
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from assessments import actions, sending
from assessments.choices import NoticeKind, NoticeState
from assessments.models import Notice, Round
from assessments.sending import send_waiting
from frameworks.models import FrameworkVersion
from organisations.actions import give_seat
from organisations.choices import SeatRole
from organisations.models import Organisation
from tests.factories import answer, lead_of, make_organisation, make_round
from tests.integration.notices.mailbox import at

NOW = at(2027, 3, 1)


@pytest.fixture
def round_(trust: Organisation, digital_boards: FrameworkVersion) -> Round:
    return make_round(trust, digital_boards, members=3, at=NOW)


def texts(message: Any) -> list[str]:
    return [str(message.body), str(message.alternatives[0][0])]


def test_everyone_is_invited_once_with_all_that_they_need(round_: Round) -> None:
    assert send_waiting(NOW) == 3
    assert send_waiting(NOW) == 0
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        response.person.email for response in round_.responses.all()
    )
    message, lead = mail.outbox[0], lead_of(round_)
    assert message.subject == f"Please answer by 29 March 2027: Digital Boards, {round_.organisation.name}"
    address = f"http://testserver{reverse('assessments:answer', args=[round_.pk])}"
    what = (round_.organisation.name, round_.version.framework.title, "29 March 2027", "5 minutes", address)
    for text in texts(message):
        for said in (*what, lead.name, lead.email, "confidential", "fewer than 5 members"):
            assert said in text, said


def test_a_self_assessment_says_that_it_is_ones_own(trust: Organisation, leadership: FrameworkVersion) -> None:
    make_round(trust, leadership, members=1, at=NOW)
    send_waiting(NOW)
    for text in texts(mail.outbox[0]):
        assert "assess yourself" in text
        assert "Your answers are your own" in text
        assert "confidential" not in text


def test_whoever_is_added_to_an_open_round_is_invited_at_once(round_: Round) -> None:
    send_waiting(NOW)
    actions.add_new_member(
        by=lead_of(round_), round_=round_, name="Late Comer", email="late@board.example", role=SeatRole.CHAIR
    )
    mail.outbox.clear()
    assert send_waiting() == 1
    assert mail.outbox[0].to == ["late@board.example"]


def test_members_of_a_draft_are_not_invited(trust: Organisation, digital_boards: FrameworkVersion) -> None:
    make_round(trust, digital_boards, state="draft", at=NOW)
    assert not Notice.objects.exists()


def test_an_invitation_to_what_is_over_is_not_sent(round_: Round) -> None:
    actions.cancel_round(by=lead_of(round_), round_=round_)
    send_waiting(NOW)
    assert not mail.outbox
    assert set(Notice.objects.values_list("state", "outcome")) == {(NoticeState.NOT_DUE, sending.NOTHING_DUE)}


def test_a_reminder_holds_the_note_as_it_was_typed_and_how_much_is_left(round_: Round) -> None:
    send_waiting(NOW)
    mail.outbox.clear()
    first, *_ = round_.responses.all()
    answer(first, lambda indicator: 3 if indicator < 7 else None, at=NOW)
    note = "Please <b>do</b>\nThe Board & I"
    actions.remind(by=lead_of(round_), round_=round_, response=first, remark=note, at=NOW)
    send_waiting(NOW)
    (message,) = mail.outbox
    plain, html = texts(message)
    assert message.subject == f"Reminder: Digital Boards, {round_.organisation.name}, by 29 March 2027"
    assert note in plain
    assert "Please &lt;b&gt;do&lt;/b&gt;<br>The Board &amp; I" in html
    for text in (plain, html):
        assert f"{lead_of(round_).name} adds:" in text
        assert "bout 2 minutes more" in text
        assert "in 28 days" in text


def test_one_mail_for_all_rounds_that_are_due(
    round_: Round, trust: Organisation, wgll: FrameworkVersion, leadership: FrameworkVersion
) -> None:
    """Also on another board; the one that closes first stands first."""
    first = round_.responses.all()[0]
    icb = make_organisation("A second trust")
    seat = give_seat(by=None, organisation=icb, email=first.person.email, name="", role=SeatRole.PARTNER)
    elsewhere = make_round(icb, leadership, members=0, state="draft", at=NOW)
    actions.add_members(by=lead_of(elsewhere), round_=elsewhere, seats=[seat], at=NOW)
    actions.move_closing_date(by=lead_of(elsewhere), round_=elsewhere, closing_on=dt.date(2027, 3, 20))
    actions.open_round(by=lead_of(elsewhere), round_=elsewhere, at=NOW)
    send_waiting(NOW)
    mail.outbox.clear()
    actions.remind(by=lead_of(round_), round_=round_, remark="Before our board meets", at=NOW)
    assert send_waiting(NOW) == 3
    message = next(message for message in mail.outbox if message.to == [first.person.email])
    assert message.subject == "Reminder: 2 assessments, by 20 March 2027"
    for text in texts(message):
        assert text.count("Before our board meets") == 1
        in_order = ("A second trust", trust.name, "adds:", "Before our board meets", "You sign in")
        assert sorted(in_order, key=text.index) == list(in_order), (
            "the note stands beside the round of whoever wrote it"
        )


def test_a_note_goes_with_the_round_that_it_is_about(round_: Round, wgll: FrameworkVersion) -> None:
    """Somebody who has submitted that round by the time of sending is reminded of the other one, without the note."""
    elsewhere = make_round(make_organisation("A second trust"), wgll, members=0, state="draft", at=NOW)
    first = round_.responses.all()[0]
    seat = give_seat(
        by=None, organisation=elsewhere.organisation, email=first.person.email, name="", role=SeatRole.PARTNER
    )
    actions.add_members(by=lead_of(elsewhere), round_=elsewhere, seats=[seat], at=NOW)
    actions.open_round(by=lead_of(elsewhere), round_=elsewhere, at=NOW)
    send_waiting(NOW)
    mail.outbox.clear()
    actions.remind(by=lead_of(round_), round_=round_, response=first, remark="Before our board meets", at=NOW)
    answer(first, lambda indicator: 3, at=NOW)
    actions.submit_response(response=first, at=NOW)
    send_waiting(NOW)
    message = next(message for message in mail.outbox if message.subject.startswith("Reminder"))
    for text in texts(message):
        assert "A second trust" in text
        assert "Before our board meets" not in text


def test_whoever_has_submitted_before_it_is_sent_gets_no_reminder(round_: Round) -> None:
    send_waiting(NOW)
    mail.outbox.clear()
    actions.remind(by=lead_of(round_), round_=round_, at=NOW)
    first, *others = round_.responses.all()
    answer(first, lambda indicator: 3, at=NOW)
    actions.submit_response(response=first, at=NOW)
    send_waiting(NOW)
    reminded = [message.to[0] for message in mail.outbox if message.subject.startswith("Reminder")]
    assert sorted(reminded) == sorted(response.person.email for response in others)
    assert Notice.objects.get(kind=NoticeKind.REMINDER, person=first.person).state == NoticeState.NOT_DUE


# --- what cannot be sent ------------------------------------------------------------------------------------------


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Address → the code with which the mail server refuses it; 0: the server breaks off."""
    codes: dict[str, int] = {}
    send = EmailMultiAlternatives.send

    def refuse(self: EmailMultiAlternatives, *args: Any, **kwargs: Any) -> int:
        code = codes.get(self.to[0])
        if code:
            raise smtplib.SMTPRecipientsRefused({self.to[0]: (code, b"no")})
        if code == 0:
            raise smtplib.SMTPServerDisconnected
        return send(self, *args, **kwargs)

    monkeypatch.setattr(EmailMultiAlternatives, "send", refuse)
    return codes


@pytest.mark.parametrize("code", [0, 450, 550])
def test_one_bad_address_never_stops_the_rest(
    round_: Round, refused: dict[str, int], code: int, caplog: pytest.LogCaptureFixture
) -> None:
    bad = round_.responses.all()[0].person
    refused[bad.email] = code
    with caplog.at_level(logging.INFO):
        assert send_waiting(NOW) == 3
    assert len(mail.outbox) == 2
    assert "The mail invitation was not sent: SMTP" in caplog.text
    assert bad.email not in caplog.text


def test_a_mail_that_cannot_be_made_stops_no_other(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = round_.responses.all()[0].person
    type(bad).objects.filter(pk=bad.pk).update(email="two\nlines@board.example")
    send_waiting(NOW)
    assert len(mail.outbox) == 2
    assert Notice.objects.get(person=bad).outcome == sending.OUR_FAULT


def test_it_is_tried_again_with_growing_pauses_and_then_left_to_the_lead(
    round_: Round, refused: dict[str, int]
) -> None:
    response = round_.responses.all()[0]
    refused[response.person.email] = 450
    moments, now = [], NOW
    for _ in range(600):
        send_waiting(now)
        notice = Notice.objects.get(person=response.person)
        if notice.claimed_at == now:
            moments.append(int((now - NOW).total_seconds() / 60))
        now += dt.timedelta(minutes=1)
    assert moments == [0, 1, 11, 71]
    assert (notice.state, notice.outcome) == (NoticeState.FAILED, "The mail server refused the address.")
    del refused[response.person.email]
    actions.send_again(by=lead_of(round_), response=response, at=now)
    send_waiting(now)
    assert Notice.objects.get(person=response.person).state == NoticeState.SENT


def test_an_address_refused_for_good_is_not_tried_again(round_: Round, refused: dict[str, int]) -> None:
    person = round_.responses.all()[0].person
    refused[person.email] = 550
    send_waiting(NOW)
    assert Notice.objects.get(person=person).state == NoticeState.FAILED


def test_nothing_that_was_sent_is_sent_again(round_: Round) -> None:
    send_waiting(NOW)
    with pytest.raises(actions.notices.NotNow, match="no e-mail to send again"):
        actions.send_again(by=lead_of(round_), response=round_.responses.all()[0], at=NOW)
