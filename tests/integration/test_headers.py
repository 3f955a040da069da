"""Headers that every page carries, and markup that the content security policy would refuse."""

import re

from django.test import Client
from django.urls import reverse

from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from tests.factories import make_round


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
