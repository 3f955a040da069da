"""A board with a chair and a member who has assessed themselves."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.models import Answer, Response, Round
from frameworks.models import FrameworkVersion
from organisations.anonymising import anonymise
from organisations.choices import AuditedEvent, SeatRole
from organisations.models import Organisation, Seat, User
from tests.factories import answer, lead_of, make_round, make_seat

NOTE, EXAMPLES, DEVELOPMENT = "Only for my own eyes", "We opened the ward on time", "More about data"
DAY = dt.timedelta(days=1)
SHARED_EVENTS = (AuditedEvent.RESPONSE_SHARED, AuditedEvent.RESPONSE_TAKEN_BACK, AuditedEvent.RESPONSE_READ)


class Board:
    """A board with a chair; its first member has answered, with words of every kind."""

    def __init__(self, organisation: Organisation, version: FrameworkVersion) -> None:
        self.chair_seat = make_seat(organisation, "Margaret Chair", role=SeatRole.CHAIR)
        self.chair = self.chair_seat.person
        self.organisation = organisation
        self.round: Round = make_round(organisation, version)
        self.response: Response = self.round.responses.order_by("pk")[0]
        self.member = self.response.person
        answer(self.response, lambda number: 1 + number % 3 if number else None)
        Answer.objects.filter(response=self.response).update(note=NOTE)
        section, (examples, development) = version.sections.all()[0], version.scale.extra_fields.all()
        words = [(examples.pk, EXAMPLES), (development.pk, DEVELOPMENT)]
        reflections = [actions.GivenReflection(section.pk, box, text) for box, text in words]
        actions.save_answers(response=self.response, answers=[], reflections=reflections)

    def share(self, with_whom: User | None = None) -> None:
        actions.share_response(response=self.response, chair=with_whom or self.chair)

    def take_back(self) -> None:
        actions.take_back_response(response=self.response)

    def close(self) -> None:
        actions.close_round(by=lead_of(self.round), round_=self.round, count_unsubmitted=False)

    def url(self, name: str) -> str:
        return reverse(f"assessments:{name}", args=[self.response.pk])

    def new_chair(self) -> User:
        """The chair's seat ended yesterday; somebody else has held it since."""
        self.end_chair(timezone.localdate() - DAY)
        return make_seat(self.organisation, "Norman New", role=SeatRole.CHAIR).person

    def end_chair(self, last_day: dt.date) -> None:
        Seat.objects.filter(pk=self.chair_seat.pk).update(ends_on=last_day)

    def member_leaves(self) -> None:
        self.response.seat.ends_on = timezone.localdate() - DAY
        self.response.seat.save()


@pytest.fixture
def board(trust: Organisation, leadership: FrameworkVersion) -> Board:
    return Board(trust, leadership)


def read(client: Client, reader: User, board: Board) -> int:
    client.force_login(reader)
    return client.get(board.url("shared")).status_code


def two_days_ago(board: Board) -> None:
    """As if it had been shared then."""
    Response.objects.filter(pk=board.response.pk).update(shared_at=timezone.now() - 2 * DAY)


def member_anonymised(board: Board) -> None:
    board.member_leaves()
    anonymise(person=board.member)
