"""How long a session lasts, keeping it alive, and signing out elsewhere."""

import time
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from frameworks.models import FrameworkVersion
from organisations.choices import AuditedEvent
from organisations.models import AuditEvent, Organisation, User
from tests.factories import make_round, make_seat
from tests.integration.test_sign_in import code_in

HOUR, MINUTE = 3600, 60


@pytest.fixture
def person(trust: Organisation) -> User:
    return make_seat(trust).person


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Set the clock that sessions are read against to so many seconds after the test began."""
    began = time.time()

    def set_clock(seconds: float) -> None:
        monkeypatch.setattr(time, "time", lambda: began + seconds)

    set_clock(0)
    return set_clock


def left(client: Client) -> int:
    return int(client.get("/account/session/").json()["seconds"])


def test_a_session_ends_after_half_an_hour_without_a_request(
    person: User, client: Client, at: Callable[[float], None]
) -> None:
    client.force_login(person)
    at(29 * MINUTE)
    assert client.get("/").status_code == 200
    at(58 * MINUTE)
    assert client.get("/").status_code == 200
    at(88 * MINUTE + 1)
    assert client.get("/frameworks/?a=1")["Location"] == "/sign-in/?timed_out=1&next=/frameworks/%3Fa%3D1"
    at(0)  # over is over
    assert client.get("/")["Location"] == "/sign-in/?next=/"


def test_running_out_is_not_told_as_signing_out(person: User, client: Client, at: Callable[[float], None]) -> None:
    client.force_login(person)
    at(31 * MINUTE)
    client.get("/")
    assert not AuditEvent.objects.filter(event=AuditedEvent.SIGNED_OUT).exists()


def test_the_length_is_a_setting(person: User, client: Client, at: Callable[[float], None], settings: Settings) -> None:
    settings.SESSION_IDLE_MINUTES = 5
    client.force_login(person)
    at(5 * MINUTE + 1)
    assert client.get("/").status_code == 302


def test_a_session_ends_after_eight_hours_whatever_is_done_in_it(
    person: User, client: Client, at: Callable[[float], None]
) -> None:
    client.force_login(person)
    for quarter in range(1, 32):
        at(quarter * 15 * MINUTE)
        assert client.get("/").status_code == 200
    at(8 * HOUR - 10 * MINUTE)
    client.get("/")
    assert client.get("/account/session/").json() == {"seconds": 600, "extendable": False}
    client.post("/account/session/")
    at(8 * HOUR + 1)
    assert client.get("/").status_code == 302


def test_asking_how_long_does_not_keep_it_alive_and_asking_to_stay_does(
    person: User, client: Client, at: Callable[[float], None]
) -> None:
    client.force_login(person)
    at(29 * MINUTE)
    assert client.get("/account/session/").json() == {"seconds": MINUTE, "extendable": True}
    assert left(client) == MINUTE
    assert client.post("/account/session/").json() == {"seconds": 30 * MINUTE, "extendable": True}
    at(58 * MINUTE)
    assert client.get("/").status_code == 200


def test_a_session_that_is_over_cannot_be_kept_alive(person: User, client: Client, at: Callable[[float], None]) -> None:
    client.force_login(person)
    at(31 * MINUTE)
    assert client.post("/account/session/").json()["seconds"] == 0
    assert Client().post("/account/session/").json()["seconds"] == 0


def test_reading_pages_does_not_write_the_session_each_time(
    person: User, client: Client, at: Callable[[float], None]
) -> None:
    client.force_login(person)
    at(59)
    client.get("/")
    assert left(client) == 30 * MINUTE - 59
    at(61)
    client.get("/")
    assert left(client) == 30 * MINUTE


def test_a_form_sent_too_late_leads_back_to_its_page(
    trust: Organisation, wgll: FrameworkVersion, client: Client, at: Callable[[float], None]
) -> None:
    response = make_round(trust, wgll).responses.all()[0]
    client.force_login(response.person)
    at(31 * MINUTE)
    page = f"/responses/{response.pk}/check/?a=1"
    sent = client.post(f"/responses/{response.pk}/submit/", headers={"referer": f"http://testserver{page}#x"})
    assert sent["Location"] == f"/sign-in/?timed_out=1&next={page.replace('?', '%3F').replace('=', '%3D')}"
    sent = client.post(f"/responses/{response.pk}/submit/", headers={"referer": "https://evil.example/x"})
    assert sent["Location"] == "/sign-in/?next=/"
    assert "You were signed out" in client.get("/sign-in/?timed_out=1").content.decode()


def test_pages_carry_the_warning_only_for_people_signed_in(
    person: User, client: Client, at: Callable[[float], None]
) -> None:
    assert "session-warning" not in client.get("/sign-in/").content.decode()
    client.force_login(person)
    page = client.get("/").content.decode()
    assert 'role="alertdialog"' in page
    assert 'data-seconds="1800"' in page


def enter(person: User, agent: str) -> Client:
    browser = Client(headers={"user-agent": agent})
    browser.post("/sign-in/", {"email": person.email})
    browser.post("/sign-in/code/", {"code": code_in(mail.outbox[-1])})
    return browser


def test_my_sessions_and_signing_out_elsewhere(trust: Organisation, person: User) -> None:
    tablet = enter(person, "Mozilla/5.0 (iPad; CPU OS 17_5) Version/17.5 Mobile Safari/604.1")
    desk = enter(person, "Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0")
    other = enter(make_seat(trust).person, "Mozilla/5.0 (X11; Linux) Firefox/130.0")
    page = desk.get("/account/sessions/").content.decode()
    assert "Safari on iPad" in page
    assert "Edge on Windows" in page
    assert "Firefox on Linux" not in page
    assert page.count("This one") == 1
    desk.post("/account/sessions/", {"where": "others"})
    assert [browser.get("/").status_code for browser in (tablet, desk, other)] == [302, 200, 200]
    assert "Safari on iPad" not in desk.get("/account/sessions/").content.decode()


def test_signing_out_everywhere_ends_this_session_too(person: User) -> None:
    tablet, desk = enter(person, "iPad"), enter(person, "Windows")
    assert desk.post("/account/sessions/", {"where": "everywhere"}).status_code == 302
    assert [browser.get("/").status_code for browser in (tablet, desk)] == [302, 302]


def test_sessions_that_have_timed_out_are_not_listed(person: User, at: Callable[[float], None]) -> None:
    enter(person, "iPad")
    at(31 * MINUTE)
    desk = enter(person, "Windows")
    assert "iPad" not in desk.get("/account/sessions/").content.decode()
    assert timezone.localtime().strftime("%Y") in desk.get("/account/sessions/").content.decode()
