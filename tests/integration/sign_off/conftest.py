"""A closed round with its lead signed in, and a report that is drawn in no time."""

import pytest
from django.test import Client

from assessments.models import Round
from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from reports.pdf import archive, drawing
from tests.factories import lead_of, make_round


@pytest.fixture
def closed(trust: Organisation, digital_boards: FrameworkVersion) -> Round:
    return make_round(trust, digital_boards, members=5, state="closed", answers=lambda member, indicator: 2)


@pytest.fixture
def lead(closed: Round, client: Client) -> Client:
    client.force_login(lead_of(closed))
    return client


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report that is drawn in no time, for tests that look at what becomes of it."""
    monkeypatch.setattr(drawing, "pdf_of", lambda html, tell: f"%PDF {html}".encode())
    monkeypatch.setattr(archive, "archive_copy", lambda pdf, figures, source: pdf + figures.content)
