"""A round, and one of its members signed in; a test that needs others makes its own under the same names."""

import pytest
from django.test import Client

from assessments.models import Response, Round
from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from tests.factories import make_round


@pytest.fixture
def round_(trust: Organisation, digital_boards: FrameworkVersion) -> Round:
    return make_round(trust, digital_boards)


@pytest.fixture
def response(round_: Round, client: Client) -> Response:
    found: Response = round_.responses.order_by("pk")[0]
    client.force_login(found.person)
    return found
