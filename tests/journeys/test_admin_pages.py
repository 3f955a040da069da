"""Every page of the admin about frameworks, organisations and people, on a telephone: each once, in one browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from tests.admin_pages import Scene
from tests.journeys.conftest import assert_accessible
from tests.journeys.test_policy_in_the_browser import complaints, let_in

pytestmark = [pytest.mark.journey, pytest.mark.long, pytest.mark.django_db(transaction=True)]


def test_every_page_of_the_admin_can_be_used_on_a_telephone(
    trust: Organisation, digital_boards: FrameworkVersion, arrive: Callable[..., Page], live_server: LiveServer
) -> None:
    scene = Scene(trust, digital_boards)
    page = arrive(width=375)
    let_in(page.context, live_server, scene.staff)
    said = complaints(page)
    visited = 0
    for address in ["/admin/", "/admin/frameworks/", *scene.addresses()]:
        response = page.goto(address)
        assert response
        assert response.status == 200, address
        assert said == [], address
        assert_accessible(page)
        said.clear()  # axe itself tries styles of its own
        visited += 1
    assert visited > 30
