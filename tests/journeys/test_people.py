"""Managing the people on a board, and switching between boards, in a browser and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from organisations.actions import give_seat
from organisations.choices import SeatRole
from organisations.models import Organisation
from tests.factories import make_lead, make_organisation, make_seat
from tests.journeys.conftest import arrive_by, assert_accessible, follow, press

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

LIST = """Name;E-mail;Role;Digital lead
Ada Quince;ada.quince@a-long-domain-of-a-trust.example;NED;
Bo Finch;bo.finch@board.example;exec;yes
Eve;not-an-address;NED;
"""


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (375, False)])
def test_a_lead_builds_the_board(trust: Organisation, enter: Callable[..., Page], width: int, javascript: bool) -> None:
    page = enter(make_lead(trust), width=width, java_script_enabled=javascript)
    check = assert_accessible if javascript else lambda page: None  # axe itself is a script
    for link in ("People on the board", "Add a list of people"):
        arrive_by(page.get_by_text(link, exact=True))
        check(page)
    page.get_by_label("Or paste the list here").fill(LIST)
    press(page, "Show me what this would do")
    check(page)
    press(page, "Change the list")
    assert page.get_by_label("Or paste the list here").input_value() == LIST
    press(page, "Show me what this would do")
    press(page, "Save 2 people")
    page.get_by_text("Added: 2. Left out: 1 (line 4).").wait_for()
    check(page)
    follow(page, "Change the seat of Ada Quince")
    check(page)
    page.get_by_label("Chair", exact=True).check()
    page.get_by_label("Is a digital lead").check()
    press(page, "Save the change")
    page.get_by_text("Ada Quince: Chair, digital lead.").wait_for()
    follow(page, "End the seat of Bo Finch")
    check(page)
    press(page, "End the seat")
    page.get_by_text("The last day of Bo Finch in this seat is").wait_for()
    assert trust.seats.digital_leads().filter(ends_on=None).count() == 2


def test_somebody_on_two_boards_chooses_and_switches(trust: Organisation, enter: Callable[..., Page]) -> None:
    person, other = make_seat(trust).person, make_organisation("Zennor Integrated Care Board")
    page = enter(person, width=375)
    give_seat(by=None, organisation=other, email=person.email, name="", role=SeatRole.PARTNER)
    page.reload()
    page.get_by_role("heading", name="Which organisation are you acting for?").wait_for()
    assert_accessible(page)
    for organisation in (other, trust):
        page.get_by_label(organisation.name).check()
        press(page, "Continue")
        page.get_by_role("banner").get_by_text(organisation.name).wait_for()
        assert_accessible(page)
        follow(page, "Change organisation")
