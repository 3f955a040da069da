"""A lead opens a round, sees who is due, reminds them; a member comes in by the link in the mail. In a browser."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from assessments import actions
from assessments.models import Notice, Round
from assessments.schedule import keep_time
from assessments.sending import send_waiting
from frameworks.models import FrameworkVersion
from organisations.models import Organisation, User
from tests.factories import answer, lead_of, make_round
from tests.journeys.conftest import arrive_by, assert_accessible, follow, mailed_code, press

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def link_in(word: str, address: str) -> str:
    """The link in the newest mail to `address` whose subject holds `word`."""
    message = next(mail for mail in reversed(mail.outbox) if mail.to == [address] and word in mail.subject)
    found = re.search(r"http\S+/answer/", str(message.body))
    assert found
    return found[0]


@pytest.mark.parametrize("width", [1280, 375])
def test_from_opening_to_the_reminder_and_in_by_its_link(
    trust: Organisation,
    digital_boards: FrameworkVersion,
    enter: Callable[..., Page],
    arrive: Callable[..., Page],
    live_server: LiveServer,
    settings: Settings,
    width: int,
) -> None:
    settings.PORTAL_URL = live_server.url
    round_ = make_round(trust, digital_boards, members=3, state="draft")
    due, submits, bad = (response.person for response in round_.responses.all())
    page = enter(lead_of(round_), width=width)
    page.goto(reverse("assessments:round", args=[round_.pk]))
    press(page, "Open the round")
    page.get_by_text("Invitations: 0 of 3 sent, 3 waiting").wait_for()
    assert_accessible(page)
    send_all_but(bad)
    hand_in(round_, submits)
    see_what_became_of_the_invitations(page, bad)
    remind_one(page, due)
    remind_the_rest(page, due)
    send_waiting()
    come_in_by_the_link(arrive(width=width), due)


def send_all_but(bad: User) -> None:
    """One invitation fails: its address has no mailbox."""
    type(bad).objects.filter(pk=bad.pk).update(email="no\nmailbox@board.example")
    keep_time()
    send_waiting()
    Notice.objects.filter(person=bad).update(state="failed")


def hand_in(round_: Round, member: User) -> None:
    response = round_.responses.get(person=member)
    answer(response, lambda indicator: 3)
    actions.submit_response(response=response)


def see_what_became_of_the_invitations(page: Page, bad: User) -> None:
    follow(page, "Invitations and reminders")
    page.get_by_text("Invitations: 2 of 3 sent, 1 not sent").wait_for()
    assert_accessible(page)
    press(page, f"Send again to {bad.name}")


def remind_one(page: Page, due: User) -> None:
    follow(page, f"Remind {due.name}")
    assert_accessible(page)
    page.get_by_label("Your note").fill("We meet on Thursday.")
    press(page, "Send the reminder")
    assert_accessible(page)


def remind_the_rest(page: Page, reminded: User) -> None:
    """Whoever has had a reminder today is not among them."""
    arrive_by(page.get_by_role("button", name="Remind all who are still due"))
    assert page.get_by_role("listitem").filter(has_text=reminded.name).count() == 0
    assert_accessible(page)
    press(page, "Send the reminders")
    page.get_by_text("A reminder has gone to them today already.").wait_for()
    assert_accessible(page)


def come_in_by_the_link(page: Page, member: User) -> None:
    page.goto(link_in("Reminder", member.email))
    page.get_by_label("Your work e-mail address").fill(member.email)
    press(page, "Send me a code")
    page.get_by_label("Six-character code").fill(mailed_code(member))
    press(page, "Sign in")
    page.get_by_role("heading", name="Digital Boards", level=1).wait_for()
