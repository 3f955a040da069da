"""A board releases its figures to its system and takes that back: who can, when, and what the page says."""

import pytest
from django.test import Client

from assessments import actions
from assessments.lifecycle import NotNow
from assessments.models import Round
from frameworks.models import FrameworkVersion
from organisations.choices import AuditedEvent, OrganisationKind
from organisations.models import AuditEvent, IcbMembership, Organisation
from reports.counterparts.releasing import (
    ABOUT_MEMBERS,
    ANOTHER_ICB,
    NO_ICB,
    NO_TRUSTS,
    release_figures,
    take_back_release,
)
from reports.models import Release
from tests.factories import lead_of, make_organisation, make_round
from tests.integration.counterparts.acts import closed, fresh, release, signed, url, words


def test_only_what_is_signed_off_is_released(ours: Round, icb: Organisation) -> None:
    with pytest.raises(NotNow, match="You cannot release the figures of this round: it is closed"):
        release(ours, icb)


def test_what_members_say_of_themselves_is_never_released(
    trust: Organisation, icb: Organisation, in_system: IcbMembership, leadership: FrameworkVersion, client: Client
) -> None:
    round_ = make_round(trust, leadership, members=8, state="closed", answers=lambda member, number: 1 + member % 3)
    signed(round_)
    with pytest.raises(NotNow, match=ABOUT_MEMBERS):
        release(round_, icb)
    client.force_login(lead_of(round_))
    refused = client.get(url("side_by_side", round_))
    assert refused.status_code == 403
    assert "never released" in refused.content.decode()


def test_nobody_to_release_to(trust: Organisation, icb: Organisation, wgll: FrameworkVersion) -> None:
    for organisation, reason in ((trust, NO_ICB), (icb, NO_TRUSTS)):
        round_ = closed(organisation, wgll)
        signed(round_)
        with pytest.raises(NotNow, match=reason):
            release(round_, icb)


def test_an_icb_that_is_another_by_now_is_not_given_it(ours: Round) -> None:
    signed(ours)
    IcbMembership.objects.update(icb=make_organisation("New ICB", OrganisationKind.ICB))
    with pytest.raises(NotNow, match=ANOTHER_ICB):
        release_figures(by=lead_of(ours), round_=ours, seen="X0001")
    assert not Release.objects.exists()


def test_a_second_time_changes_nothing_and_each_change_leaves_one_line(theirs: Round, icb: Organisation) -> None:
    for _ in range(2):
        release(theirs, icb)
    for _ in range(2):
        take_back_release(by=lead_of(theirs), round_=theirs)
    release(theirs, icb)
    assert [row.taken_back_by is not None for row in Release.objects.all()] == [True, False]
    about = (AuditedEvent.FIGURES_RELEASED, AuditedEvent.RELEASE_TAKEN_BACK)
    lines = AuditEvent.objects.filter(organisation=icb, event__in=about).order_by("pk")
    assert [line.event for line in lines] == [about[0], about[1], about[0]]


# --- the page ---------------------------------------------------------------------------------------------------------


def test_a_lead_releases_and_takes_back_on_the_page(theirs: Round, icb: Organisation, client: Client) -> None:
    client.force_login(lead_of(theirs))
    assert "Not released: no other board is shown them." in words(client, url("side_by_side", theirs))
    refused = client.post(url("side_by_side", theirs), {"seen": icb.ods_code})
    assert refused.status_code == 422
    assert "Confirm that the board, or its chair, has agreed" in refused.content.decode()
    assert refused.content.decode().count("There is a problem") == 1
    assert not Release.objects.exists()
    client.post(url("side_by_side", theirs), {"seen": icb.ods_code, "agreed": "on"})
    assert "Released to the trusts of your system on" in words(client, url("side_by_side", theirs))
    client.post(url("take_back_release", theirs))
    assert "Not released: no other board is shown them." in words(client, url("side_by_side", theirs))


def test_a_page_left_open_is_told_what_holds_now_and_of_no_field_that_is_gone(
    ours: Round, theirs: Round, icb: Organisation, client: Client
) -> None:
    release(theirs, icb)
    for round_, says in ((theirs, "Released to the trusts of your system"), (ours, "Only what is signed off")):
        client.force_login(lead_of(round_))
        for sent in ({}, {"seen": icb.ods_code}, {"seen": icb.ods_code, "agreed": "on"}):
            answered = client.post(url("side_by_side", round_), sent, follow=True).content.decode()
            assert says in answered
            assert "There is a problem" not in answered
    assert Release.objects.get().round == theirs


def test_the_page_says_what_stands_beside_and_leads_to_it(
    ours: Round, theirs: Round, icb: Organisation, client: Client
) -> None:
    client.force_login(lead_of(ours))
    assert "Nothing yet: no other board of your system" in words(client, url("side_by_side", ours))
    assert "Only what is signed off can be released." in words(client, url("side_by_side", ours))
    release(theirs, icb)
    page = words(client, url("side_by_side", ours))
    assert "NHS Marsh Valley ICB: round closed on" in page
    assert f'href="{url("results", ours)}#counterparts"' in page
    results = words(client, url("results", ours)).split('id="counterparts"')[1].split("</section>")[0]
    assert "app-stacks" in results  # on a phone both boards are in sight
    assert "app-table-scroll" not in results
    signed(ours)
    assert "as they were when you signed off" in words(client, url("side_by_side", ours))


def test_a_taken_back_sign_off_is_said_where_figures_are_released(
    theirs: Round, icb: Organisation, client: Client
) -> None:
    release(theirs, icb)
    actions.take_back_sign_off(by=lead_of(theirs), round_=fresh(theirs), reason="A slip")
    client.force_login(lead_of(theirs))
    assert "They are not shown at the moment" in words(client, url("side_by_side", theirs))


def test_the_page_tells_of_what_was_released_after_signing_off(
    ours: Round, theirs: Round, icb: Organisation, client: Client
) -> None:
    client.force_login(lead_of(ours))
    signed(ours)
    assert "Released since" not in words(client, url("side_by_side", ours))
    release(theirs, icb)
    page = words(client, url("side_by_side", ours))
    assert "Released since you signed off, and not in your report:" in page
    assert "NHS Marsh Valley ICB: round closed on" in page
    actions.take_back_sign_off(by=lead_of(ours), round_=fresh(ours), reason="To show the ICB")
    signed(ours)
    assert "Released since" not in words(client, url("side_by_side", ours))
