"""Signing in with an e-mailed code, and who is not let in."""

import re

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from organisations.models import Organisation, User
from tests.factories import make_seat


def code_in(message: mail.EmailMessage) -> str:
    found = re.search(r"^([A-Z0-9]{6})$", str(message.body), re.MULTILINE)
    assert found, message.body
    return found[1]


def test_a_member_signs_in_with_the_code_from_the_mail(trust: Organisation, client: Client) -> None:
    person = make_seat(trust).person
    answer = client.post(reverse("sign_in"), {"email": person.email.upper()})
    assert answer["Location"] == reverse("account_confirm_login_code")
    page = client.post(answer["Location"], {"code": code_in(mail.outbox[0])})
    assert page["Location"] == reverse("assessments:home")
    assert client.get(page["Location"]).status_code == 200


def test_a_wrong_code_does_not_sign_in(trust: Organisation, client: Client) -> None:
    client.post(reverse("sign_in"), {"email": make_seat(trust).person.email})
    page = client.post(reverse("account_confirm_login_code"), {"code": "WRONG1"})
    assert "That code is not right" in page.content.decode()
    assert client.get(reverse("assessments:home")).status_code == 302


def test_an_unknown_address_gets_the_same_page_and_a_mail_that_says_so(trust: Organisation, client: Client) -> None:
    answer = client.post(reverse("sign_in"), {"email": "stranger@board.example"})
    assert answer["Location"] == reverse("account_confirm_login_code")
    assert "does not belong to a member of a board" in mail.outbox[0].body
    assert "sign up" not in mail.outbox[0].body.lower()
    assert not User.objects.filter(email="stranger@board.example").exists()


def test_somebody_whose_access_is_off_cannot_sign_in(trust: Organisation, client: Client) -> None:
    person = make_seat(trust).person
    User.objects.filter(pk=person.pk).update(is_active=False)
    client.post(reverse("sign_in"), {"email": person.email})
    assert not re.search(r"^[A-Z0-9]{6}$", str(mail.outbox[0].body), re.MULTILINE)
    assert client.get(reverse("assessments:home")).status_code == 302


def test_signing_out_takes_a_press_of_a_button(trust: Organisation, client: Client) -> None:
    client.force_login(make_seat(trust).person)
    client.get(reverse("account_logout"))
    assert client.get(reverse("assessments:home")).status_code == 200
    client.post(reverse("account_logout"))
    assert client.get(reverse("assessments:home")).status_code == 302


def test_nobody_can_be_picked_from_a_list_outside_the_demonstration(trust: Organisation, client: Client) -> None:
    assert not django_settings.DEMO
    person = make_seat(trust).person
    assert person.name not in client.get(reverse("sign_in")).content.decode()
    assert client.post(f"/sign-in/as/{person.pk}/").status_code == 404
    assert client.get(reverse("assessments:home")).status_code == 302


@pytest.mark.urls("tests.demo_urls")
def test_the_demonstration_offers_its_people_but_never_staff(trust: Organisation, client: Client) -> None:
    person = make_seat(trust).person
    staff = User.objects.create_user("staff@board.example", "Staff", is_staff=True)
    assert client.post(f"/sign-in/as/{staff.pk}/").status_code == 404
    assert client.post(f"/sign-in/as/{person.pk}/")["Location"] == "/"
    assert client.get("/").status_code == 200


def test_the_admin_sends_people_to_the_same_sign_in(client: Client, db: None) -> None:
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("sign_in"))
