"""A content admin puts a draft in order and rewords it: by keyboard, by dragging, on a telephone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from frameworks.exchange.copying import draft_from
from frameworks.models import FrameworkVersion, Indicator
from organisations.models import User
from tests.journeys.conftest import assert_accessible, follow, press
from tests.journeys.test_policy_in_the_browser import complaints, let_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_draft_is_put_in_order_and_reworded(
    wgll: FrameworkVersion, arrive: Callable[..., Page], live_server: LiveServer
) -> None:
    draft = draft_from(version=wgll, code="2027")
    first, second, third = draft.sections.all()[0].indicators.order_by("order")[:3]
    page = arrive(width=375)
    let_in(page.context, live_server, User.objects.create_superuser("staff@board.example", "Staff"))
    said = complaints(page)
    page.goto("/admin/frameworks/frameworkversion/")
    follow(page, "WGLL 2027")
    assert_accessible(page)
    move_by_keyboard(page, first)
    page.set_viewport_size({"width": 1280, "height": 900})
    drag(page, third, before=second)
    follow(page, f"Edit {first.code}")
    reword(page)
    assert_accessible(page)
    page.set_viewport_size({"width": 375, "height": 900})
    assert_accessible(page)
    press(page, "Save")
    expect(page.locator(f"#indicator-{first.pk} .tree-warnings")).to_contain_text("Two questions in one?")
    expect(page.get_by_text(f"Indicator {first.code} is saved.")).to_be_in_viewport()
    follow(page, f"Move to… {third.code}")
    expect(page.get_by_label("Section:")).to_be_focused()
    follow(page, "Leave it as it is")
    follow(page, f"Remove {first.code}")
    expect(page.get_by_role("heading", name=f"Remove indicator {first.code}?")).to_be_focused()
    assert_accessible(page)
    follow(page, "Keep it")
    follow(page, "Preview for: Integrated care system")
    assert_accessible(page)
    expect(page.get_by_text("The board leads and reviews")).to_be_visible()
    follow(page, "Paper form for: Integrated care system")
    assert_accessible(page)
    assert said == []


def move_by_keyboard(page: Page, first: Indicator) -> None:
    """The focus stays on the button, so that the next press moves the same indicator on."""
    button = page.get_by_role("button", name=f"Move down {first.code}")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-news]")).to_have_text(f"Indicator {first.code} is now 2 of 30.")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-news]")).to_have_text(f"Indicator {first.code} is now 3 of 30.")
    first.refresh_from_db()
    assert first.order == 3


def drag(page: Page, moved: Indicator, *, before: Indicator) -> None:
    """By its handle; the order is now second, third, first."""
    handle = page.locator(f"#indicator-{moved.pk} [data-handle]")
    handle.scroll_into_view_if_needed()
    page.mouse.wheel(0, -200)
    page.wait_for_timeout(200)
    from_, to = handle.bounding_box(), page.locator(f"#indicator-{before.pk}").bounding_box()
    assert from_
    assert to
    page.mouse.move(from_["x"] + 8, from_["y"] + 8)
    page.mouse.down()
    page.mouse.move(from_["x"] + 8, from_["y"] - 20, steps=5)
    page.mouse.move(from_["x"] + 8, to["y"] + 5, steps=10)
    page.mouse.up()
    expect(page.locator("[data-news]")).to_have_text(f"Indicator {moved.code} is now 1 of 30.")
    moved.refresh_from_db()
    assert moved.order == 1


def reword(page: Page) -> None:
    """The warning comes while typing; it forbids nothing."""
    box = page.get_by_label("Text:")
    expect(box).to_be_focused()
    box.fill("The board leads and reviews.")
    expect(page.get_by_role("status").filter(has_text="Two questions in one?")).to_be_visible()
