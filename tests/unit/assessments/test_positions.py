"""What is recorded of a board's agreement, by whom it can be changed, and what is refused."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from assessments import actions
from assessments.actions import MediansChanged, PositionChanged, Settled, positions
from assessments.choices import AgreedBy, RoundState
from assessments.disclosure import disclose
from assessments.lifecycle import NotNow
from assessments.models import AgreedPosition, Round
from assessments.queries.medians import medians_of
from assessments.queries.results import RoundResults, results_for
from frameworks.models import FrameworkVersion, Indicator
from organisations.choices import AuditedEvent
from organisations.models import AuditEvent, Organisation, User
from tests.factories import Choice, lead_of, make_round, make_seat
from tests.unit.reports import builders
from tests.unit.scoring.scoring_builders import card, scale_of

TODAY = dt.date(2026, 11, 22)
THREE = Settled(3, AgreedBy.DISCUSSION, TODAY, "Seen on the wards", "One site lags behind")


def answers(member: int, indicator: int) -> Choice:
    """The first divided, the second between two levels, the third too few, all others at 3."""
    if indicator == 0:
        return 1 if member % 2 else 4
    if indicator == 1:
        return 2 if member % 2 else 3
    return None if indicator == 2 and member > 2 else 3


@pytest.fixture
def round_(trust: Organisation, digital_boards: FrameworkVersion) -> Round:
    return make_round(trust, digital_boards, state="closed", answers=answers)


@pytest.fixture
def first(round_: Round) -> Indicator:
    return round_.indicators()[0]


@pytest.fixture
def other_lead(trust: Organisation) -> User:
    return make_seat(trust, "Rowan Other", lead=True).person


def agree(round_: Round, indicator: Indicator, settled: Settled = THREE, seen: str = "", **who: Any) -> None:
    by = who.get("by") or round_.started_by
    actions.agree(by=by, round_=round_, indicator=indicator, settled=settled, seen=seen)


def test_what_is_agreed_stands_in_the_results(round_: Round, first: Indicator) -> None:
    agree(round_, first)
    position = round_.positions.get()
    assert (position.level, position.method, position.revision) == (3, AgreedBy.DISCUSSION, 1)
    assert (position.reason, position.dissent, position.agreed_on) == (THREE.reason, THREE.dissent, TODAY)
    assert results_for(round_).scorecard.sections[0].indicators[0].agreed == 3


def test_the_line_says_which_indicator_and_no_level(round_: Round, first: Indicator) -> None:
    agree(round_, first)
    agree(round_, first, Settled(2, AgreedBy.VOTE, TODAY), round_.positions.get().mark)
    actions.withdraw_agreement(
        by=lead_of(round_), round_=round_, indicator=first, seen=round_.positions.get().mark
    )  # fmt: skip
    lines = list(
        AuditEvent.objects.filter(event__startswith="position.").order_by("pk").values_list("event", "subject")
    )
    expected = [AuditedEvent.POSITION_AGREED, AuditedEvent.POSITION_AGREED, AuditedEvent.POSITION_WITHDRAWN]
    assert lines == [(event, f"{round_}: {first.code}") for event in expected]


def test_what_somebody_else_recorded_meanwhile_is_not_overwritten(
    round_: Round, first: Indicator, other_lead: User
) -> None:
    agree(round_, first, Settled(2, AgreedBy.VOTE, TODAY, "Theirs"), by=other_lead)
    with pytest.raises(PositionChanged):
        agree(round_, first)
    stands = round_.positions.get()
    assert (stands.level, stands.reason, stands.recorded_by) == (2, "Theirs", other_lead)
    agree(round_, first, seen=stands.mark)
    assert (round_.positions.get().level, round_.positions.get().revision) == (3, 2)


def test_what_was_withdrawn_and_recorded_anew_is_not_what_was_seen(round_: Round, first: Indicator) -> None:
    """Were the revision all there is to tell by, both would be number 1."""
    agree(round_, first)
    seen = round_.positions.get().mark
    actions.withdraw_agreement(by=lead_of(round_), round_=round_, indicator=first, seen=seen)
    agree(round_, first, Settled(2, AgreedBy.VOTE, TODAY))
    with pytest.raises(PositionChanged):
        agree(round_, first, seen=seen)
    with pytest.raises(PositionChanged):
        actions.withdraw_agreement(by=lead_of(round_), round_=round_, indicator=first, seen=seen)
    assert round_.positions.get().level == 2


def test_a_position_withdrawn_meanwhile_is_not_brought_back_unseen(round_: Round, first: Indicator) -> None:
    agree(round_, first)
    seen = round_.positions.get().mark
    actions.withdraw_agreement(by=lead_of(round_), round_=round_, indicator=first, seen=seen)
    with pytest.raises(PositionChanged):
        agree(round_, first, Settled(2, AgreedBy.VOTE, TODAY), seen)
    assert not round_.positions.exists()


def test_the_same_sent_twice_is_recorded_once(round_: Round, first: Indicator) -> None:
    agree(round_, first)
    agree(round_, first)
    assert round_.positions.get().revision == 1
    assert AuditEvent.objects.filter(event=AuditedEvent.POSITION_AGREED).count() == 1
    mark = round_.positions.get().mark
    for _ in range(2):
        actions.withdraw_agreement(by=lead_of(round_), round_=round_, indicator=first, seen=mark)
    assert AuditEvent.objects.filter(event=AuditedEvent.POSITION_WITHDRAWN).count() == 1


@pytest.mark.parametrize("level", [0, 5, -1, 10**6])
def test_a_level_that_the_scale_does_not_have_is_refused(round_: Round, first: Indicator, level: int) -> None:
    with pytest.raises(ValueError, match="level of the scale"):
        agree(round_, first, Settled(level, AgreedBy.VOTE, TODAY))


def test_an_indicator_out_of_scope_is_refused(round_: Round, wgll: FrameworkVersion) -> None:
    with pytest.raises(ValueError, match="scope of the round"):
        agree(round_, wgll.indicators.all()[0])
    assert not AgreedPosition.objects.exists()


@pytest.mark.parametrize("state", [state for state in RoundState if state != RoundState.CLOSED])
def test_only_a_closed_round_takes_positions(
    trust: Organisation, digital_boards: FrameworkVersion, state: RoundState
) -> None:
    round_ = make_round(trust, digital_boards, state="closed", answers=answers)
    indicator = round_.indicators()[0]
    closed = round_.closed_at if state == RoundState.SIGNED_OFF else None
    signed_off = timezone.now() if state == RoundState.SIGNED_OFF else None
    Round.objects.filter(pk=round_.pk).update(state=state, closed_at=closed, signed_off_at=signed_off)
    for attempt in (
        lambda: agree(round_, indicator),
        lambda: actions.withdraw_agreement(by=lead_of(round_), round_=round_, indicator=indicator, seen=""),
        lambda: actions.accept_medians(by=lead_of(round_), round_=round_, listed=[], agreed_on=TODAY),
    ):
        with pytest.raises(NotNow, match="You cannot record what the board agreed in this round"):
            attempt()


def test_a_board_agrees_nothing_about_its_members(trust: Organisation, leadership: FrameworkVersion) -> None:
    round_ = make_round(trust, leadership, state="closed", answers=lambda member, indicator: 2)
    with pytest.raises(NotNow, match="members assess themselves"):
        agree(round_, round_.indicators()[0])
    with pytest.raises(NotNow, match="members assess themselves"):
        actions.accept_medians(by=lead_of(round_), round_=round_, listed=[], agreed_on=TODAY)


# --- medians ----------------------------------------------------------------------------------------------------------


def accept(round_: Round, listed: frozenset[str]) -> int:
    return actions.accept_medians(by=lead_of(round_), round_=round_, listed=listed, agreed_on=TODAY)


@pytest.mark.parametrize("meanwhile", ["recorded", "published"])
def test_medians_hold_only_if_nothing_has_changed_while_they_were_worked_out(
    round_: Round, monkeypatch: pytest.MonkeyPatch, meanwhile: str
) -> None:
    listed = medians_of(results_for(round_)).marks

    def then_changed(round_: Round) -> RoundResults:
        results = results_for(round_)
        if meanwhile == "recorded":
            agree(round_, round_.indicators()[4])
        else:
            round_.publications.create(number=2, published_at=timezone.now())
        return results

    monkeypatch.setattr(positions, "results_for", then_changed)
    with pytest.raises(MediansChanged):
        accept(round_, listed)
    assert not AgreedPosition.objects.filter(method=AgreedBy.MEDIAN).exists()


def test_medians_are_offered_where_members_are_aligned_and_the_median_is_a_level(round_: Round) -> None:
    medians = medians_of(results_for(round_))
    codes = list(round_.indicators().values_list("code", flat=True))
    assert [median.code for median in medians.offered] == codes[3:]
    assert {median.level for median in medians.offered} == {3}
    assert medians.between == ()  # the distance is half a level, which is mixed on 1 to 4
    assert (medians.agreed, medians.not_aligned, medians.not_shown) == (0, 2, 1)


def test_a_median_between_two_levels_is_left_out_and_named() -> None:
    """On a short scale the members are never aligned around such a median; on a long one they can be."""
    long = scale_of(*range(11))
    made = card({"s": {"a": [4, 4, 4, 5, 5, 5], "b": [4, 4, 4, 5, 5], "c": [4, 4, 4, 5]}}, scale=long)
    medians = medians_of(builders.results(disclose(made, minimum_group=5)))
    assert medians.marks == {"b=4"}
    assert [(found.code, found.lower, found.upper) for found in medians.between] == [("a", 4, 5)]
    assert medians.not_shown == 1


def test_exactly_what_was_listed_is_accepted(round_: Round) -> None:
    medians = medians_of(results_for(round_))
    assert accept(round_, medians.marks) == len(medians.offered) == 10
    recorded = round_.positions.values_list("indicator__code", "level", "method", "agreed_on")
    assert set(recorded) == {(median.code, 3, AgreedBy.MEDIAN, TODAY) for median in medians.offered}
    (line,) = AuditEvent.objects.filter(event=AuditedEvent.MEDIANS_ACCEPTED)
    assert line.subject == f"{round_}: for 10 indicators"


def test_a_list_that_is_no_longer_right_is_refused_whole(round_: Round) -> None:
    listed = medians_of(results_for(round_)).marks
    fourth = round_.indicators()[3]
    agree(round_, fourth, Settled(2, AgreedBy.VOTE, TODAY))
    for wrong in (listed, listed | {"DB-Q1=3"}, frozenset(), frozenset(list(listed)[:2])):
        with pytest.raises(MediansChanged):
            accept(round_, wrong)
    assert round_.positions.count() == 1
    assert accept(round_, listed - {f"{fourth.code}=3"}) == 9
    assert round_.positions.get(indicator=fourth).level == 2


def test_with_nothing_to_accept_it_says_so(trust: Organisation, digital_boards: FrameworkVersion) -> None:
    round_ = make_round(trust, digital_boards, members=4, state="closed", answers=lambda member, indicator: 3)
    with pytest.raises(NotNow, match="no median"):
        accept(round_, frozenset())
