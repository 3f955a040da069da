"""A round and one of its members, a closed one and its lead, a content admin; each signed in. Others are made apart."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from assessments.models import Response, Round
from frameworks.models import FrameworkVersion
from organisations.models import Organisation, User
from tests.factories import lead_of, make_round


@pytest.fixture
def round_(trust: Organisation, digital_boards: FrameworkVersion) -> Round:
    return make_round(trust, digital_boards)


@pytest.fixture
def response(round_: Round, client: Client) -> Response:
    found: Response = round_.responses.order_by("pk")[0]
    client.force_login(found.person)
    return found


@pytest.fixture
def closed(trust: Organisation, digital_boards: FrameworkVersion) -> Round:
    return make_round(trust, digital_boards, members=5, state="closed", answers=lambda member, indicator: 2)


@pytest.fixture
def lead(closed: Round, client: Client) -> Client:
    client.force_login(lead_of(closed))
    return client


@pytest.fixture
def editor() -> User:
    user = User.objects.create_user("editor@portal.example", "Editor", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="frameworks"))
    return user


@pytest.fixture
def admin(signed_in: Callable[[User], Client], editor: User) -> Client:
    return signed_in(editor)
