"""Staff status is no key to results: no page of the admin shows what anybody answered."""

from collections.abc import Callable

import pytest
from django.test import Client

from assessments.models import Answer
from frameworks.models import FrameworkVersion
from organisations.models import Organisation, User
from tests.admin_pages import Scene
from tests.factories import make_round

PLANTED = "Words that a member wrote"


@pytest.mark.django_db
def test_no_page_of_the_admin_shows_an_answer(
    trust: Organisation, digital_boards: FrameworkVersion, signed_in: Callable[[User], Client]
) -> None:
    make_round(trust, digital_boards, state="closed", answers=lambda member, indicator: 3)
    assert Answer.objects.update(comment=PLANTED)
    scene = Scene(trust, digital_boards)
    client = signed_in(scene.staff)
    pages = ["/admin/", *scene.addresses()]
    for address in pages:
        response = client.get(address)
        assert response.status_code == 200, address
        assert PLANTED not in response.content.decode(), address
    assert len(pages) > 30
