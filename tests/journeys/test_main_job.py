"""The portal's main job in a browser: a lead opens a round, five members answer 94 indicators, the PDF comes out."""

import io
from collections.abc import Callable
from fractions import Fraction
from itertools import cycle
from pathlib import Path

import pypdf
import pytest
from django.urls import reverse
from playwright.sync_api import Page

from assessments.models import Answer, Round
from assessments.queries.results import results_for
from frameworks.models import FrameworkVersion
from organisations.choices import SeatRole
from organisations.models import Organisation
from reports.pdf.drawing import draw_waiting
from tests.factories import make_lead, make_round, make_seat
from tests.journeys.conftest import arrive_by, assert_accessible, assert_not_too_wide, mailed_code, press

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

MEMBERS = 5


def start_round(page: Page) -> None:
    press(page, "Rounds and what they need today")
    press(page, "Start a new round")
    page.get_by_label("What Good Looks Like").check()
    press(page, "Continue")
    page.get_by_label("Which level is the board aiming for?").select_option("3")
    page.get_by_label("digital lead").uncheck()
    press(page, "Save the draft")
    assert_accessible(page)
    press(page, "Open the round")
    page.get_by_text("0 of 5 members have submitted").wait_for()
    assert_accessible(page)


def answer_everything(page: Page, levels: list[str], *, check: bool) -> None:
    """Choose `levels` in turn through all sections, then submit."""
    press(page, "Start answering")
    if check:
        assert_accessible(page)
    press(page, "Start answering")
    chosen = cycle(levels)
    while "/sections/" in page.url:
        questions = page.locator("fieldset").all()
        for question in questions:
            question.locator(f'input[value="{next(chosen)}"]').check()
        assert page.locator("fieldset input:checked").count() == len(questions) > 0, page.url
        if check:
            assert_accessible(page)
        press(page, "Save and continue")
    page.get_by_text("All 94 questions are answered.").first.wait_for()
    if check:
        assert_accessible(page)
    arrive_by(page.get_by_role("button", name="Submit my answers").first)
    page.get_by_text("You submitted 94 of 94 answers").wait_for()
    if check:
        assert_accessible(page)


@pytest.mark.long
def test_a_board_scores_its_trust_and_gets_its_report(
    trust: Organisation, wgll: FrameworkVersion, sign_in: Callable[..., Page], tmp_path: Path
) -> None:
    roles = [SeatRole.CHAIR, SeatRole.CHIEF_EXECUTIVE, *[SeatRole.NON_EXECUTIVE] * 3]
    members = [make_seat(trust, f"Member of the board {number}", role=role) for number, role in enumerate(roles)]
    lead_page = sign_in(make_lead(trust))
    assert_accessible(lead_page)
    start_round(lead_page)

    for number, seat in enumerate(members):
        page = sign_in(seat.person, width=375 if number == 1 else 1280)
        answer_everything(page, ["2", "3", "cannot-judge"] if number == 4 else ["2", "3", "4"], check=number == 1)
        page.context.close()

    lead_page.reload()
    press(lead_page, "Close the round")
    assert_accessible(lead_page)
    press(lead_page, "Close the round now")
    lead_page.get_by_text("5 of 5 members submitted").wait_for()
    press(lead_page, "Read the results")
    assert_accessible(lead_page)
    lead_page.go_back()
    press(lead_page, "The board report")
    assert_accessible(lead_page)
    press(lead_page, "Get the report (PDF)")
    lead_page.get_by_text("Waiting for its turn.").wait_for()
    assert_accessible(lead_page)
    draw_waiting()
    lead_page.get_by_role("heading", name="The report is ready").wait_for()  # without pressing anything
    assert_accessible(lead_page)
    with lead_page.expect_download() as download:
        lead_page.get_by_role("button", name="Download the board report (PDF)").click()
    pdf = pypdf.PdfReader(io.BytesIO(download.value.path().read_bytes()))
    text = " ".join(page.extract_text() for page in pdf.pages)
    assert "Fenwick Hospitals NHS Trust" in text
    assert Answer.objects.count() == 94 * MEMBERS
    first = results_for(Round.objects.get()).scorecard.sections[0].indicators
    # Indicators 1 and 2: all five chose 2, then 3. Indicator 3: four chose 4, one could not judge, so it is withheld.
    assert [scored.mean for scored in first[:3]] == [Fraction(2), Fraction(3), None]


def test_a_member_can_answer_without_javascript_on_a_phone(
    trust: Organisation, digital_boards: FrameworkVersion, enter: Callable[..., Page]
) -> None:
    round_ = make_round(trust, digital_boards)
    response = round_.responses.all()[0]
    page = enter(response.person, width=375, java_script_enabled=False)
    press(page, "Start answering")
    press(page, "Start answering")
    page.locator("fieldset").first.locator('input[value="3"]').check()
    page.locator("summary", has_text="Add a comment").first.click()
    page.get_by_label("Comment for the board").first.fill("Seen on a visit in March")
    press(page, "Save and stop for now")
    page.get_by_text("1 of 13 questions answered").wait_for()
    stored = response.answers.get()
    assert (stored.level, stored.comment) == (3, "Seen on a visit in March")


def test_from_the_invitation_to_the_first_answer_takes_four_screens(
    trust: Organisation, digital_boards: FrameworkVersion, arrive: Callable[..., Page]
) -> None:
    """The address that the lead sends; on a telephone."""
    response = make_round(trust, digital_boards).responses.all()[0]
    page = arrive(width=375)
    screens: list[str] = []
    page.on("load", lambda loaded: screens.append(loaded.url))
    page.goto(reverse("assessments:answer", args=[response.round_id]))
    page.get_by_label("Your work e-mail address").fill(response.person.email)
    press(page, "Send me a code")
    page.get_by_label("Six-character code").fill(mailed_code(response.person))
    press(page, "Sign in")
    press(page, "Start answering")
    page.locator("fieldset").first.locator('input[value="3"]').check()
    assert len(screens) == 4, screens


def test_framework_pages_are_accessible(trust: Organisation, frameworks: None, enter: Callable[..., Page]) -> None:
    """axe takes seconds for pages so long, and finds the same at every width; none may be too wide at any."""
    page = enter(make_seat(trust).person, width=375)
    for path in (
        "/frameworks/",
        "/frameworks/wgll/",
        "/frameworks/wgll/2021-10/compare/",
        "/frameworks/wgll/2021-10/crosswalk/?other=digital-boards/2020-07",
        "/frameworks/wgll/2021-10/print/",
        "/frameworks/lcf/",
        "/no-such-page/",
    ):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(path)
        assert_not_too_wide(page)
        page.set_viewport_size({"width": 375, "height": 900})
        assert_accessible(page)


def test_the_sign_in_pages_are_accessible(arrive: Callable[..., Page]) -> None:
    page = arrive(width=375)
    assert_accessible(page)
    press(page, "Send me a code")
    page.get_by_text("There is a problem").wait_for()
    assert_accessible(page)
    page.get_by_label("Your work e-mail address").fill("nobody@board.example")
    press(page, "Send me a code")
    page.get_by_role("heading", name="Enter your code").wait_for()
    assert_accessible(page)
