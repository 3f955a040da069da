"""A lead reads the audit trail on a tablet and on a phone, and takes a copy of their own data."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from organisations.audit import record
from organisations.choices import AuditedEvent
from organisations.models import Organisation
from tests.factories import make_lead
from tests.journeys.conftest import assert_accessible, follow, press

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 320])
def test_a_lead_reads_the_trail_and_takes_their_data(
    trust: Organisation, enter: Callable[..., Page], width: int
) -> None:
    lead = make_lead(trust)
    for number in range(300):
        record(AuditedEvent.ROUND_OPENED, organisation=trust, by=lead, subject=f"Round {number} " + "w" * 120)
    page = enter(lead, width=width)
    follow(page, "Audit trail")
    assert_accessible(page)
    page.get_by_text("Choose what to show").click()
    page.get_by_label("What happened").select_option("Round opened")
    press(page, "Show these lines")
    page.get_by_text("1 to 50 of 300").wait_for()
    follow(page, "Page 6")
    page.get_by_text("251 to 300 of 300").wait_for()
    assert_accessible(page)
    page.get_by_role("group", name="To").get_by_label("Day").fill("40")
    press(page, "Show these lines")
    page.get_by_text("There is a problem").wait_for()
    assert_accessible(page)
    follow(page, "My data")
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my data").click()
    held = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert held["You"]["E-mail address"] == lead.email
