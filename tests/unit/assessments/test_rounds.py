"""What a digital lead does to a round, and what is refused."""

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments import actions
from assessments.choices import RoundState
from assessments.lifecycle import NotNow
from assessments.models import Round
from frameworks.actions import retire
from frameworks.models import FrameworkVersion
from organisations.actions import AlreadySeated, give_seat
from organisations.choices import AuditedEvent, OrganisationKind, SeatRole
from organisations.models import AuditEvent, Organisation, User
from tests.factories import lead_of, make_lead, make_organisation, make_round, make_seat

TOMORROW = dt.timedelta(days=1)


def test_the_variant_follows_from_the_organisation(wgll: FrameworkVersion, leadership: FrameworkVersion) -> None:
    trust, icb = make_organisation(), make_organisation(kind=OrganisationKind.ICB)
    assert make_round(trust, wgll, state="draft").indicators().count() == 94
    assert make_round(icb, wgll, state="draft").indicators().count() == 89
    assert make_round(icb, leadership, state="draft").indicators().count() == 72


def test_an_icb_cannot_start_a_round_that_asks_it_nothing(digital_boards: FrameworkVersion) -> None:
    with pytest.raises(NotNow, match="has no indicators for"):
        make_round(make_organisation(kind=OrganisationKind.ICB), digital_boards)


def test_sections_out_of_scope_are_not_asked(trust: Organisation, wgll: FrameworkVersion) -> None:
    round_ = make_round(trust, wgll, state="draft", sections=list(wgll.sections.all()[:2]))
    assert {indicator.section.code for indicator in round_.indicators()} == {"well-led", "smart-foundations"}


def test_a_second_round_of_the_same_framework_is_refused(trust: Organisation, wgll: FrameworkVersion) -> None:
    make_round(trust, wgll)
    with pytest.raises(NotNow, match="already under way"):
        make_round(trust, wgll)


def test_only_a_published_version_can_be_used(trust: Organisation, wgll: FrameworkVersion) -> None:
    retire(version=wgll)
    with pytest.raises(NotNow, match="not published"):
        make_round(trust, wgll)


def test_opening_needs_a_member(trust: Organisation, wgll: FrameworkVersion) -> None:
    round_ = make_round(trust, wgll, state="draft", members=0)
    with pytest.raises(NotNow, match="Add at least one board member"):
        actions.open_round(by=lead_of(round_), round_=round_)


def test_opening_needs_a_version_that_is_still_published(trust: Organisation, wgll: FrameworkVersion) -> None:
    round_ = make_round(trust, wgll, state="draft")
    retire(version=wgll)
    with pytest.raises(NotNow, match="no longer in use"):
        actions.open_round(by=lead_of(round_), round_=round_)


def test_a_seat_that_starts_later_is_a_seat(trust: Organisation, db: None) -> None:
    seat = make_seat(trust)
    seat.starts_on = timezone.localdate() + TOMORROW
    seat.save()
    with pytest.raises(AlreadySeated):
        give_seat(by=None, organisation=trust, email=seat.person.email, name="Again", role=SeatRole.CHAIR)


def test_opening_needs_a_closing_date_that_is_not_gone(trust: Organisation, wgll: FrameworkVersion) -> None:
    round_ = make_round(trust, wgll, state="draft")
    with pytest.raises(NotNow, match="closing date has gone by"):
        actions.open_round(by=lead_of(round_), round_=round_, at=timezone.now() + dt.timedelta(days=29))


def test_scope_and_terms_are_frozen_once_open(trust: Organisation, wgll: FrameworkVersion) -> None:
    round_ = make_round(trust, wgll, state="draft")
    change: Any = {
        "sections": list(wgll.sections.all()[:1]),
        "closing_on": round_.closing_on,
        "target": 4,
        "minimum_group": 3,
    }
    actions.change_round(by=lead_of(round_), round_=round_, **change)
    assert [scoped.target for scoped in round_.scope.all()] == [4]
    actions.open_round(by=lead_of(round_), round_=round_)
    with pytest.raises(NotNow, match="You cannot change this round: it is open"):
        actions.change_round(by=lead_of(round_), round_=round_, **change)


def test_a_section_of_another_framework_is_refused(
    trust: Organisation, wgll: FrameworkVersion, digital_boards: FrameworkVersion
) -> None:
    with pytest.raises(ValueError, match="its own framework version"):
        make_round(trust, wgll, sections=list(digital_boards.sections.all()))
    assert not Round.objects.exists()


def test_members_come_from_the_same_board(trust: Organisation, wgll: FrameworkVersion) -> None:
    round_ = make_round(trust, wgll)
    stranger = make_seat(make_organisation())
    with pytest.raises(ValueError, match="seat on its board"):
        actions.add_members(by=lead_of(round_), round_=round_, seats=[stranger])


def test_adding_somebody_twice_changes_nothing(trust: Organisation, wgll: FrameworkVersion) -> None:
    round_ = make_round(trust, wgll)
    seat = make_seat(trust)
    assert actions.add_members(by=lead_of(round_), round_=round_, seats=[seat]) == 1
    assert actions.add_members(by=lead_of(round_), round_=round_, seats=[seat]) == 0
    assert round_.responses.filter(person=seat.person).count() == 1


def test_a_member_can_be_removed_from_a_draft_only(trust: Organisation, wgll: FrameworkVersion) -> None:
    round_ = make_round(trust, wgll, state="draft", members=2)
    first, second = round_.responses.all()
    actions.remove_member(by=lead_of(round_), response=first)
    assert list(round_.responses.all()) == [second]
    actions.open_round(by=lead_of(round_), round_=round_)
    with pytest.raises(NotNow):
        actions.remove_member(by=lead_of(round_), response=second)


def test_somebody_new_is_seated_and_invited_at_once(trust: Organisation, wgll: FrameworkVersion) -> None:
    round_ = make_round(trust, wgll)
    new: Any = {"name": "Ada Quince", "email": "Ada.Quince@board.example", "role": SeatRole.CHAIR}
    seat = actions.add_new_member(by=lead_of(round_), round_=round_, **new)
    assert seat.person.email == "ada.quince@board.example"
    assert round_.responses.filter(seat=seat).exists()
    with pytest.raises(AlreadySeated):
        actions.add_new_member(by=lead_of(round_), round_=round_, **new)


def test_nobody_is_made_when_a_new_member_comes_too_late(trust: Organisation, wgll: FrameworkVersion) -> None:
    round_ = make_round(trust, wgll, state="closed")
    with pytest.raises(NotNow):
        actions.add_new_member(
            by=lead_of(round_), round_=round_, name="Late", email="late@board.example", role=SeatRole.CHAIR
        )
    assert not User.objects.filter(email="late@board.example").exists()


def test_the_closing_date_of_an_open_round_only_moves_later(trust: Organisation, wgll: FrameworkVersion) -> None:
    round_ = make_round(trust, wgll)
    with pytest.raises(NotNow, match="later day"):
        actions.move_closing_date(by=lead_of(round_), round_=round_, closing_on=round_.closing_on - TOMORROW)
    actions.move_closing_date(by=lead_of(round_), round_=round_, closing_on=round_.closing_on + TOMORROW)
    before = round_.closing_on
    round_.refresh_from_db()
    assert round_.closing_on == before + TOMORROW


def test_closing_keeps_the_choice_about_unsubmitted_answers(trust: Organisation, wgll: FrameworkVersion) -> None:
    round_ = make_round(trust, wgll, state="closed", count_unsubmitted=True)
    assert (round_.state, round_.unsubmitted_counted) == (RoundState.CLOSED, True)
    with pytest.raises(NotNow):
        actions.close_round(by=lead_of(round_), round_=round_, count_unsubmitted=False)
    round_.refresh_from_db()
    assert round_.unsubmitted_counted is True


def test_the_database_refuses_a_closed_round_without_its_terms(trust: Organisation, wgll: FrameworkVersion) -> None:
    round_ = make_round(trust, wgll)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=round_.pk).update(state=RoundState.CLOSED)


def test_the_life_of_a_round_is_in_the_audit_trail(trust: Organisation, wgll: FrameworkVersion) -> None:
    make_lead(trust)
    make_round(trust, wgll, state="closed", members=1, answers=lambda member, indicator: 3)
    events = list(AuditEvent.objects.filter(organisation=trust).order_by("pk").values_list("event", flat=True))
    assert [event for event in events if event != AuditedEvent.SEAT_TAKEN] == [
        AuditedEvent.ROUND_STARTED,
        AuditedEvent.ROUND_MEMBERS_ADDED,
        AuditedEvent.ROUND_OPENED,
        AuditedEvent.INVITATIONS_ASKED,
        AuditedEvent.RESPONSE_SUBMITTED,
        AuditedEvent.ROUND_CLOSED,
    ]


def test_the_demonstration_can_be_seeded_twice(frameworks: None, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    call_command("seed_demo", verbosity=0)
    before = Round.objects.count(), User.objects.count()
    call_command("seed_demo", verbosity=0)
    assert (Round.objects.count(), User.objects.count()) == before
