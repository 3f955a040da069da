"""The states in which a member can meet their pages: what to arrange, where to go, and what happens there."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page

from assessments import actions
from assessments.models import Response, Round
from frameworks.models import FrameworkVersion
from organisations.choices import SeatRole
from organisations.models import Organisation, User
from tests.factories import Choice, answer, lead_of, make_round, make_seat
from tests.journeys.answering import click, questions, saved, told
from tests.journeys.conftest import mailed_code, press

COMMENT = "Seen on a visit in March, and again in the papers of the digital committee."
TOO_LONG = "x" * 2001


@dataclass(frozen=True)
class Scene:
    trust: Organisation
    short: FrameworkVersion  # Digital Boards
    leadership: FrameworkVersion


def nothing(page: Page, response: Response) -> None:
    """The page as it comes."""


def member(response: Response) -> User:
    return response.person


def chair(response: Response) -> User:
    seat = response.round.organisation.seats.get(role=SeatRole.CHAIR)
    return seat.person


@dataclass(frozen=True)
class State:
    arrange: Callable[[Scene], Response]
    address: Callable[[Response], str]
    then: Callable[[Page, Response], None] = nothing
    visitor: Callable[[Response], User] = member


# --- what is arranged --------------------------------------------------------------------------------------------


def scores(member: int, indicator: int) -> Choice:
    return 1 + (member + indicator) % 3  # on every scale


def opened(scene: Scene, *, answered: int = 0, submitted: bool = False) -> Response:
    """A round that is open, in which the member has answered the first few questions."""
    response = first_of(make_round(scene.trust, scene.short))
    return begun(response, answered, submitted=submitted)


def leadership(scene: Scene, *, answered: int = 0) -> Response:
    return begun(first_of(make_round(scene.trust, scene.leadership)), answered)


def under_a_chair(scene: Scene) -> Response:
    """There is somebody to share a self-assessment with."""
    make_seat(scene.trust, "Margaret Chair", role=SeatRole.CHAIR)
    return leadership(scene, answered=6)


def shared(scene: Scene) -> Response:
    response = under_a_chair(scene)
    actions.share_response(response=response, chair=chair(response))
    return response


def two_rounds(scene: Scene) -> Response:
    """One of each kind, both to do."""
    response = leadership(scene)
    lead = lead_of(response.round)
    other = make_round(scene.trust, scene.short, members=0, state="draft")
    actions.add_members(by=lead, round_=other, seats=scene.trust.seats.filter(person=response.person))
    actions.open_round(by=lead, round_=other)
    return response


def drafted(scene: Scene) -> Response:
    """A round of which no member knows yet."""
    return first_of(make_round(scene.trust, scene.short, state="draft"))


def closed(scene: Scene) -> Response:
    return first_of(make_round(scene.trust, scene.short, state="closed", answers=scores))


def second_round(scene: Scene) -> Response:
    """An open round after one that is closed, so that there is an answer of last time to look at."""
    earlier = make_round(scene.trust, scene.short)
    response = begun(first_of(earlier), answered=13)
    lead = lead_of(earlier)
    actions.close_round(by=lead, round_=earlier, count_unsubmitted=False)
    following = make_round(scene.trust, scene.short, members=0, state="draft")
    actions.add_members(by=lead, round_=following, seats=scene.trust.seats.filter(person=response.person))
    actions.open_round(by=lead, round_=following)
    return first_of(following)


def first_of(round_: Round) -> Response:
    found: Response = round_.responses.order_by("pk")[0]
    return found


def begun(response: Response, answered: int, *, submitted: bool = False) -> Response:
    if answered:
        answer(response, lambda number: scores(0, number) if number < answered else None)
        write(response, COMMENT)
    if submitted:
        actions.submit_response(response=response)
    return response


def write(response: Response, words: str) -> None:
    """A note to the first question."""
    first = response.answers.order_by("pk")[0]
    given = actions.GivenAnswer(first.indicator_id, level=first.level, note=words)
    actions.save_answers(response=response, answers=[given])


# --- what happens on the page ------------------------------------------------------------------------------------


def open_all(page: Page, response: Response) -> None:
    """Every expander of the page."""
    page.evaluate("for (const part of document.querySelectorAll('main details')) part.open = true")


def choose_first(page: Page, choice: str = "3") -> None:
    click(page, questions(page)[0], choice)


def send_without_script(page: Page) -> None:
    """The form goes as it is, past the script that would keep it here."""
    with page.expect_navigation():
        page.evaluate("document.querySelector('form[data-sitting]').submit()")


def write_too_much(page: Page, response: Response) -> None:
    """Sent without the script, so that it is the server that refuses it."""
    page.locator("textarea").first.evaluate("(box, words) => { box.value = words }", TOO_LONG)
    send_without_script(page)
    page.get_by_text("There is a problem").wait_for()


def write_too_much_while_the_script_looks(page: Page, response: Response) -> None:
    page.get_by_text("Add a comment or note").first.click()
    page.locator("textarea").first.fill(TOO_LONG)
    told(page, "too long")


def lose_the_network(page: Page, response: Response) -> None:
    page.context.set_offline(True)
    choose_first(page)
    told(page, "There is no connection at the moment")


def be_signed_out(page: Page, response: Response) -> None:
    Session.objects.all().delete()
    choose_first(page)
    told(page, "You have been signed out")


def be_signed_out_and_in_again(page: Page, response: Response) -> None:
    """What was sent without a session is there again after signing in."""
    page.locator("input[type=radio]").first.evaluate("radio => { radio.checked = true }")
    Session.objects.all().delete()
    send_without_script(page)
    page.get_by_label("Your work e-mail address").fill(response.person.email)
    press(page, "Send me a code")
    page.get_by_label("Six-character code").fill(mailed_code(response.person))
    press(page, "Sign in")
    page.get_by_text("You were signed out before this page was saved").wait_for()


def find_it_closed(page: Page, response: Response) -> None:
    actions.close_round(by=lead_of(response.round), round_=response.round, count_unsubmitted=False)
    choose_first(page)
    told(page, "This round is closed")


def find_it_closed_without_script(page: Page, response: Response) -> None:
    actions.close_round(by=lead_of(response.round), round_=response.round, count_unsubmitted=False)
    page.locator("input[type=radio]").first.evaluate("radio => { radio.checked = true }")
    send_without_script(page)
    page.get_by_text("Not saved.").first.wait_for()


def be_overtaken(page: Page, response: Response) -> None:
    """Another device answers the second question; this one learns of it with its next answer."""
    second = int(questions(page)[1].removeprefix("answer-"))
    actions.save_answers(response=response, answers=[actions.GivenAnswer(second, level=2)])
    choose_first(page)
    saved(page)
    page.get_by_text("This was changed in another window or on another device").wait_for()


# --- where -------------------------------------------------------------------------------------------------------


def home(response: Response) -> str:
    return reverse("assessments:home")


def of_response(name: str) -> Callable[[Response], str]:
    return lambda response: reverse(name, args=[response.pk])


def section(response: Response) -> str:
    code = response.round.sections.order_by("order")[0].code
    return reverse("assessments:section", args=[response.pk, code])


task_list, check = of_response("assessments:response"), of_response("assessments:check")
receipt, share, read = (of_response(f"assessments:{name}") for name in ("receipt", "share", "shared"))
trend, appraisal = of_response("reports:my_trend"), of_response("reports:appraisal")
unanswered: Callable[[Scene], Response] = opened
half, complete = partial(opened, answered=1), partial(opened, answered=13)
submitted = partial(opened, answered=13, submitted=True)

STATES = {
    "my assessments: nothing to do": State(drafted, home),
    "my assessments: one to do": State(unanswered, home),
    "my assessments: two to do": State(two_rounds, home),
    "my assessments: half done": State(half, home),
    "my assessments: finished": State(submitted, home),
    "my assessments: closed, with results": State(closed, home),
    "my assessments: one to do, one closed": State(second_round, home),
    "task list: empty": State(unanswered, task_list),
    "task list: half": State(half, task_list, open_all),
    "task list: complete": State(complete, task_list),
    "task list: submitted": State(submitted, task_list),
    "task list: closed": State(closed, task_list),
    "section: empty": State(unanswered, section),
    "section: half": State(half, section),
    "section: complete": State(complete, section),
    "section: everything opened": State(second_round, section, open_all),
    "section: too long": State(unanswered, section, write_too_much),
    "section: too long, seen by the script": State(unanswered, section, write_too_much_while_the_script_looks),
    "section: kept while signed out": State(unanswered, section, be_signed_out_and_in_again),
    "section: offline": State(unanswered, section, lose_the_network),
    "section: signed out": State(unanswered, section, be_signed_out),
    "section: closed meanwhile": State(unanswered, section, find_it_closed),
    "section: closed meanwhile, without the script": State(unanswered, section, find_it_closed_without_script),
    "section: changed elsewhere": State(unanswered, section, be_overtaken),
    "leadership section: empty": State(leadership, section, open_all),
    "leadership section: half": State(partial(leadership, answered=6), section),
    "leadership task list": State(leadership, task_list),
    "check: unanswered": State(half, check),
    "check: complete": State(complete, check),
    "check: submitted": State(submitted, check),
    "check: closed": State(closed, check),
    "leadership check": State(under_a_chair, check),
    "receipt: open": State(submitted, receipt),
    "receipt: closed": State(closed, receipt),
    "share: with nobody yet": State(under_a_chair, share),
    "share: shared": State(shared, share),
    "my assessments: the chair's": State(shared, home, visitor=chair),
    "shared with the chair": State(shared, read, visitor=chair),
    "my trend": State(under_a_chair, trend),
    "document for appraisal": State(under_a_chair, appraisal),
}
