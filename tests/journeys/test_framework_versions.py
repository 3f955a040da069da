"""A content admin makes a new version of a framework in the browser. The admin's pages: test_admin_pages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from frameworks.models import FrameworkVersion
from organisations.models import User
from tests.journeys.conftest import assert_accessible, follow, press
from tests.journeys.test_policy_in_the_browser import complaints, let_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_new_draft_is_reworded_compared_and_published(
    wgll: FrameworkVersion, arrive: Callable[..., Page], live_server: LiveServer
) -> None:
    page = arrive()
    let_in(page.context, live_server, User.objects.create_superuser("staff@board.example", "Staff"))
    said = complaints(page)
    page.goto(f"/admin/frameworks/frameworkversion/{wgll.pk}/change/")
    follow(page, "New draft from this version")
    page.get_by_label("Code of the new version").fill("2027")
    press(page, "Make the draft")
    draft = FrameworkVersion.objects.get(code="2027")
    text = draft.indicators.all()[0].text
    draft.indicators.filter(text=text).update(text=f"{text} Every year.")
    draft.indicators.filter(order=2)[0].delete()
    follow(page, "Check and publish")
    assert "Every year." in page.locator("ins").all_inner_texts()[0]
    press(page, "Publish WGLL 2027")
    page.goto("/frameworks/wgll/2027/")
    follow(page, "What changed since 2021-10")
    assert_accessible(page)
    page.goto(f"/admin/frameworks/frameworkversion/{wgll.pk}/wording/")
    assert_accessible(page)
    page.goto(f"/admin/frameworks/frameworkversion/{wgll.pk}/retire/")
    press(page, "Retire WGLL 2021-10")
    assert said == []
