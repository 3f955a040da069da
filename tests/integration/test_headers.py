"""Headers that every page carries, and markup that the content security policy would refuse."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from tests.factories import make_round, make_seat


def test_the_content_security_policy_allows_nothing_inline(client: Client, db: None) -> None:
    policy = client.get(reverse("sign_in"))["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_pages_with_personal_data_are_not_stored(trust: Organisation, wgll: FrameworkVersion, client: Client) -> None:
    round_ = make_round(trust, wgll)
    client.force_login(round_.responses.all()[0].person)
    for url in (reverse("assessments:home"), reverse("frameworks:list")):
        assert "no-store" in client.get(url)["Cache-Control"]


def test_no_page_has_inline_script_or_style(trust: Organisation, wgll: FrameworkVersion, client: Client) -> None:
    round_ = make_round(trust, wgll, state="closed", answers=lambda member, indicator: 2)
    response = round_.responses.all()[0]
    client.force_login(response.person)
    urls = [
        reverse("assessments:home"),
        reverse("assessments:check", args=[response.pk]),
        reverse("reports:results", args=[round_.pk]),
        reverse("frameworks:current_version", args=["wgll"]),
    ]
    for url in urls:
        html = client.get(url).content.decode()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", html), url


@pytest.mark.parametrize(("path", "status"), [("/", 302), ("/sign-in/", 200), ("/%00", 400), ("/healthz", 200)])
def test_every_answer_carries_the_headers(client: Client, db: None, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert "camera=()" in answer["Permissions-Policy"]
    assert "publickey-credentials-get=(self)" in answer["Permissions-Policy"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


def test_refusals_are_not_stored_either(trust: Organisation, client: Client) -> None:
    client.force_login(make_seat(trust).person)
    assert "no-store" in client.get("/rounds/1/")["Cache-Control"]
    assert "no-store" in client.post("/")["Cache-Control"]


def test_over_https_transport_is_strict(client: Client, db: None, settings: Settings) -> None:
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31536000, True
    header = client.get("/sign-in/", secure=True)["Strict-Transport-Security"]
    assert header == "max-age=31536000; includeSubDomains"
