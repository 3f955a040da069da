"""What follows a submission: the receipt, the mail that says so, and what becomes of it when the mail server fails."""

import logging
import smtplib
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from assessments import actions
from assessments.choices import NoticeKind
from assessments.models import Notice, Response, Round
from assessments.sending import send_waiting
from tests.factories import answer, lead_of
from tests.integration.as_member import page, url


def submit(client: Client, response: Response) -> str:
    """Where it leads; and the worker comes round."""
    answered = client.post(url("submit", response))
    send_receipts()
    return str(answered["Location"])


def send_receipts() -> None:
    Notice.objects.exclude(kind=NoticeKind.RECEIPT).delete()
    send_waiting()


def test_the_receipt_says_what_happens_next(client: Client, response: Response) -> None:
    answer(response, lambda number: 2 if number else None)
    assert client.get(url("receipt", response))["Location"] == url("check", response)
    assert submit(client, response) == url("receipt", response)
    html = page(client, url("receipt", response))
    for words in ("You have submitted", "You submitted 12 of 13 answers on", "The round closes at the end of"):
        assert words in html
    for link in (
        url("reopen", response),
        url("answers_csv", response),
        reverse("reports:my_answers_pdf", args=[response.pk]),
    ):
        assert link in html
    client.post(url("reopen", response))
    assert client.get(url("receipt", response))["Location"] == url("check", response)


def test_the_mail_says_how_many_and_until_when_and_no_answer(
    client: Client,
    response: Response,
    round_: Round,
) -> None:
    answer(response, lambda number: 3 if number else None)
    indicator = round_.indicators()[1]
    words = [actions.GivenAnswer(indicator.pk, comment="Not for mailboxes", note="Nor this")]
    actions.save_answers(response=response, answers=words)
    submit(client, response)
    (message,) = mail.outbox
    assert isinstance(message, EmailMultiAlternatives)
    assert message.to == [response.person.email]
    assert message.subject == f"You have submitted your answers: Digital Boards, {round_.organisation.name}"
    lead = lead_of(round_)
    for text in (str(message.body), str(message.alternatives[0][0])):
        for said in (
            "12 of 13 questions",
            f"{round_.closing_on:%-d %B %Y}",
            "reopen",
            lead.email,
            url("receipt", response),
        ):
            assert said in text
        for kept in ("Not for mailboxes", "Nor this", indicator.text, "Mostly"):
            assert kept not in text


def test_one_mail_for_a_double_submit_and_none_for_reopening(client: Client, response: Response) -> None:
    answer(response, lambda number: 3)
    for _ in range(2):
        assert submit(client, response) == url("receipt", response)
    client.post(url("reopen", response))
    send_receipts()
    assert len(mail.outbox) == 1


def test_no_mail_for_what_was_reopened_before_it_was_sent(client: Client, response: Response) -> None:
    answer(response, lambda number: 3)
    actions.submit_response(response=response)
    actions.reopen_response(response=response)
    send_receipts()
    assert not mail.outbox


def test_a_mail_that_comes_after_closing_does_not_offer_to_reopen(response: Response, round_: Round) -> None:
    answer(response, lambda number: 3)
    actions.submit_response(response=response)
    actions.close_round(by=lead_of(round_), round_=round_, count_unsubmitted=False)
    send_receipts()
    (message,) = mail.outbox
    assert "reopen" not in message.body
    assert "This round is closed." in message.body


def test_a_submission_that_is_refused_sends_nothing(client: Client, response: Response) -> None:
    assert submit(client, response) == url("check", response)
    assert not mail.outbox


def test_a_mail_server_that_fails_does_not_fail_the_submission(
    client: Client,
    response: Response,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def refuse(self: EmailMultiAlternatives, *args: Any, **kwargs: Any) -> int:
        raise smtplib.SMTPRecipientsRefused({self.to[0]: (550, b"no such mailbox")})

    monkeypatch.setattr(EmailMultiAlternatives, "send", refuse)
    answer(response, lambda number: 3)
    with caplog.at_level(logging.INFO):
        assert submit(client, response) == url("receipt", response)
    response.refresh_from_db()
    assert response.is_submitted
    assert "The mail receipt was not sent: SMTPRecipientsRefused" in caplog.text
    assert response.person.email not in caplog.text
