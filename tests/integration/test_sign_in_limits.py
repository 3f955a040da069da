"""What an attacker, a mail scanner and a slow reader meet at the sign-in page."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import allauth
import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from pytest_django import Settings

from organisations.actions import give_seat
from organisations.choices import SeatRole
from organisations.models import Organisation, User
from tests.factories import make_organisation, make_seat
from tests.integration.test_sign_in import code_in

SIGN_IN = "/sign-in/"
CODE = "/sign-in/code/"


def ask(client: Client, email: str, **headers: str) -> int:
    return client.post(SIGN_IN, {"email": email}, **headers).status_code  # type: ignore[arg-type]


def enter(client: Client, code: str, **data: str) -> str:
    """Where a code leads: an address, or the page's text."""
    answer = client.post(CODE, {"code": code, **data})
    return answer.get("Location") or answer.content.decode()


@pytest.fixture
def person(trust: Organisation) -> User:
    return make_seat(trust).person


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Let so many seconds pass on the clock that codes and sessions are read against."""
    now = time.time

    def wait(seconds: float) -> None:
        monkeypatch.setattr(time, "time", lambda: now() + seconds)

    return wait


def test_three_wrong_codes_end_it_and_the_right_one_comes_too_late(person: User, client: Client) -> None:
    ask(client, person.email)
    assert "That code is not right" in enter(client, "WRONGA")
    assert "That code is not right" in enter(client, "WRONGB", next="/frameworks/")
    assert enter(client, "WRONGC", next="/frameworks/") == "/sign-in/?next=%2Fframeworks%2F"
    assert "third wrong code" in client.get(SIGN_IN).content.decode()
    assert enter(client, code_in(mail.outbox[0])).startswith(SIGN_IN)
    assert client.get("/").status_code == 302


def test_a_code_runs_out_after_ten_minutes(person: User, client: Client, later: Callable[[float], None]) -> None:
    ask(client, person.email)
    later(601)
    assert enter(client, code_in(mail.outbox[0]), next="/frameworks/") == "/sign-in/?next=%2Fframeworks%2F"
    assert "Your code has run out" in client.get(SIGN_IN).content.decode()


def test_a_code_still_works_after_nine_minutes(person: User, client: Client, later: Callable[[float], None]) -> None:
    ask(client, person.email)
    later(540)
    assert enter(client, code_in(mail.outbox[0])) == "/"


def test_a_code_works_once_and_only_where_it_was_asked_for(person: User, client: Client) -> None:
    elsewhere = Client()
    ask(client, person.email)
    ask(elsewhere, person.email)
    code = code_in(mail.outbox[0])
    assert "That code is not right" in enter(elsewhere, code)
    assert enter(client, code.lower()) == "/"
    client.post("/sign-out/")
    assert enter(client, code).startswith(SIGN_IN)


def test_a_new_code_replaces_the_old_one(person: User, client: Client) -> None:
    ask(client, person.email)
    assert client.get(f"{SIGN_IN}?email={person.email}").status_code == 200  # not sent back to the code page
    ask(client, person.email)
    old, new = (code_in(message) for message in mail.outbox)
    assert "That code is not right" in enter(client, old)
    assert enter(client, new) == "/"


@pytest.mark.parametrize("known", [True, False])
def test_one_address_can_be_asked_for_five_times(person: User, known: bool) -> None:
    email = person.email if known else "stranger@board.example"
    assert [ask(Client(), email) for _ in range(5)] == [302] * 5
    answer = Client().post(SIGN_IN, {"email": email.upper()})
    assert answer.status_code == 429
    assert re.search(r"try again from <strong>\d\d:\d\d</strong> at the latest", answer.content.decode())
    assert len(mail.outbox) == 5


def test_the_lock_out_ends_when_it_said(person: User, later: Callable[[float], None]) -> None:
    for _ in range(6):
        ask(Client(), person.email)
    later(14 * 60)
    assert ask(Client(), person.email) == 429
    later(15 * 60 + 1)
    assert ask(Client(), person.email) == 302


def test_one_network_address_is_limited_over_all_people(db: None) -> None:
    assert {ask(Client(), f"p{number}@board.example") for number in range(60)} == {302}
    assert ask(Client(), "one-more@board.example") == 429
    assert ask(Client(), "elsewhere@board.example", REMOTE_ADDR="192.0.2.7") == 302


def test_a_made_up_forwarding_header_does_not_help(person: User, settings: Settings) -> None:
    assert settings.ALLAUTH_TRUSTED_PROXY_COUNT == 0  # BEHIND_PROXY is false
    for number in range(60):
        ask(Client(), f"p{number}@board.example", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
    assert ask(Client(), person.email, HTTP_X_FORWARDED_FOR="198.51.100.99") == 429


def test_behind_a_proxy_only_the_address_that_it_adds_counts(person: User, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(60):
        ask(Client(), f"p{number}@board.example", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}, 198.51.100.1")
    assert ask(Client(), person.email, HTTP_X_FORWARDED_FOR="10.9.9.9, 198.51.100.1") == 429
    assert ask(Client(), person.email, HTTP_X_FORWARDED_FOR="10.9.9.9, 198.51.100.2") == 302


def test_wrong_codes_are_counted_over_all_browsers(person: User) -> None:
    """A browser's tries are counted in its session, which many requests at once could read before it is saved."""
    for _ in range(5):
        browser = Client()
        ask(browser, person.email)
        for _ in range(3):
            enter(browser, "WRONGA")
    cache_of_asking = [key for key in _cached_keys() if "request_login_code" in key]
    for key in cache_of_asking:
        cache.delete(key.split(":", 2)[2])
    browser = Client()
    assert ask(browser, person.email) == 302
    assert browser.post(CODE, {"code": code_in(mail.outbox[-1])}).status_code == 429


def _cached_keys() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        return [row[0] for row in cursor.fetchall()]


def test_a_stranger_sees_the_same_as_a_member(person: User) -> None:
    seen = []
    for email in (person.email, "stranger@board.example"):
        browser = Client()
        browser.get(SIGN_IN)
        before = len(mail.outbox)
        answer = browser.post(SIGN_IN, {"email": email})
        page = browser.get(CODE).content.decode().replace(email, "someone").replace(quote(email), "someone")
        wrong = browser.post(CODE, {"code": "WRONGA"})
        hidden = r'name="csrfmiddlewaretoken" value="[^"]+"'
        seen.append(
            (
                answer.status_code,
                answer["Location"],
                sorted(answer.cookies),
                len(mail.outbox) - before,
                re.sub(hidden, "", page),
                wrong.status_code,
                re.sub(hidden, "", wrong.content.decode().replace(email, "someone").replace(quote(email), "someone")),
            )
        )
    assert seen[0] == seen[1]


def tables_asked(browser: Client, address: str, **typed: str) -> list[str]:
    """The statements of one POST, in order, without what is looked for."""
    with CaptureQueriesContext(connection) as queries:
        browser.post(address, typed)
        said = [query["sql"] for query in queries]  # the next request would empty the log
    return [" ".join(re.findall(r"^\w+|(?:FROM|INTO|UPDATE) \S+", sql)) for sql in said if '"cache"' not in sql]


def test_trying_costs_the_same_for_a_stranger_and_for_members_of_one_board_and_of_three(person: User) -> None:
    busy = make_seat(make_organisation("Northmoor Trust")).person
    for name in ("Zennor Integrated Care Board", "Eastmere Trust"):
        give_seat(by=None, organisation=make_organisation(name), email=busy.email, name="", role=SeatRole.PARTNER)
    asked, wrong = [], []
    for email in ("stranger@board.example", person.email, busy.email):
        cache.clear()
        browser = Client()
        browser.get(SIGN_IN)
        asked.append(tables_asked(browser, SIGN_IN, email=email))
        wrong.append(sorted(tables_asked(browser, CODE, code="WRONGA")))
    assert len([statement for statement in asked[0] if "organisations_auditevent" in statement]) == 1
    assert asked[0] == asked[1] == asked[2]
    assert wrong[0] == wrong[1] == wrong[2]


def test_an_invitation_link_fills_the_address_in_and_changes_nothing(person: User, client: Client) -> None:
    pages = {client.get(SIGN_IN, {"email": person.email, "next": "/"}).status_code for _ in range(10)}
    assert pages == {200}
    assert f'value="{person.email}"' in client.get(SIGN_IN, {"email": person.email}).content.decode()
    assert not mail.outbox
    assert not Session.objects.exists()
    assert not _cached_keys()
    person.refresh_from_db()
    assert person.last_login is None


def test_what_stands_in_the_link_is_escaped(client: Client, db: None) -> None:
    page = client.get(SIGN_IN, {"email": '"><script>x</script>', "next": '"><script>y</script>'}).content.decode()
    assert "<script>x" not in page
    assert "<script>y" not in page


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example", "http:///evil.example"],
)
def test_signing_in_leads_nowhere_else(person: User, client: Client, elsewhere: str) -> None:
    client.post(SIGN_IN, {"email": person.email, "next": elsewhere})
    assert enter(client, code_in(mail.outbox[0]), next=elsewhere) == "/"


def test_signing_in_leads_back_to_the_page(person: User, client: Client) -> None:
    there = client.get("/frameworks/?a=1")["Location"]
    assert there == "/sign-in/?next=/frameworks/%3Fa%3D1"
    answer = client.post(there, {"email": person.email, "next": "/frameworks/?a=1"})
    assert "next=" in answer["Location"]
    assert enter(client, code_in(mail.outbox[0]), next="/frameworks/?a=1") == "/frameworks/?a=1"


def test_an_address_that_was_given_up_signs_nobody_in(person: User, client: Client) -> None:
    old = person.email
    ask(client, old)
    enter(client, code_in(mail.outbox[0]))
    client.post("/sign-out/")
    User.objects.filter(pk=person.pk).update(email="new@board.example")
    ask(client, old)
    assert "does not belong" in mail.outbox[-1].body


# What allauth links to for passwords, sign-up, e-mail management and the like, none of which exists here.
# `account_email` is looked for on every 404, and allauth copes with its absence.
NEVER_REACHED = re.compile(
    r"account_(email|password|change|set_password|reset|confirm_password|confirm_email|complete_password|verify|signup_by)"
    r"|mfa_(trust|signup|list_webauthn)|socialaccount"
)


def test_every_page_that_allauth_may_lead_to_exists() -> None:
    """Reads the names out of the parts of allauth that are installed."""
    package = allauth.__path__[0]
    names = set()
    for part in ("account", "mfa", "usersessions"):
        for file in Path(package, part).rglob("*.py"):
            names |= set(re.findall(r"(?:reverse|reverse_lazy|response)\(\s*\"(\w+)\"", file.read_text()))
            names |= set(re.findall(r"urlname(?:: str \| None)? = \"(\w+)\"", file.read_text()))
    assert len(names) > 10
    missing = set()
    for name in names:
        try:
            reverse(name)
        except NoReverseMatch:
            missing.add(name)
    assert {name for name in missing if not NEVER_REACHED.match(name)} == set()
