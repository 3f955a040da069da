"""Every state, move and role, as the one table says (assessments/lifecycle.py): by the action, and through the pages.

A move has one row in WAYS: how it is done, who may do it. A move without a row fails.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.choices import RESULTS_EXIST, AgreedBy, RoundState
from assessments.lifecycle import ROUND_MOVES, NotNow, RoundMove
from assessments.models import Answer, PublishedComment, Response, Round
from assessments.queries import content, last_time
from assessments.queries.board_actions import NOBODY
from assessments.queries.results import results_for
from frameworks.models import FrameworkVersion, Section
from organisations.choices import OrganisationKind, SeatRole
from organisations.models import IcbMembership, Organisation, User
from reports.counterparts.releasing import release_figures
from reports.cover.paper import Paper
from reports.cover.writing import write_paper
from reports.signed.proof import fingerprint
from reports.signed.versions import report_of
from tests.conftest import SignedInFully
from tests.factories import LONG_AGO, answer, make_lead, make_organisation, make_round, make_seat

LEAD, MEMBERS, EVERYBODY = {"lead"}, {"member", "chair"}, {"lead", "member", "chair"}
Rows = dict[str, list[Any]]
REFUSED = (NotNow, Response.DoesNotExist)  # a draft is out of its members' sight


class Scene:
    """A round in `state` with the people around it: a chair and a member who are in it, and two who are not."""

    def __init__(self, organisation: Organisation, version: FrameworkVersion, state: RoundState) -> None:
        self.lead = make_lead(organisation)
        self.round = _round_in(state, make_round(organisation, version, members=3, minimum_group=3, state="draft"))
        self.response = self.round.responses.select_related("person").order_by("pk")[0]
        chair = self.round.responses.select_related("seat", "person").order_by("pk")[1]
        chair.seat.role = SeatRole.CHAIR
        chair.seat.save()
        self.newcomer = make_seat(organisation)
        self.icb = make_organisation(kind=OrganisationKind.ICB)
        IcbMembership.objects.create(trust=organisation, icb=self.icb, starts_on=LONG_AGO)
        self.people: dict[str, User] = {
            "lead": self.lead,
            "member": self.response.person,
            "chair": chair.person,
            "stranger": make_lead(make_organisation("Elsewhere NHS Trust")),
        }

    def response_of(self, person: User) -> Any:
        return self.round.responses.filter(person=person).first()


def _round_in(state: RoundState, round_: Round) -> Round:
    """The draft, brought into `state` with everything that any move asks for besides."""
    lead = round_.started_by
    if state != RoundState.DRAFT:
        actions.open_round(by=lead, round_=round_)
        for response in round_.responses.all():
            answer(response, lambda indicator: 1 + indicator % 3)
        Answer.objects.filter(response__round=round_).update(comment="Words")
    if state == RoundState.CANCELLED:
        actions.cancel_round(by=lead, round_=round_)
    if state in RESULTS_EXIST:
        actions.close_round(by=lead, round_=round_, count_unsubmitted=True)
    if state == RoundState.SIGNED_OFF:
        actions.sign_off_round(by=lead, round_=round_)
    round_.refresh_from_db()
    return round_


@dataclass(frozen=True)
class Way:
    """How a move is made: by the action, and through a page where there is one.

    `action` gets the scene; `send` gets a page's URL name and what is posted to it (None: it is only read).
    `may` names who gets through; a refusal is a 403, or a 404 for who has no response to do it with.
    """

    action: Callable[[Scene], object]
    page: str
    posted: Callable[[Scene], dict[str, Any]] | None = None
    may: set[str] = field(default_factory=lambda: LEAD)
    of_response: bool = False  # the page is about the person's own response
    of_indicator: bool = False  # the page is about one indicator


def _later(scene: Scene) -> dt.date:
    return scene.round.closing_on + dt.timedelta(days=3)


def _terms(scene: Scene) -> dict[str, Any]:
    sections = [section.pk for section in scene.round.version.sections.all()]
    return {"sections": sections, "minimum_group": "4", "target": "2", **_date(_later(scene))}


def _date(day: dt.date) -> dict[str, Any]:
    return {"closing_on_day": day.day, "closing_on_month": day.month, "closing_on_year": day.year}


def _change(scene: Scene) -> None:
    sections = scene.round.version.sections.all()
    actions.change_round(
        by=scene.lead, round_=scene.round, sections=sections, closing_on=_later(scene), target=2, minimum_group=4
    )


def _answer(scene: Scene) -> None:
    answer(scene.response, lambda indicator: 2)


def _choice(scene: Scene) -> dict[str, Any]:
    return {f"answer-{scene.round.indicators()[0].pk}": "2", "action": "stop"}


def _agree(scene: Scene) -> None:
    settled = actions.Settled(2, AgreedBy.DISCUSSION, timezone.localdate())
    actions.agree(by=scene.lead, round_=scene.round, indicator=scene.round.indicators()[0], settled=settled, seen="")


def _position(scene: Scene) -> dict[str, Any]:
    today = timezone.localdate()
    agreed_on = {"agreed_on_day": today.day, "agreed_on_month": today.month, "agreed_on_year": today.year}
    return {"seen": "", "level": "2", "method": "discussion", "reason": "", "dissent": "", **agreed_on}


def _section(scene: Scene) -> Section:
    return scene.round.version.sections.all()[0]


def _looked_at(scene: Scene) -> dict[str, str]:
    """That the report is the one which the person has seen; there is none before closing."""
    return {"seen": fingerprint(report_of(scene.round))} if scene.round.state in RESULTS_EXIST else {}


def _comment(scene: Scene) -> list[int]:
    """One that the report could print; none before there is a publication."""
    return list(PublishedComment.objects.filter(publication__round=scene.round).values_list("pk", flat=True)[:1])


WAYS: dict[RoundMove, Way] = {
    RoundMove.CHANGE: Way(_change, "change_round", _terms),
    RoundMove.ADD_MEMBERS: Way(
        lambda scene: actions.add_members(by=scene.lead, round_=scene.round, seats=[scene.newcomer]),
        "members",
        lambda scene: {"seats": [scene.newcomer.pk]},
    ),
    RoundMove.OPEN: Way(lambda scene: actions.open_round(by=scene.lead, round_=scene.round), "open", lambda _: {}),
    RoundMove.ANSWER: Way(_answer, "section", _choice, may=MEMBERS, of_response=True),
    RoundMove.MOVE_CLOSING_DATE: Way(
        lambda scene: actions.move_closing_date(by=scene.lead, round_=scene.round, closing_on=_later(scene)),
        "closing_date",
        lambda scene: _date(_later(scene)),
    ),
    RoundMove.CLOSE: Way(
        lambda scene: actions.close_round(by=scene.lead, round_=scene.round, count_unsubmitted=True),
        "close",
        lambda _: {"count_unsubmitted": "yes"},
    ),
    RoundMove.CANCEL: Way(
        lambda scene: actions.cancel_round(by=scene.lead, round_=scene.round), "cancel", lambda _: {}
    ),
    RoundMove.READ_RESULTS: Way(lambda scene: results_for(scene.round), "reports:results", may=EVERYBODY),
    RoundMove.REOPEN: Way(
        lambda scene: actions.reopen_round(
            by=scene.lead, round_=scene.round, closing_on=_later(scene), reason="Two members were ill"
        ),
        "reopen_round",
        lambda scene: {"reason": "Two members were ill", **_date(_later(scene))},
    ),
    RoundMove.CHOOSE_COMMENTS: Way(
        lambda scene: actions.choose_comments(by=scene.lead, round_=scene.round, chosen=_comment(scene)),
        "comments",
        lambda scene: {f"indicator-{scene.round.indicators()[0].pk}": _comment(scene)},
    ),
    RoundMove.WRITE_COVER: Way(
        lambda scene: write_paper(by=scene.lead, round_=scene.round, paper=Paper(agenda_item="7"), seen=""),
        "reports:cover",
        lambda _: {"seen": "", "agenda_item": "7"},
    ),
    RoundMove.AGREE: Way(_agree, "discuss", _position, of_indicator=True),
    RoundMove.PLAN_ACTIONS: Way(
        lambda scene: actions.add_action(
            by=scene.lead, round_=scene.round, section=_section(scene), planned=actions.Planned("Write it down")
        ),
        "new_action",
        lambda scene: {"about": f"section-{_section(scene).pk}", "owner": NOBODY, "what": "Do it", "status": "open"},
    ),
    RoundMove.REMIND: Way(
        lambda scene: actions.remind(by=scene.lead, round_=scene.round), "remind_all", lambda _: {"remark": ""}
    ),
    RoundMove.SIGN_OFF: Way(
        lambda scene: actions.sign_off_round(by=scene.lead, round_=scene.round), "reports:sign_off", _looked_at
    ),
    RoundMove.TAKE_BACK_SIGN_OFF: Way(
        lambda scene: actions.take_back_sign_off(by=scene.lead, round_=scene.round, reason="One figure is missing"),
        "reports:take_back_sign_off",
        lambda _: {"reason": "One figure is missing"},
    ),
    RoundMove.RELEASE: Way(
        lambda scene: release_figures(by=scene.lead, round_=scene.round, seen=scene.icb.ods_code),
        "reports:side_by_side",
        lambda scene: {"seen": scene.icb.ods_code, "agreed": "on"},
    ),
    RoundMove.REPEAT: Way(
        lambda scene: actions.start_round_as_last_time(by=scene.lead, last=scene.round, closing_on=_later(scene)),
        "as_last_time",
        lambda scene: _date(_later(scene)),
    ),
}


@pytest.fixture
def scene_in(trust: Organisation, digital_boards: FrameworkVersion) -> Callable[[RoundState], Scene]:
    return lambda state: Scene(trust, digital_boards, state)


def test_every_move_has_a_row() -> None:
    assert set(WAYS) == set(RoundMove) == set(ROUND_MOVES)


@pytest.mark.parametrize("state", RoundState)
def test_the_action_does_what_the_table_says(state: RoundState, scene_in: Callable[[RoundState], Scene]) -> None:
    scene = scene_in(state)
    before = rows(scene)
    for move, rule in ROUND_MOVES.items():
        with undone(scene):
            if state in rule.starts:
                WAYS[move].action(scene)
            else:
                with pytest.raises(REFUSED):
                    WAYS[move].action(scene)
                assert rows(scene) == before, move
            scene.round.refresh_from_db()
            assert scene.round.state == ((rule.leads_to or state) if state in rule.starts else state), move


@pytest.mark.parametrize("state", RoundState)
def test_the_page_does_it_for_whom_it_is_and_for_nobody_else(
    state: RoundState, scene_in: Callable[[RoundState], Scene]
) -> None:
    scene = scene_in(state)
    before = rows(scene)
    for role, person in scene.people.items():
        client = SignedInFully()
        client.force_login(person)
        for move in WAYS:
            with undone(scene):
                assert_by_page(move, scene, client, role, before)


def assert_by_page(move: RoundMove, scene: Scene, client: Client, role: str, before: Rows) -> None:
    state, way, rule = RoundState(scene.round.state), WAYS[move], ROUND_MOVES[move]
    response = ask(client, way, scene, scene.people[role])
    after = rows(scene)
    scene.round.refresh_from_db()
    done = response.status_code in (200, 302) if way.posted is None else after != before
    assert done == (state in rule.starts and role in way.may), f"{move}, {role}: {response.status_code}"
    assert scene.round.state == ((rule.leads_to or state) if done else state), f"{move}, {role}"
    if not done:
        assert_refused(response, way, role, state)


def assert_refused(response: HttpResponse, way: Way, role: str, state: RoundState) -> None:
    """In words, and no more than the person may know: a stranger is told of nothing."""
    if role == "stranger" or (way.of_response and (role not in way.may or state == RoundState.DRAFT)):
        assert response.status_code == 404
    elif role not in way.may:
        assert response.status_code == 403
        assert "Only a digital lead of" in response.content.decode()
    else:
        assert response.status_code in (302, 403, 409, 422), role


def ask(client: Client, way: Way, scene: Scene, person: User) -> HttpResponse:
    name = way.page if ":" in way.page else f"assessments:{way.page}"
    url = reverse(name, args=_arguments(way, scene, person))
    return client.get(url) if way.posted is None else client.post(url, way.posted(scene))  # type: ignore[return-value]


def _arguments(way: Way, scene: Scene, person: User) -> list[object]:
    """Of the round; or of the person's own response, if they have one, else of somebody's."""
    if way.of_indicator:
        return [scene.round.pk, scene.round.indicators()[0].code]
    if not way.of_response:
        return [scene.round.pk]
    response = scene.response_of(person) or scene.response
    return [response.pk, scene.round.version.sections.all()[0].code]


@contextmanager
def undone(scene: Scene) -> Iterator[None]:
    """What happens inside is rolled back, and nothing of it remembered: the next move meets the same round."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    scene.round = Round.objects.get(pk=scene.round.pk)
    content.forget()
    last_time.forget()


def rows(scene: Scene) -> Rows:
    """All that a move could change of the round."""
    rounds = Round.objects.filter(organisation=scene.round.organisation).order_by("pk")
    response = rounds.values_list("responses", "responses__state", "responses__revision", "responses__answers")
    return {
        "rounds": list(rounds.values()),
        "scope": list(rounds.values_list("scope__section", "scope__target").order_by("scope__section")),
        "positions": list(rounds.values_list("positions", "positions__level")),
        "cover": list(rounds.values_list("cover__revision")),
        "actions": list(rounds.values_list("actions", "actions__what")),
        "releases": list(rounds.values_list("releases").order_by("releases")),
        "notices": list(rounds.values_list("responses__notices").order_by("responses__notices")),
        "comments": list(rounds.values_list("publications__comments", "publications__comments__is_in_report")),
        "responses": list(response.order_by("responses", "responses__answers")),
    }
