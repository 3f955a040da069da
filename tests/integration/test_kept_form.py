"""A session that ran out while somebody was typing: they sign in again and find what they had typed, script or none."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from assessments import actions
from assessments.models import Response, Round
from frameworks.models import FrameworkVersion
from organisations.models import Organisation, User
from organisations.sign_in import kept_form
from tests.factories import lead_of, make_round

SECTION = "shared-purpose"


@pytest.fixture
def round_(trust: Organisation, digital_boards: FrameworkVersion) -> Round:
    cache.clear()
    return make_round(trust, digital_boards)


@pytest.fixture
def response(round_: Round, client: Client) -> Response:
    found: Response = round_.responses.order_by("pk")[0]
    client.force_login(found.person)
    return found


def url(response: Response) -> str:
    return reverse("assessments:section", args=[response.pk, SECTION])


def filled_in(client: Client, response: Response) -> dict[str, str]:
    """What the browser would send from the page as it stands now, with question 1 answered."""
    html = client.get(url(response)).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="((?:initial-|page_mark)[^"]*)" value="([^"]*)"', html))
    pk = response.round.indicators()[0].pk
    return hidden | {f"answer-{pk}": "3", f"note-{pk}": "Typed just before\r\nthe session ended", "next": "next"}


def end_session(client: Client) -> None:
    client.cookies.pop("sessionid")


def sign_in(client: Client, person: User) -> None:
    client.post(reverse("sign_in"), {"email": person.email})
    code = re.search(r"^([A-Z0-9]{6})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code
    client.post(reverse("account_confirm_login_code"), {"code": code[1]})


def test_what_was_typed_is_there_after_signing_in_again(client: Client, response: Response) -> None:
    sent = filled_in(client, response)
    end_session(client)
    refused = client.post(url(response), sent)
    assert refused.status_code == 302
    assert not response.answers.exists()
    sign_in(client, response.person)
    html = client.get(url(response)).content.decode()
    assert "You were signed out before this page was saved" in html
    assert 'value="3" checked' in html
    assert "Typed just before\nthe session ended" in html.replace("\r\n", "\n")
    assert not response.answers.exists()  # GET never writes
    again = filled_in(client, response)
    assert client.post(url(response), again).status_code == 302
    stored = response.answers.get()
    assert (stored.level, stored.note) == (3, "Typed just before\nthe session ended")
    assert "You were signed out" not in client.get(url(response)).content.decode()


def test_somebody_else_who_signs_in_there_never_sees_it(client: Client, response: Response, round_: Round) -> None:
    sent = filled_in(client, response)
    end_session(client)
    client.post(url(response), sent)
    other = round_.responses.order_by("pk")[1]
    sign_in(client, other.person)
    assert client.get(url(response)).status_code == 404
    assert "Typed just before" not in client.get(url(other)).content.decode()
    assert client.session[kept_form.KEPT] == {}


@pytest.mark.parametrize("mark", ["", "made-up", None])
def test_nothing_is_kept_without_the_mark_of_a_page(client: Client, response: Response, mark: str | None) -> None:
    sent = filled_in(client, response)
    if mark is None:
        sent["page_mark"] = kept_form.mark_for(response.person, "/another/page/")
    else:
        sent["page_mark"] = mark
    end_session(client)
    client.post(url(response), sent)
    assert kept_form.KEPT not in client.session


def test_a_round_closed_meanwhile_still_gives_the_words_back(client: Client, response: Response, round_: Round) -> None:
    sent = filled_in(client, response)
    end_session(client)
    client.post(url(response), sent)
    actions.close_round(by=lead_of(round_), round_=round_, count_unsubmitted=False, at=None)
    sign_in(client, response.person)
    assert "Typed just before" in client.get(url(response)).content.decode()
    assert client.post(url(response), filled_in(client, response)).status_code == 409
    assert not response.answers.exists()


def test_a_time_out_is_such_an_end(client: Client, response: Response) -> None:
    sent = filled_in(client, response)
    session = client.session
    session["session_seen"] = session["session_seen"] - dt.timedelta(hours=1).total_seconds()
    session.save()
    answered = client.post(url(response), sent)
    assert "timed_out=1" in answered["Location"]
    sign_in(client, response.person)
    assert "Typed just before" in client.get(url(response)).content.decode()
