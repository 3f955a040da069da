"""A leadership self-assessment in the browser: shared with the chair, read, taken back; trend and document at hand."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from assessments import actions
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
    section, box = leadership.sections.all()[0], leadership.scale.extra_fields.all()[0]
    actions.save_answers(
        response=response,
        answers=[],
        reflections=[actions.GivenReflection(section.pk, box.pk, "We opened the ward. " + "x" * 300)],
    )

    mine = enter(member, width=width)
    mine.goto(f"/responses/{response.pk}/check/")
    follow(mine, "My trend")
    mine.get_by_role("heading", name="My trend", level=1).wait_for()
    assert_accessible(mine)
    follow(mine, "My answers")
    follow(mine, "Document for appraisal")
    mine.get_by_role("heading", name="Document for my appraisal", level=1).wait_for()
    assert_accessible(mine)
    with mine.expect_download() as download:
        mine.get_by_role("button", name="Download the document (PDF)").click()
    assert download.value.suggested_filename.endswith("-appraisal.pdf")
    follow(mine, "My answers")
    follow(mine, "Share with the chair")
    mine.get_by_text("Only you can read it now.").wait_for()
    assert_accessible(mine)
    press(mine, "Share with Margaret Chair")
    mine.get_by_text("Margaret Chair can read it, since").wait_for()
    assert_accessible(mine)

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
