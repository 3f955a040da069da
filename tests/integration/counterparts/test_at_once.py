"""Two boards, or two leads of one, at the same moment, on PostgreSQL, where they really are at the same moment."""

import pytest

from assessments import actions
from assessments.lifecycle import NotNow
from assessments.models import Round
from organisations.choices import AuditedEvent
from organisations.models import Organisation
from reports.counterparts.releasing import take_back_release
from reports.models import Release, ReportVersion
from tests.factories import lead_of
from tests.integration.counterparts.acts import beside, fresh, release, signed
from tests.integration.test_races import at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def test_figures_released_twice_are_released_once_and_taken_back_once(theirs: Round, icb: Organisation) -> None:
    lead = lead_of(theirs)
    assert at_once(*[lambda: release(theirs, icb)] * 3) == [None] * 3
    assert at_once(*[lambda: take_back_release(by=lead, round_=theirs)] * 3) == [None] * 3
    assert Release.objects.get().taken_back_by == lead
    said = icb.audit_events.filter(event__in=(AuditedEvent.FIGURES_RELEASED, AuditedEvent.RELEASE_TAKEN_BACK))
    assert said.count() == 2


@pytest.mark.parametrize("turn", range(4))
def test_what_is_signed_off_stands_whatever_the_other_board_does_meanwhile(
    ours: Round, theirs: Round, icb: Organisation, turn: int
) -> None:
    """Releasing, taking that back and taking back the sign-off: the version has all of it or nothing."""
    if turn % 2:
        release(theirs, icb)
    lead = lead_of(theirs)
    raised = at_once(
        lambda: signed(ours),
        lambda: release(theirs, icb),
        lambda: take_back_release(by=lead, round_=theirs),
        lambda: actions.take_back_sign_off(by=lead, round_=theirs, reason="A slip"),
    )
    assert [raised[0], raised[2], raised[3]] == [None] * 3
    assert raised[1] is None or isinstance(raised[1], NotNow)
    kept = ReportVersion.objects.get(round=ours).export["counterparts"]
    assert (beside(ours) is not None) == bool(kept)
    assert not fresh(theirs).is_signed_off
