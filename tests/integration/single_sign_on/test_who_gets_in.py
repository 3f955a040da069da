"""Signing in through an OpenID Connect provider that runs here: who gets in and who does not."""

import json
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib.admin import site
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, get_resolver, reverse
from pytest_django import Settings

from organisations.choices import AuditedEvent
from organisations.models import AuditEvent, Organisation, User
from tests.factories import make_lead, make_seat
from tests.integration.single_sign_on.visits import URLS, as_member, come_back, is_in, leave, on, sign_in, words
from tests.openid_provider import Provider

# --- switched off -------------------------------------------------------------------------------------------------


def test_without_settings_there_is_no_button_and_no_page(client: Client, db: None) -> None:
    assert "work account" not in words(client.get(reverse("sign_in")))  # type: ignore[arg-type]
    for name in ("single_sign_on", "single_sign_on_callback"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert client.get("/sign-in/single/callback/").status_code in {302, 404}


# --- getting in ---------------------------------------------------------------------------------------------------


@on
def test_the_button_carries_the_name_from_the_settings(provider: Provider, client: Client, db: None) -> None:
    page = words(client.get(reverse("sign_in"), {"next": "/frameworks/"}))  # type: ignore[arg-type]
    assert "Sign in with NHSmail" in page
    form = page[page.index(f'action="{reverse("single_sign_on")}"') :].partition("</form>")[0]
    assert 'value="/frameworks/"' in form


@on
def test_a_member_is_found_by_confirmed_address_and_linked(provider: Provider, client: Client, member: User) -> None:
    answer = sign_in(client, provider, "m-1", email=member.email.upper(), email_verified=True)
    assert answer["Location"] == reverse("assessments:home")
    assert client.get(answer["Location"]).status_code == 200
    link = SocialAccount.objects.get()
    assert (link.user, link.provider, link.uid) == (member, provider.issuer, "m-1")


@on
def test_nothing_of_the_claims_and_no_token_is_kept(provider: Provider, client: Client, member: User) -> None:
    sign_in(client, provider, "m-1", **as_member(member), name="Secret Name", phone_number="0123")
    assert SocialAccount.objects.get().extra_data == {}
    assert not SocialToken.objects.exists()
    assert "Secret Name" not in json.dumps(dict(client.session))


@on
def test_the_second_time_the_subject_counts_whatever_the_address(
    provider: Provider, client: Client, member: User
) -> None:
    sign_in(client, provider, "m-1", **as_member(member))
    client.logout()
    sign_in(client, provider, "m-1", email="married@board.example", email_verified=False)
    assert is_in(client) == str(member.pk)
    assert User.objects.get(pk=member.pk).email == member.email


@on
def test_a_new_address_at_the_provider_takes_over_nobody(
    provider: Provider, client: Client, trust: Organisation, member: User
) -> None:
    other = make_seat(trust).person
    sign_in(client, provider, "m-1", **as_member(member))
    client.logout()
    sign_in(client, provider, "m-1", **as_member(other))
    assert is_in(client) == str(member.pk)


@on
def test_another_subject_with_a_linked_persons_address_is_refused(
    provider: Provider, client: Client, member: User
) -> None:
    sign_in(client, provider, "m-1", **as_member(member))
    client.logout()
    page = sign_in(client, provider, "intruder", **as_member(member))
    assert page.status_code == 403
    assert "This is not the account that you used before" in words(page)
    assert is_in(client) is None
    assert SocialAccount.objects.get().uid == "m-1"


@on
def test_links_do_not_outlive_a_change_of_provider(
    provider: Provider, client: Client, trust: Organisation, member: User
) -> None:
    stranger_there = make_seat(trust).person
    SocialAccount.objects.create(user=stranger_there, provider="https://old.example", uid="m-1")
    sign_in(client, provider, "m-1", **as_member(member))
    assert is_in(client) == str(member.pk)


@on
def test_staff_need_no_seat(provider: Provider, client: Client, db: None) -> None:
    staff = User.objects.create_user("staff@portal.example", "Staff", is_staff=True)
    sign_in(client, provider, "s-1", **as_member(staff))
    assert is_in(client) == str(staff.pk)


@on
@pytest.mark.parametrize(
    ("next_page", "landed"), [("/frameworks/", "/frameworks/"), ("https://evil.example/", "/"), ("//evil.example", "/")]
)
def test_people_come_back_to_the_page_they_wanted_on_this_host_only(
    provider: Provider, client: Client, member: User, next_page: str, landed: str
) -> None:
    provider.know("m-1", **as_member(member))
    answer = come_back(client, provider.sign_in(leave(client, next=next_page), "m-1"))
    assert answer["Location"] == landed


@on
def test_somebody_else_signed_in_here_gives_way(
    provider: Provider, client: Client, trust: Organisation, member: User
) -> None:
    client.force_login(make_seat(trust).person)
    sign_in(client, provider, "m-1", **as_member(member))
    assert is_in(client) == str(member.pk)


@on
def test_an_address_that_the_provider_says_nothing_about_counts_only_when_the_settings_trust_it(
    provider: Provider, client: Client, member: User, settings: Settings
) -> None:
    assert sign_in(client, provider, "m-1", email=member.email).status_code == 403
    settings.OIDC_TRUST_EMAIL = True
    assert sign_in(client, provider, "m-1", email=member.email).status_code == 302
    assert is_in(client) == str(member.pk)


# --- staying out --------------------------------------------------------------------------------------------------


@on
@pytest.mark.parametrize("verified", [False, "false", "true", 1, None])
def test_an_address_that_is_not_confirmed_finds_nobody(
    provider: Provider, client: Client, member: User, settings: Settings, verified: object
) -> None:
    settings.OIDC_TRUST_EMAIL = True  # even then
    page = sign_in(client, provider, "m-1", email=member.email, email_verified=verified)
    assert page.status_code == 403
    assert "NHSmail signed you in, but did not confirm an e-mail address for you" in words(page)
    assert is_in(client) is None
    assert not SocialAccount.objects.exists()


@on
@pytest.mark.parametrize("email", ["", "no address", ["m@board.example"], {"a": 1}, None])
def test_no_address_finds_nobody(provider: Provider, client: Client, db: None, email: object) -> None:
    assert sign_in(client, provider, "m-1", email=email, email_verified=True).status_code == 403


@on
def test_a_letter_that_only_looks_the_same_is_another_address(
    provider: Provider, client: Client, trust: Organisation, member: User
) -> None:
    User.objects.filter(pk=member.pk).update(email="kim@board.example")
    page = sign_in(client, provider, "m-1", email="\u212aim@board.example", email_verified=True)
    assert page.status_code == 403
    assert is_in(client) is None


@on
def test_links_and_refusals_are_in_the_trail_without_a_strangers_address(
    provider: Provider, client: Client, member: User
) -> None:
    sign_in(client, provider, "x-9", email="stranger@board.example", email_verified=True)
    refused = AuditEvent.objects.get(event=AuditedEvent.SIGN_IN_REFUSED)
    assert (refused.subject, refused.by, refused.organisation) == ("single sign-on, unknown", None, None)
    for _ in range(2):
        sign_in(client, provider, "m-1", **as_member(member))
    assert AuditEvent.objects.get(event=AuditedEvent.SIGN_IN_LINKED).by == member


@on
def test_a_stranger_is_told_whom_to_ask_and_is_not_created(provider: Provider, client: Client, member: User) -> None:
    before = User.objects.count()
    page = sign_in(client, provider, "x-1", email="stranger@board.example", email_verified=True)
    assert page.status_code == 403
    assert "stranger@board.example" in words(page)
    assert "digital lead to add you" in words(page)
    assert is_in(client) is None
    assert User.objects.count() == before
    assert not SocialAccount.objects.exists()


@on
def test_somebody_whose_access_is_off_stays_out(provider: Provider, client: Client, member: User) -> None:
    User.objects.filter(pk=member.pk).update(is_active=False)
    page = sign_in(client, provider, "m-1", **as_member(member))
    assert page.status_code == 403
    assert "switched off" in words(page)
    assert is_in(client) is None
    assert not SocialAccount.objects.exists()


@on
@pytest.mark.parametrize("linked", [False, True])
@pytest.mark.parametrize("span", [{"ends_on": "2020-02-01"}, {"starts_on": "2999-01-01"}])
def test_somebody_without_a_seat_today_stays_out(
    provider: Provider, client: Client, member: User, span: dict[str, str], linked: bool
) -> None:
    if linked:
        sign_in(client, provider, "m-1", **as_member(member))
        client.logout()
    member.seats.update(**span)
    page = sign_in(client, provider, "m-1", **as_member(member))
    assert page.status_code == 403
    assert "You do not hold a seat on any board here today" in words(page)
    assert is_in(client) is None
    assert SocialAccount.objects.exists() == linked


# --- doors beside the door ----------------------------------------------------------------------------------------


@on
def test_a_provider_in_the_database_opens_nothing(client: Client, provider: Provider, db: None) -> None:
    SocialApp.objects.create(provider="openid_connect", provider_id=provider.issuer, name="Evil", client_id="evil")
    assert parse_qs(urlsplit(leave(client)).query)["client_id"] == ["portal"]


def test_staff_can_remove_links_but_neither_make_nor_change_them(db: None) -> None:
    names = {name for name in get_resolver().namespace_dict["admin"][1].reverse_dict if isinstance(name, str)}
    assert "socialaccount_socialaccount_delete" in names
    assert not {name for name in names if name.startswith(("socialaccount_socialapp", "socialaccount_socialtoken"))}
    request = RequestFactory().get("/")
    request.user = User.objects.create_superuser("boss@portal.example", "Boss")
    permissions = site.get_model_admin(SocialAccount).get_model_perms(request)
    assert permissions == {"view": True, "delete": True, "add": False, "change": False}


# --- everybody against the two pages ------------------------------------------------------------------------------

PEOPLE = ["signed out", "stranger", "member", "lead", "staff"]


@on
@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize(
    ("name", "method", "expected"),
    [
        ("single_sign_on", "get", 405),
        ("single_sign_on", "post", 200),
        ("single_sign_on_callback", "get", 400),
        ("single_sign_on_callback", "post", 405),
    ],
)
def test_both_pages_are_the_same_for_everybody(
    client: Client, provider: Provider, trust: Organisation, who: str, name: str, method: str, expected: int
) -> None:
    makers: dict[str, Callable[[], User]] = {
        "stranger": lambda: User.objects.create_user("stranger@board.example", "Stranger"),
        "member": lambda: make_seat(trust).person,
        "lead": lambda: make_lead(trust),
        "staff": lambda: User.objects.create_user("staff@board.example", "Staff", is_staff=True),
    }
    if who in makers:
        client.force_login(makers[who]())
    assert getattr(client, method)(reverse(name)).status_code == expected


@on
def test_single_sign_on_adds_these_two_pages_and_no_other() -> None:
    added = set(get_resolver(URLS).reverse_dict) - set(get_resolver("wgll_portal.urls").reverse_dict)
    assert {name for name in added if isinstance(name, str)} == {"single_sign_on", "single_sign_on_callback"}
