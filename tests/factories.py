"""Boards, rounds and answers for tests, in the field's own words. Everything is made through the ordinary actions."""

import datetime as dt
import time
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from django.test import Client
from django.utils import timezone

from assessments import actions
from assessments.models import Action, Response, Round
from assessments.scoring.types import NonScore
from frameworks.models import FrameworkVersion, Section
from organisations.actions import give_seat
from organisations.choices import OrganisationKind, SeatRole
from organisations.models import Organisation, Seat, User

_numbers = count(1)

Choice = int | NonScore | None
LONG_AGO = dt.date(2020, 1, 1)


def make_organisation(name: str = "", kind: OrganisationKind = OrganisationKind.TRUST) -> Organisation:
    number = next(_numbers)
    return Organisation.objects.create(ods_code=f"X{number:04d}"[-5:], name=name or f"Trust {number}", kind=kind)


def make_seat(
    organisation: Organisation, name: str = "", *, role: SeatRole = SeatRole.NON_EXECUTIVE, lead: bool = False
) -> Seat:
    number = next(_numbers)
    return give_seat(
        by=None,
        organisation=organisation,
        email=f"member{number}@board.example",
        name=name or f"Member {number}",
        role=role,
        is_digital_lead=lead,
        starts_on=LONG_AGO,
    )


def make_lead(organisation: Organisation) -> User:
    return make_seat(organisation, role=SeatRole.EXECUTIVE, lead=True).person


def lead_for(organisation: Organisation) -> User:
    """A digital lead of the organisation, made if there is none."""
    seat = organisation.seats.digital_leads().first()
    return seat.person if seat else make_lead(organisation)


def make_round(
    organisation: Organisation,
    version: FrameworkVersion,
    *,
    members: int = 6,
    state: str = "open",
    sections: Sequence[Section] | None = None,
    target: int | None = None,
    minimum_group: int = 5,
    answers: Callable[[int, int], Choice] | None = None,
    count_unsubmitted: bool = False,
    at: dt.datetime | None = None,
) -> Round:
    """A round of `members` new members plus a lead who is not one of them.

    `state` is draft, open or closed. `answers(member, indicator)`, both counted from 0, gives what each submits;
    None leaves an indicator unanswered. Without it nobody answers.
    """
    at = at or timezone.now()
    lead = lead_for(organisation)
    round_ = actions.start_round(
        by=lead,
        organisation=organisation,
        version=version,
        sections=sections or version.sections.all(),
        closing_on=timezone.localdate(at) + dt.timedelta(days=28),
        target=target,
        minimum_group=minimum_group,
        at=at,
    )
    seats = [make_seat(organisation) for _ in range(members)]
    actions.add_members(by=lead, round_=round_, seats=seats, at=at)
    if state != "draft":
        actions.open_round(by=lead, round_=round_, at=at)
        if answers:
            submit_all(round_, answers, at)
    if state == "closed":
        actions.close_round(by=lead, round_=round_, count_unsubmitted=count_unsubmitted, at=at)
    round_.refresh_from_db()
    return round_


def submit_all(round_: Round, answers: Callable[[int, int], Choice], at: dt.datetime | None = None) -> None:
    for member, response in enumerate(round_.responses.order_by("pk")):
        answer(response, lambda indicator, member=member: answers(member, indicator), at=at)  # type: ignore[misc]
        actions.submit_response(response=response, at=at)


def answer(response: Response, choose: Callable[[int], Choice], at: dt.datetime | None = None) -> None:
    given = [
        _given(indicator_id, choose(number))
        for number, indicator_id in enumerate(response.round.indicators().values_list("pk", flat=True))
    ]
    actions.save_answers(response=response, answers=given, at=at)


def _given(indicator_id: int, choice: Choice) -> actions.GivenAnswer:
    if isinstance(choice, NonScore):
        return actions.GivenAnswer(indicator_id, non_score=choice)
    return actions.GivenAnswer(indicator_id, level=choice)


def add_action(round_: Round, what: str = "Name a lead", **planned: Any) -> Action:
    """An action about the first section of a closed round."""
    first = round_.scope.all()[0].section
    given = actions.Planned(what, **planned)
    return actions.add_action(by=lead_of(round_), round_=round_, section=first, planned=given)


def change_action(action: Action, note: str = "", **changed: Any) -> bool:
    """Change some of an action, as it is now."""
    action = Action.objects.get(pk=action.pk)
    values = {name: getattr(action, name) for name in ("what", "owner", "owner_role", "due_on", "status", "risk")}
    planned = actions.Planned(**(values | changed))
    return actions.change_action(
        by=lead_of(action.round), action=action, revision=action.revision, planned=planned, note=note
    )


def lead_of(round_: Round) -> User:
    return round_.organisation.seats.digital_leads().get().person


def set_up_app(user: User) -> Authenticator:
    """Give `user` an authenticator app, unless there is one."""
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    return found or TOTP.activate(user, generate_totp_secret()).instance


def app_code(user: User) -> str:
    """What the app of `user` shows now."""
    return code_of(decrypt(Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"]))


def code_of(secret: str) -> str:
    """What an app with this key shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def give_second_factor(client: Client, user: User) -> None:
    """Mark the session that `user` is signed in with as one in which the app's code was given."""
    app = set_up_app(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "type": app.type, "id": app.pk}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
