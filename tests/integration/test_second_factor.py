"""Second factors: who must have one, what is closed to them before, and how one is set up, used and taken away."""

import datetime as dt
import json
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from frameworks.models import FrameworkVersion
from organisations.middleware import BEFORE_SECOND_FACTOR
from organisations.models import Organisation, User
from tests.factories import app_code, code_of, give_second_factor, lead_of, make_lead, make_round, make_seat, set_up_app
from tests.integration.test_sign_in import code_in

SET_UP = "/account/security/"
SECOND_STEP = "/sign-in/second-step/"


@pytest.fixture
def visitor() -> Client:
    """Django's own client: unlike the fixture `client`, it gives no second factor by itself."""
    return Client()


def sign_in_by_mail(visitor: Client, person: User, **data: str) -> str:
    """Address and code from the mail; gives the address that it leads to."""
    visitor.post("/sign-in/", {"email": person.email})
    return visitor.post("/sign-in/code/", {"code": code_in(mail.outbox[-1]), **data})["Location"]


@pytest.fixture
def lead(trust: Organisation) -> User:
    return make_lead(trust)


@pytest.fixture
def staff(db: None) -> User:
    return User.objects.create_superuser("staff@portal.example", "Staff")


def test_a_lead_without_one_reaches_only_the_pages_to_set_it_up(
    trust: Organisation, wgll: FrameworkVersion, visitor: Client
) -> None:
    round_ = make_round(trust, wgll)
    visitor.force_login(lead_of(round_))
    for address in (
        "/",
        "/frameworks/",
        f"/rounds/{round_.pk}/",
        "/account/sessions/",
        "/account/security/recovery-codes/",
    ):
        answer = visitor.get(address)
        assert (answer.status_code, answer["Location"]) == (302, SET_UP), address
        assert visitor.post(address)["Location"] == SET_UP
    assert "Set up a second step first" in visitor.get(SET_UP).content.decode()


def test_staff_see_no_admin_page_before_theirs(staff: User, visitor: Client) -> None:
    visitor.force_login(staff)
    for address in ("/admin/", "/admin/organisations/organisation/", "/admin/organisations/user/add/"):
        assert visitor.get(address)["Location"] == SET_UP
        assert visitor.post(address)["Location"] == SET_UP
    give_second_factor(visitor, staff)
    assert visitor.get("/admin/organisations/organisation/").status_code == 200


def test_only_pages_about_second_factors_are_open_before(lead: User, visitor: Client) -> None:
    visitor.force_login(lead)
    for name in BEFORE_SECOND_FACTOR - {"account_logout"}:
        answer = visitor.get(reverse(name))
        assert answer.status_code in {200, 403}, name  # 403: nothing to confirm with yet


def test_a_member_needs_none_and_is_offered_a_passkey(trust: Organisation, visitor: Client) -> None:
    person = make_seat(trust).person
    assert sign_in_by_mail(visitor, person) == "/"
    page = visitor.get("/")
    assert page.status_code == 200
    assert 'href="/account/security/passkeys/add/">add a passkey</a>' in page.content.decode()


def test_whoever_becomes_a_lead_is_asked_at_the_next_click(trust: Organisation, visitor: Client) -> None:
    seat = make_seat(trust)
    visitor.force_login(seat.person)
    assert visitor.get("/").status_code == 200
    type(seat).objects.filter(pk=seat.pk).update(is_digital_lead=True)
    assert visitor.get("/")["Location"] == SET_UP


def test_a_lead_whose_seat_has_ended_or_not_begun_needs_none(lead: User, visitor: Client) -> None:
    visitor.force_login(lead)
    lead.seats.update(ends_on=timezone.localdate() - dt.timedelta(days=1))
    assert visitor.get("/").status_code == 200


@pytest.mark.django_db(transaction=True)  # allauth sends its mail when the transaction is through
def test_setting_up_an_app_opens_the_portal_and_gives_recovery_codes(lead: User, visitor: Client) -> None:
    sign_in_by_mail(visitor, lead)
    page = visitor.get("/account/security/app/").content.decode()
    secret = re.search(r'<code class="app-secret">(\w+)</code>', page)
    assert secret
    assert "<svg" in page
    assert "data:" not in page
    wrong = visitor.post("/account/security/app/", {"code": "000000"})
    assert "That code is not right" in wrong.content.decode()
    done = visitor.post("/account/security/app/", {"code": code_of(secret[1])})
    assert done["Location"] == "/account/security/recovery-codes/"
    codes = re.findall(r"<li><code>(\d{8})</code></li>", visitor.get(done["Location"]).content.decode())
    assert len(set(codes)) == 10
    assert visitor.get("/account/security/recovery-codes/file/").content.decode().count("\n") >= 10
    assert visitor.get("/").status_code == 200
    stored = Authenticator.objects.get(user=lead, type=Authenticator.Type.TOTP)
    assert secret[1] not in json.dumps(stored.data)  # sealed
    assert mail.outbox[-1].subject == "Authenticator app set up"
    assert mail.outbox[-1].to == [lead.email]


def test_after_the_mail_the_app_is_asked_for_and_the_way_back_is_kept(lead: User, visitor: Client) -> None:
    set_up_app(lead)
    assert sign_in_by_mail(visitor, lead, next="/frameworks/") == SECOND_STEP
    assert visitor.get("/").status_code == 302  # not in yet
    assert "That code is not right" in visitor.post(SECOND_STEP, {"code": "000000"}).content.decode()
    assert visitor.post(SECOND_STEP, {"code": app_code(lead)})["Location"] == "/frameworks/"
    assert visitor.get("/").status_code == 200


def test_an_app_code_works_once(lead: User, visitor: Client) -> None:
    set_up_app(lead)
    code = app_code(lead)
    sign_in_by_mail(visitor, lead)
    assert visitor.post(SECOND_STEP, {"code": code}).status_code == 302
    again = Client()
    sign_in_by_mail(again, lead)
    assert "That code is not right" in again.post(SECOND_STEP, {"code": f"{code[:3]} {code[3:]}"}).content.decode()

    cache.delete(
        f"allauth.mfa.totp.used?user={lead.pk}&code={code}"
    )  # allauth's own memory is shorter than the code's life
    assert "That code is not right" in again.post(SECOND_STEP, {"code": code}).content.decode()


def test_a_recovery_code_stands_in_once(lead: User, visitor: Client) -> None:
    set_up_app(lead)
    code = RecoveryCodes.activate(lead).get_unused_codes()[0]
    sign_in_by_mail(visitor, lead)
    assert visitor.post(SECOND_STEP, {"code": code})["Location"] == "/"
    again = Client()
    sign_in_by_mail(again, lead)
    assert "That code is not right" in again.post(SECOND_STEP, {"code": code}).content.decode()


def test_second_factors_cannot_be_guessed(lead: User, visitor: Client) -> None:
    set_up_app(lead)
    sign_in_by_mail(visitor, lead)
    answers = [visitor.post(SECOND_STEP, {"code": f"{number:06}"}).status_code for number in range(11)]
    assert answers == [200] * 10 + [429]
    assert visitor.post(SECOND_STEP, {"code": app_code(lead)}).status_code == 429


def test_setting_up_and_confirming_are_limited_too(lead: User, visitor: Client) -> None:
    visitor.force_login(lead)
    visitor.get(f"{SET_UP}app/")
    answers = [visitor.post(f"{SET_UP}app/", {"code": "000000"}).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]
    set_up_app(lead)
    assert visitor.post(f"{SET_UP}confirm/", {"code": app_code(lead)}).status_code == 429


def test_a_session_from_before_the_app_was_set_up_must_give_its_code(lead: User, visitor: Client) -> None:
    visitor.force_login(lead)
    set_up_app(lead)
    there = visitor.get("/frameworks/?a=1")["Location"]
    assert there == "/account/security/confirm/?next=/frameworks/%3Fa%3D1"
    for page in ("passkeys/add/", "app/remove/"):  # nor can it put a factor of its own beside it
        assert visitor.get(f"{SET_UP}{page}")["Location"].startswith("/account/security/confirm/")
    assert visitor.post(there, {"code": app_code(lead), "next": "/frameworks/"})["Location"] == "/frameworks/"
    assert visitor.get("/frameworks/").status_code == 200


def test_changing_factors_needs_a_fresh_one(lead: User, visitor: Client) -> None:
    visitor.force_login(lead)
    give_second_factor(visitor, lead)
    assert visitor.get(f"{SET_UP}app/remove/").status_code == 200
    session = visitor.session
    session["account_authentication_methods"] = [{**session["account_authentication_methods"][0], "at": 0}]
    session.save()
    assert visitor.get("/").status_code == 200
    assert visitor.post(f"{SET_UP}app/remove/")["Location"].startswith("/account/security/confirm/")
    assert Authenticator.objects.filter(user=lead).exists()


def test_a_lead_who_removes_the_last_one_must_set_up_another(lead: User, visitor: Client) -> None:
    visitor.force_login(lead)
    give_second_factor(visitor, lead)
    visitor.post(f"{SET_UP}app/remove/")
    assert not Authenticator.objects.filter(user=lead).exists()
    assert visitor.get("/")["Location"] == SET_UP
    assert mail.outbox[-1].subject == "Authenticator app removed"


def test_nobody_can_remove_the_passkey_of_another(trust: Organisation, lead: User, visitor: Client) -> None:
    theirs = Authenticator.objects.create(user=lead, type=Authenticator.Type.WEBAUTHN, data={"name": "Theirs"})
    visitor.force_login(make_seat(trust).person)
    address = f"{SET_UP}passkeys/{theirs.pk}/remove/"
    assert visitor.get(address).status_code == visitor.post(address).status_code == 404
    assert Authenticator.objects.filter(pk=theirs.pk).exists()


def test_another_person_in_the_same_browser_inherits_no_proof(lead: User, staff: User, visitor: Client) -> None:
    visitor.force_login(lead)
    give_second_factor(visitor, lead)
    set_up_app(staff)
    visitor.force_login(staff)
    assert visitor.get("/admin/")["Location"].startswith("/account/security/confirm/")


@pytest.mark.urls("tests.demo_urls")
def test_the_mark_of_a_demonstration_means_nothing_outside_it(lead: User, visitor: Client, settings: Settings) -> None:
    visitor.post(f"/sign-in/as/{lead.pk}/")
    assert visitor.get("/")["Location"] == SET_UP
    settings.DEMO = True
    assert visitor.get("/").status_code == 200
    assert "without the second step" in visitor.get("/").content.decode()


def answer(**response: object) -> dict[str, object]:
    return {"id": "AA", "rawId": "AA", "type": "public-key", "response": response}


LONG = "A" * 64
NONSENSE: list[object] = [
    None,
    1,
    [],
    "x",
    {},
    {"id": 1},
    {"id": "!", "rawId": "!", "response": []},
    answer(clientDataJSON="AA", attestationObject="AA"),
    answer(clientDataJSON="e30", authenticatorData="AA", signature="AA", userHandle="enp6enp6enp6enp6enp6enp6eg"),
    answer(clientDataJSON="eyJ0eXBlIjoxfQ", authenticatorData=LONG, signature="AA", userHandle=None),
    answer(clientDataJSON="eyJ0eXBlIjoxfQ", attestationObject=LONG, authenticatorData=LONG, signature="é"),
]


@pytest.mark.parametrize("credential", [json.dumps(each) for each in NONSENSE] + ["{", "\x00", "[" * 2000])
def test_nonsense_instead_of_a_passkey_is_a_plain_no(lead: User, visitor: Client, credential: str) -> None:
    visitor.get("/sign-in/passkey/", headers={"accept": "application/json"})
    assert visitor.post("/sign-in/passkey/", {"credential": credential})["Location"] == "/sign-in/"
    set_up_app(lead)
    sign_in_by_mail(visitor, lead)
    visitor.get(SECOND_STEP)
    assert visitor.post(SECOND_STEP, {"credential": credential}).status_code == 200
    visitor.post(SECOND_STEP, {"code": app_code(lead)})
    visitor.get(f"{SET_UP}passkeys/add/")
    assert visitor.post(f"{SET_UP}passkeys/add/", {"credential": credential, "name": "x"}).status_code == 200
    assert not Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).exists()


def test_staff_can_take_a_lost_factor_away_but_see_no_secret(lead: User, staff: User, visitor: Client) -> None:
    app = set_up_app(lead)
    visitor.force_login(staff)
    give_second_factor(visitor, staff)
    page = visitor.get(f"/admin/mfa/authenticator/{app.pk}/change/")
    assert page.status_code == 200
    assert app.data["secret"] not in page.content.decode()
    assert visitor.get("/admin/mfa/authenticator/?q=member").status_code == 200
    assert visitor.get("/admin/mfa/authenticator/add/").status_code == 403
    visitor.post(f"/admin/mfa/authenticator/{app.pk}/delete/", {"post": "yes"})
    assert not Authenticator.objects.filter(pk=app.pk).exists()
