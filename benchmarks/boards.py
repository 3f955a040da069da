"""Boards with an open round each, and their members, signed in: made in bulk, so that thousands take seconds."""

import datetime as dt
import time
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from django.utils.crypto import get_random_string

from assessments import actions
from assessments.models import Response, Round
from frameworks.models import FrameworkVersion
from organisations.choices import OrganisationKind, SeatRole
from organisations.models import Organisation, Seat, User
from organisations.sign_in.session_time import BEGAN, SEEN

BOARD = 15  # members
FRAMEWORK = "wgll"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the middle of a sitting: what their browser knows."""

    response_id: int
    session_key: str
    csrf: str
    indicators: tuple[int, ...]

    @property
    def cookies(self) -> str:
        return f"sessionid={self.session_key}; csrftoken={self.csrf}"


def prepare() -> None:
    """Tables and frameworks."""
    for command in ("migrate", "load_frameworks"):
        call_command(command, verbosity=0)


def seat_members(number: int, *, board: int = BOARD) -> list[Member]:
    """`number` signed-in members on boards of `board`, each board with an open round of the longest framework."""
    boards = [_open_board(min(board, number - seated)) for seated in range(0, number, board)]
    return [member for round_ in boards for member in sign_in(round_)]


def _open_board(members: int) -> Round:
    today = timezone.localdate()
    place = Organisation.objects.count()
    organisation = Organisation.objects.create(
        ods_code=f"Z{place:04}", name=f"Trust {place}", kind=OrganisationKind.TRUST
    )
    seats = _seats(organisation, members, today - dt.timedelta(days=100))
    version = FrameworkVersion.objects.published().get(framework__code=FRAMEWORK)
    lead = seats[0].person
    round_ = actions.start_round(
        by=lead, organisation=organisation, version=version, sections=version.sections.all(),
        closing_on=today + dt.timedelta(days=30),
    )  # fmt: skip
    actions.add_members(by=lead, round_=round_, seats=seats)
    actions.open_round(by=lead, round_=round_)
    return round_


def _seats(organisation: Organisation, members: int, since: dt.date) -> list[Seat]:
    people = User.objects.bulk_create(
        User(email=f"{place}@{organisation.ods_code}.invalid", name=f"Member {place}", password=make_password(None))
        for place in range(members)
    )
    seats = (
        Seat(person=person, organisation=organisation, role=SeatRole.NON_EXECUTIVE, starts_on=since)
        for person in people
    )
    return Seat.objects.bulk_create(seats)


def sign_in(round_: Round) -> list[Member]:
    """A session for each member of a round, as signing in makes it."""
    indicators = tuple(round_.indicators().values_list("pk", flat=True))
    responses = list(round_.responses.select_related("person"))
    keys = _sessions(response.person for response in responses)
    return [
        Member(response.pk, key, get_random_string(32), indicators)
        for response, key in zip(responses, keys, strict=True)
    ]


def _sessions(people: Iterable[User]) -> list[str]:
    expires = timezone.now() + dt.timedelta(hours=8)
    sessions = [
        Session(session_key=get_random_string(32), session_data=_session_data(person), expire_date=expires)
        for person in people
    ]
    return [session.session_key for session in Session.objects.bulk_create(sessions)]


def _session_data(person: User) -> str:
    now = time.time()
    return SessionStore().encode(
        {
            SESSION_KEY: str(person.pk),
            BACKEND_SESSION_KEY: BACKEND,
            HASH_SESSION_KEY: person.get_session_auth_hash(),
            BEGAN: now,
            SEEN: now,
        }
    )


def response_of(member: Member) -> Response:
    """Their response, with its round."""
    return Response.objects.select_related("round").get(pk=member.response_id)
