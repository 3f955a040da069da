"""A round and one of its members, signed in; a content admin, signed in. A test that needs others makes its own."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from assessments.models import Response, Round
from frameworks.models import FrameworkVersion
from organisations.models import Organisation, User
from tests.factories import make_round


@pytest.fixture
def round_(trust: Organisation, digital_boards: FrameworkVersion) -> Round:
    return make_round(trust, digital_boards)


@pytest.fixture
def response(round_: Round, client: Client) -> Response:
    found: Response = round_.responses.order_by("pk")[0]
    client.force_login(found.person)
    return found


@pytest.fixture
def editor() -> User:
    user = User.objects.create_user("editor@portal.example", "Editor", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="frameworks"))
    return user


@pytest.fixture
def admin(signed_in: Callable[[User], Client], editor: User) -> Client:
    return signed_in(editor)
