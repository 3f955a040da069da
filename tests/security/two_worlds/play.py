"""Plays a history through the portal's own actions, and lets a reader look around whenever something has happened."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from assessments import actions
from assessments.choices import AgreedBy
from assessments.models import PublishedComment, Response, Round
from assessments.queries.medians import medians_of
from assessments.queries.results import results_for
from assessments.scoring.types import NonScore
from assessments.sending import send_waiting
from frameworks.models import FrameworkVersion, Indicator
from organisations.actions import give_seat
from organisations.choices import OrganisationKind, SeatRole
from organisations.models import IcbMembership, Organisation, Seat, User
from reports.counterparts.releasing import release_figures
from reports.pdf.drawing import draw_waiting
from reports.signed.sign_off import sign_off
from tests.factories import LONG_AGO
from tests.security.two_worlds.history import INDICATORS, JOINERS, MEMBERS, STAGES, History

ROLES = (SeatRole.EXECUTIVE, SeatRole.NON_EXECUTIVE)
Look = Callable[[str], None]


@dataclass
class Clock:
    """What the portal takes for now."""

    now: dt.datetime

    def later(self, **by: int) -> None:
        self.now += dt.timedelta(**by)


class Play:
    """One world, from the invitation to the last report; `look` is called with the name of what has just happened."""

    def __init__(self, history: History, versions: tuple[FrameworkVersion, FrameworkVersion], clock: Clock) -> None:
        self.history, self.clock, (self.about_board, self.about_oneself) = history, clock, versions
        self.organisation = Organisation.objects.create(
            ods_code="XTWIN", name="Fenwick Hospitals NHS Trust", kind=OrganisationKind.TRUST
        )
        self.icb = Organisation.objects.create(ods_code="XICB", name="Fenwick ICB", kind=OrganisationKind.ICB)
        IcbMembership.objects.create(trust=self.organisation, icb=self.icb, starts_on=LONG_AGO)
        self.seats = [self._seat(member) for member in MEMBERS]
        self.people: list[User] = [seat.person for seat in self.seats]

    def _seat(self, member: int) -> Seat:
        return give_seat(
            by=None, organisation=self.organisation, email=f"person{member}@board.example", name=f"Person {member}",
            role=ROLES[member % 2] if member != 3 else SeatRole.CHAIR, is_digital_lead=member == 0, starts_on=LONG_AGO,
        )  # fmt: skip

    def run(self, look: Look) -> None:
        self._closed_before()
        self.round = self._opened(self.about_board, self.history.minimum_group)
        for stage in STAGES:
            self._answer(stage)
            look(f"open {stage}")
            self._close(self.round)
            self._discuss(stage)
            look(f"closed {stage}")
            sign_off(by=self.people[0], round_=self.round)
            release_figures(by=self.people[0], round_=self.round, seen=self.icb.ods_code)
            draw_waiting()
            look(f"signed off {stage}")
            if stage != STAGES[-1]:
                self._open_again()
        look("the end")

    # --- rounds --------------------------------------------------------------------------------------------------

    def _closed_before(self) -> None:
        """A round about the board and one about its members, closed; only the first closing's answers."""
        for version in (self.about_board, self.about_oneself):
            self.round = self._opened(version, 3)
            self._answer(0)
            self._close(self.round)
        shared = self.round.responses.get(person=self.people[4])
        actions.share_response(response=shared, chair=self.people[3], at=self.clock.now)

    def _opened(self, version: FrameworkVersion, minimum_group: int) -> Round:
        lead = self.people[0]
        round_ = actions.start_round(
            by=lead, organisation=self.organisation, version=version, sections=version.sections.all()[:2], target=3,
            closing_on=timezone.localdate(self.clock.now) + dt.timedelta(days=9), minimum_group=minimum_group,
        )  # fmt: skip
        actions.add_members(by=lead, round_=round_, seats=self.seats[: JOINERS[0]])
        actions.open_round(by=lead, round_=round_)
        self._post()
        return round_

    def _answer(self, stage: int) -> None:
        for member in MEMBERS:
            said = self.history.answers(stage, member)
            submits = member in self.history.submits[stage]
            if submits or any(each.choice is not None for each in said.values()):
                self._one(member, self._given(stage, member), submits=submits)
        self._post()

    def _one(self, member: int, given: list[actions.GivenAnswer], *, submits: bool) -> None:
        self.clock.later(minutes=5)
        response = self._response(member)
        if response.is_submitted:
            actions.reopen_response(response=response)
        actions.save_answers(response=response, answers=given)
        if submits and response.answers.given().exists():
            actions.submit_response(response=response)

    def _given(self, stage: int, member: int) -> list[actions.GivenAnswer]:
        is_private = self.round.version.framework.is_individual
        levels = [level.value for level in self.round.version.scale.levels.order_by("value")]
        other = NonScore.NO_CHANCE if is_private else NonScore.CANNOT_JUDGE
        return [
            actions.GivenAnswer(
                indicator.pk,
                level=levels[(said.choice - 1) % len(levels)] if isinstance(said.choice, int) else None,
                non_score=other if isinstance(said.choice, NonScore) else None,
                comment=said.comment if said.comment and not is_private else None,
                note=said.note or None,
            )
            for indicator, said in zip(self._indicators(), self.history.answers(stage, member).values(), strict=False)
        ]

    def _indicators(self) -> list[Indicator]:
        return list(self.round.indicators()[:INDICATORS])

    def _response(self, member: int) -> Response:
        found = self.round.responses.filter(person=self.people[member]).first()
        if found is None:
            actions.add_members(by=self.people[0], round_=self.round, seats=[self.seats[member]])
            self._post()
        return found or self.round.responses.get(person=self.people[member])

    def _close(self, round_: Round) -> None:
        self.clock.later(days=1)
        actions.close_round(by=self.people[0], round_=round_, count_unsubmitted=False)
        self.round = Round.objects.get(pk=round_.pk)

    def _discuss(self, stage: int) -> None:
        """What a lead does with what they see: it must not make a difference either."""
        lead, indicator = self.people[0], self._indicators()[stage]
        today = timezone.localdate(self.clock.now)
        comments = PublishedComment.objects.filter(publication__round=self.round).order_by("-publication_id", "pk")
        actions.choose_comments(by=lead, round_=self.round, chosen=[row.pk for row in comments[:2]])
        settled = actions.Settled(2, AgreedBy.VOTE, timezone.localdate(self.clock.now), "A reason", "A dissent")
        position = self.round.positions.filter(indicator=indicator).first()
        actions.agree(
            by=lead, round_=self.round, indicator=indicator, settled=settled, seen=position.mark if position else ""
        )
        medians = medians_of(results_for(self.round))
        if medians.offered:
            actions.accept_medians(by=lead, round_=self.round, listed=medians.marks, agreed_on=today)
        planned = actions.Planned(f"Action {stage}", owner=self.people[1], due_on=timezone.localdate(self.clock.now))
        actions.add_action(by=lead, round_=self.round, section=self.round.scope.all()[0].section, planned=planned)

    def _open_again(self) -> None:
        actions.take_back_sign_off(by=self.people[0], round_=self.round, reason="Not all were there")
        actions.reopen_round(
            by=self.people[0], round_=self.round, reason="Two were ill",
            closing_on=timezone.localdate(self.clock.now) + dt.timedelta(days=9),
        )  # fmt: skip
        self.round.refresh_from_db()

    def _post(self) -> None:
        self.clock.later(minutes=1)
        send_waiting()
