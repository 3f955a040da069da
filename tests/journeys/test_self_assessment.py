"""A leadership self-assessment in the browser: shared with the chair, read, taken back; trend and document at hand."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from assessments import actions
from assessments.models import Response
from frameworks.models import FrameworkVersion
from organisations.choices import SeatRole
from organisations.models import Organisation
from tests.factories import make_seat
from tests.journeys.conftest import assert_accessible, follow, press
from tests.unit.assessments.test_my_trend import sat

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 375])
def test_a_member_shares_and_takes_back(
    enter: Callable[..., Page], trust: Organisation, leadership: FrameworkVersion, width: int
) -> None:
    chair = make_seat(trust, "Margaret Chair", role=SeatRole.CHAIR).person
    member = make_seat(trust, "Judith Blackwood").person
    sat(member, trust, leadership, 1, 1, 2, 3)
    response = sat(member, trust, leadership, 0, 2, 3, 3, open_=True)
    write_about_the_ward(response)
    mine = enter(member, width=width)
    mine.goto(f"/responses/{response.pk}/check/")
    look_at_the_trend(mine)
    take_the_document(mine)
    share(mine)
    reader = enter(chair, width=width)
    assert_accessible(reader)
    follow(reader, "Read what Judith Blackwood shares")
    reader.get_by_text("We opened the ward.").wait_for()
    assert_accessible(reader)
    press(mine, "Take it back")
    mine.get_by_text("Only you can read it now.").wait_for()
    again = reader.reload()
    assert again is not None
    assert again.status == 404


def write_about_the_ward(response: Response) -> None:
    version = response.round.version
    section, box = version.sections.all()[0], version.scale.extra_fields.all()[0]
    written = actions.GivenReflection(section.pk, box.pk, "We opened the ward. " + "x" * 300)
    actions.save_answers(response=response, answers=[], reflections=[written])


def look_at_the_trend(page: Page) -> None:
    follow(page, "My trend")
    page.get_by_role("heading", name="My trend", level=1).wait_for()
    assert_accessible(page)
    follow(page, "My answers")


def take_the_document(page: Page) -> None:
    follow(page, "Document for appraisal")
    page.get_by_role("heading", name="Document for my appraisal", level=1).wait_for()
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the document (PDF)").click()
    assert download.value.suggested_filename.endswith("-appraisal.pdf")
    follow(page, "My answers")


def share(page: Page) -> None:
    follow(page, "Share with the chair")
    page.get_by_text("Only you can read it now.").wait_for()
    assert_accessible(page)
    press(page, "Share with Margaret Chair")
    page.get_by_text("Margaret Chair can read it, since").wait_for()
    assert_accessible(page)
