"""What a member means to answer, and ways of doing it in a browser: with the mouse, by keyboard alone, by touch."""

from collections.abc import Callable
from itertools import cycle

from playwright.sync_api import Locator, Page

from assessments.models import Answer, Response

Plan = dict[str, str]  # name of the field → what is chosen there
Choose = Callable[[Page, str, str], None]

CHOICES = ("2", "5", "1", "cannot-judge", "4", "3", "not-applicable")


def plan_for(response: Response) -> Plan:
    """A choice for every question that the round asks, levels and non-scores in turn."""
    indicators = response.round.indicators().values_list("pk", flat=True)
    return dict(zip((f"answer-{pk}" for pk in indicators), cycle(CHOICES), strict=False))


def stored_plan(response: Response) -> Plan:
    """What the database holds of it."""
    return {f"answer-{row.indicator_id}": row.choice for row in Answer.objects.filter(response=response)}


def questions(page: Page) -> list[str]:
    """The names of the questions on the page, in order."""
    names: list[str] = page.eval_on_selector_all(
        "fieldset input[type=radio]", "radios => [...new Set(radios.map(radio => radio.name))]"
    )
    return names


def radio(page: Page, name: str, choice: str) -> Locator:
    return page.locator(f'input[name="{name}"][value="{choice}"]')


def click(page: Page, name: str, choice: str) -> None:
    radio(page, name, choice).check()


def tap(page: Page, name: str, choice: str) -> None:
    """On the words, as most people do."""
    page.locator(f'label[for="{radio(page, name, choice).get_attribute("id")}"]').tap()


def press(page: Page, name: str, choice: str) -> None:
    """Tab to the question, then arrows to the answer, from wherever the focus is."""
    tab_until(page, f"document.activeElement.name === '{name}'")
    values: list[str] = page.eval_on_selector_all(f'input[name="{name}"]', "radios => radios.map(radio => radio.value)")
    page.keyboard.press("Space")
    for _ in range(values.index(choice)):
        page.keyboard.press("ArrowDown")


def tab_until(page: Page, condition: str) -> None:
    """Press Tab until `condition`, in JavaScript, holds; whatever has the focus on the way must be in sight."""
    for _ in range(60):
        if page.evaluate(condition):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"not reached with the Tab key: {condition}")


def answer_section(page: Page, plan: Plan, choose: Choose = click) -> None:
    """Every question of the section in front of the member."""
    names = questions(page)
    assert names, page.url
    for name in names:
        choose(page, name, plan[name])
        assert radio(page, name, plan[name]).is_checked()


def go_on(page: Page, leave: Callable[[Page], None] | None = None) -> None:
    """Press "Save and continue" and wait for the whole of the next page."""
    with page.expect_navigation(wait_until="load"):
        leave(page) if leave else page.get_by_role("button", name="Save and continue").click()


def answer_all(page: Page, plan: Plan, choose: Choose = click, leave: Callable[[Page], None] | None = None) -> None:
    """From the first section to the page where answers are checked."""
    while "/sections/" in page.url:
        answer_section(page, plan, choose)
        go_on(page, leave)
    page.get_by_role("heading", name="Check my answers").wait_for()


def saved(page: Page) -> None:
    """Wait until the page says that everything is saved."""
    page.locator('[data-save-bar][data-is="saved"]').wait_for()


def told(page: Page, words: str) -> None:
    """Wait until the page says so beside the state of saving."""
    page.locator("[data-save-words]").get_by_text(words).wait_for()
