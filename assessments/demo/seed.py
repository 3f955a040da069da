"""Building the demonstration from fixtures/demo/boards.yaml."""

import datetime as dt
from random import Random
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from assessments import actions
from assessments.choices import NoticeState
from assessments.demo.after_closing import MEETING_AFTER_DAYS, plan, settle
from assessments.demo.answers import InventedBoard
from assessments.models import Notice, Response, Round
from assessments.queries.asked import scale_of
from frameworks.models import FrameworkVersion
from organisations.actions import give_seat
from organisations.choices import SeatRole
from organisations.models import IcbMembership, Organisation

STILL_ANSWERING = 0.55  # how far somebody gets who has started but not submitted
TOOK_SEATS_DAYS_AGO = 1000


@transaction.atomic
def seed(data: dict[str, Any], now: dt.datetime | None = None) -> tuple[Round, ...]:
    """Make the invented organisations, boards and rounds; gives the rounds in the file's order.

    When they are there already nothing changes, and there is none to give.
    """
    now = now or timezone.now()
    if Organisation.objects.filter(ods_code=data["organisations"][0]["ods_code"]).exists():
        return ()
    for organisation in data["organisations"]:
        _seed_organisation(organisation, now)
    chance = Random(data["seed"])  # noqa: S311 - reproducible, not secret
    rounds = tuple(_seed_round(round_, data["comments"], chance, now) for round_ in data["rounds"])
    _forget_mail()
    return rounds


def _forget_mail() -> None:
    """What was owed on the days of the past counts as sent then: nobody wants it in the mailbox of today."""
    waiting = Notice.objects.filter(state=NoticeState.WAITING)
    waiting.update(state=NoticeState.SENT, sent_at=F("made_at"), attempts=1)


def _seed_organisation(data: dict[str, Any], now: dt.datetime) -> None:
    organisation = Organisation.objects.create(
        ods_code=data["ods_code"],
        name=data["name"],
        kind=data["kind"],
        region=data["region"],
        care_settings=data.get("care_settings", []),
        code_source="invented",
    )
    since = timezone.localdate(now) - dt.timedelta(days=TOOK_SEATS_DAYS_AGO)
    if "icb" in data:
        icb = Organisation.objects.get(ods_code=data["icb"])
        IcbMembership.objects.create(trust=organisation, icb=icb, starts_on=since)
    for person in data["people"]:
        give_seat(
            by=None,
            organisation=organisation,
            email=person.get("email") or f"{person['name'].lower().replace(' ', '.')}@{data['domain']}",
            name=person["name"],
            role=SeatRole(person["role"]),
            is_digital_lead=person.get("lead", False),
            starts_on=since,
        )


def _seed_round(data: dict[str, Any], comments: list[str], chance: Random, now: dt.datetime) -> Round:
    opened = now - dt.timedelta(days=data["opened_days_ago"])
    closing_on = timezone.localdate(opened) + dt.timedelta(days=data["days_open"])
    organisation = Organisation.objects.get(ods_code=data["organisation"])
    lead = organisation.seats.digital_leads().get().person
    version = FrameworkVersion.objects.published().get(framework__code=data["framework"])
    round_ = actions.start_round(
        by=lead, organisation=organisation, version=version, sections=version.sections.all(),
        closing_on=closing_on, target=data.get("target"), at=opened,
    )  # fmt: skip
    actions.add_members(by=lead, round_=round_, seats=organisation.seats.all(), at=opened)
    actions.open_round(by=lead, round_=round_, at=opened)
    _answer(round_, data, comments, chance, opened)
    if data["state"] == "closed":
        closed = opened + dt.timedelta(days=data["days_open"])
        actions.close_round(by=lead, round_=round_, count_unsubmitted=False, at=closed)
    if "reasons" in data:
        met = opened + dt.timedelta(days=data["days_open"] + MEETING_AFTER_DAYS)
        settle(round_, lead, data["reasons"], met)
        plan(round_, lead, data["actions"], met, now)
    return round_


def _answer(round_: Round, data: dict[str, Any], comments: list[str], chance: Random, opened: dt.datetime) -> None:
    """A share of the members submit; the next one stops half way; the others do not start."""
    texts = () if round_.version.framework.is_individual else comments
    board = InventedBoard(chance, scale_of(round_.version), list(round_.indicators()), data["mean"], texts)
    responses = list(round_.responses.select_related("seat").order_by("pk"))
    chance.shuffle(responses)
    taking_part = round(len(responses) * data["take_part"])
    for place, response in enumerate(responses[: taking_part + 1]):
        at = opened + dt.timedelta(days=chance.uniform(0, data["days_open"] / 4))
        _respond(response, board, at, finishes=place < taking_part)


def _respond(response: Response, board: InventedBoard, at: dt.datetime, *, finishes: bool) -> None:
    is_executive = bool(response.seat.is_executive)
    answers = board.member(is_executive=is_executive, share=1.0 if finishes else STILL_ANSWERING)
    actions.save_answers(response=response, answers=answers, at=at)
    if finishes:
        actions.submit_response(response=response, at=at)
