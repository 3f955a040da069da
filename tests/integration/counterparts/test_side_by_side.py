"""Trust and ICS side by side, from releasing to the other board's report: only what was released, only as it was."""

import datetime as dt
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.lifecycle import NotNow
from assessments.models import Round
from assessments.queries.content import ThemeOf, themes_of_version
from assessments.queries.results import results_for
from assessments.scoring.types import NonScore
from frameworks.exchange.copying import draft_from
from frameworks.models import FrameworkVersion, Indicator
from organisations.choices import AuditedEvent, OrganisationKind
from organisations.models import AuditEvent, IcbMembership, Organisation
from reports.content.document import Figure
from reports.counterparts.reading import counterparts_of
from reports.counterparts.releasing import (
    ABOUT_MEMBERS,
    ANOTHER_ICB,
    NO_ICB,
    NO_TRUSTS,
    release_figures,
    take_back_release,
)
from reports.models import Release, ReportVersion
from reports.signed.sign_off import CHANGED, sign_off
from reports.signed.versions import report_of
from tests.factories import LONG_AGO, lead_of, make_organisation, make_round
from tests.unit.reports import reading


@pytest.fixture
def icb(db: None) -> Organisation:
    return make_organisation("NHS Marsh Valley ICB", OrganisationKind.ICB)


@pytest.fixture
def in_system(trust: Organisation, icb: Organisation) -> IcbMembership:
    return IcbMembership.objects.create(trust=trust, icb=icb, starts_on=LONG_AGO)


def closed(organisation: Organisation, version: FrameworkVersion, level: int = 3, **more: Any) -> Round:
    """On the first section everybody gives `level`; the second and third indicator are judged by one member only."""

    def answers(member: int, indicator: int) -> int | NonScore:
        return NonScore.CANNOT_JUDGE if indicator in (1, 2) and member else level

    sections = list(version.sections.all()[:1])
    return make_round(organisation, version, members=5, sections=sections, state="closed", answers=answers, **more)


def signed(round_: Round) -> ReportVersion:
    return sign_off(by=lead_of(round_), round_=fresh(round_))


def release(round_: Round, icb: Organisation) -> None:
    release_figures(by=lead_of(round_), round_=round_, seen=icb.ods_code)


def fresh(round_: Round) -> Round:
    return Round.objects.select_related("organisation", "version__framework").get(pk=round_.pk)


def beside(round_: Round) -> Figure | None:
    return report_of(fresh(round_)).counterparts


def url(name: str, round_: Round) -> str:
    return reverse(f"reports:{name}", args=[round_.pk])


def words(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


@pytest.fixture
def theirs(icb: Organisation, in_system: IcbMembership, wgll: FrameworkVersion) -> Round:
    """The ICB's round, signed off."""
    round_ = closed(icb, wgll, 4)
    signed(round_)
    return round_


@pytest.fixture
def ours(trust: Organisation, in_system: IcbMembership, wgll: FrameworkVersion) -> Round:
    return closed(trust, wgll, 2)


# --- what stands beside ---------------------------------------------------------------------------------------------


def test_nothing_stands_beside_until_it_is_released(ours: Round, theirs: Round, icb: Organisation) -> None:
    assert beside(ours) is None
    release(theirs, icb)
    figure = beside(ours)
    assert figure is not None
    assert reading.row(figure.tables[0], "Well led") == ["2.0", "4.0", "\N{MINUS SIGN}2.0", "11 of 13"]


def test_what_was_withheld_stays_withheld_on_the_other_side(
    ours: Round, theirs: Round, icb: Organisation, client: Client
) -> None:
    """Of the ICB's two that have one level, which nobody is shown, the trust was asked one."""
    release(theirs, icb)
    client.force_login(lead_of(ours))
    file = client.get(reverse("reports:figures", args=[ours.pk, "json"]))
    counterpart = json.loads(file.content)["counterparts"][0]
    hidden = [theme for theme in counterpart["themes"] if theme["theirs"]["median"] is None]
    assert [theme["theme"] for theme in hidden] == ["Fit between strategies"]
    assert hidden[0]["theirs"]["why_none"].startswith("Withheld")
    assert hidden[0]["difference"] is None


def test_nothing_is_shown_of_the_other_board_but_what_its_report_says(
    ours: Round, theirs: Round, icb: Organisation
) -> None:
    release(theirs, icb)
    (counterpart,) = counterparts_of(fresh(ours), results_for(fresh(ours)))
    export = ReportVersion.objects.get(round=theirs).export
    said = {one["code"]: one for section in export["sections"] for one in section["indicators"]}
    for theme in counterpart.themes:
        (code,) = theme.theirs.codes
        assert (theme.theirs.median, theme.theirs.agreed) == (said[code]["median"], said[code]["agreed_level"])


def test_trusts_stand_beside_the_ics_by_name(
    trust: Organisation, ours: Round, icb: Organisation, wgll: FrameworkVersion
) -> None:
    other = make_organisation("A Trust NHS Trust")
    IcbMembership.objects.create(trust=other, icb=icb, starts_on=LONG_AGO)
    for round_ in (ours, closed(other, wgll, 5)):
        signed(round_)
        release(round_, icb)
    figure = beside(closed(icb, wgll, 3))
    assert figure is not None
    assert reading.headings(figure.tables[0])[1:] == ["A Trust NHS Trust", trust.name]
    assert reading.row(figure.tables[0], "Well led")[0] == "5.0 there, 3.0 here / over 11 of 13 themes"


def test_of_two_rounds_the_one_that_closed_last_stands_there(
    ours: Round, icb: Organisation, in_system: IcbMembership, wgll: FrameworkVersion
) -> None:
    now = timezone.now()
    for level, years in ((5, 1), (4, 3)):
        round_ = closed(icb, wgll, level, at=now - dt.timedelta(days=365 * years))
        signed(round_)
        release(round_, icb)
    figure = beside(ours)
    assert figure is not None
    assert reading.row(figure.tables[0], "Well led")[1] == "5.0"


def test_another_version_takes_the_place_of_the_first(ours: Round, theirs: Round, icb: Organisation) -> None:
    release(theirs, icb)
    actions.take_back_sign_off(by=lead_of(theirs), round_=fresh(theirs), reason="A slip")
    assert beside(ours) is None  # what a board has taken back, no other shows
    signed(theirs)
    figure = beside(ours)
    assert figure is not None
    assert reading.row(figure.tables[-1], "NHS Marsh Valley ICB")[1] == "2"


def test_taken_back_it_stands_there_no_more_but_in_what_was_signed_off(
    ours: Round, theirs: Round, icb: Organisation
) -> None:
    release(theirs, icb)
    version = signed(ours)
    kept = beside(ours)
    take_back_release(by=lead_of(theirs), round_=theirs)
    assert beside(ours) == kept is not None
    assert version.export["counterparts"][0]["organisation"] == "NHS Marsh Valley ICB"
    actions.take_back_sign_off(by=lead_of(ours), round_=fresh(ours), reason="Once more")
    assert beside(ours) is None


def test_what_is_released_after_signing_off_changes_nothing_that_was_signed_off(
    ours: Round, theirs: Round, icb: Organisation
) -> None:
    signed(ours)
    release(theirs, icb)
    assert beside(ours) is None


def test_whoever_signs_off_has_seen_what_stands_beside(
    ours: Round, theirs: Round, icb: Organisation, client: Client
) -> None:
    client.force_login(lead_of(ours))
    seen = words(client, url("sign_off", ours)).split('name="seen" value="')[1][:64]
    release(theirs, icb)
    answered = client.post(url("sign_off", ours), {"seen": seen}, follow=True)
    assert CHANGED in answered.content.decode()
    assert not fresh(ours).is_signed_off


@pytest.mark.parametrize(
    ("starts", "ends", "stands"),
    [(LONG_AGO, None, True), (LONG_AGO, dt.date(2021, 1, 1), False), (dt.date(2100, 1, 1), None, False)],
)
def test_the_system_is_the_one_of_the_day_on_which_the_round_closed(
    ours: Round, theirs: Round, icb: Organisation, starts: dt.date, ends: dt.date | None, *, stands: bool
) -> None:
    release(theirs, icb)
    IcbMembership.objects.update(starts_on=starts, ends_on=ends)
    assert (beside(ours) is not None) == stands


def test_the_boards_of_another_system_and_other_trusts_are_not_shown_it(
    ours: Round, icb: Organisation, wgll: FrameworkVersion
) -> None:
    signed(ours)
    release(ours, icb)
    elsewhere, other = make_organisation("ICB", OrganisationKind.ICB), make_organisation("Other")
    IcbMembership.objects.create(trust=other, icb=icb, starts_on=LONG_AGO)
    assert beside(closed(elsewhere, wgll)) is None
    assert beside(closed(other, wgll)) is None  # a trust is released to its ICB, not to the trusts beside it


def test_a_trust_that_has_moved_on_has_not_released_anything_to_its_new_icb(
    ours: Round, icb: Organisation, wgll: FrameworkVersion
) -> None:
    signed(ours)
    release(ours, icb)
    new = make_organisation("New ICB", OrganisationKind.ICB)
    IcbMembership.objects.update(icb=new)
    assert beside(closed(new, wgll)) is None


def test_an_indicator_without_a_theme_is_about_itself(digital_boards: FrameworkVersion) -> None:
    draft = draft_from(version=digital_boards, code="2027")
    first, second = draft.indicators.all()[:2]
    Indicator.objects.filter(pk=first.pk).update(theme=None)
    themes = themes_of_version(draft.pk)
    assert themes[first.code] == ThemeOf(first.code, first.text)
    assert second.theme is not None
    assert themes[second.code] == ThemeOf(second.theme.code, second.theme.label)


# --- releasing ------------------------------------------------------------------------------------------------------


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


# --- the page -------------------------------------------------------------------------------------------------------


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
    assert 'id="counterparts"' in words(client, url("results", ours))
    signed(ours)
    assert "as they were when you signed off" in words(client, url("side_by_side", ours))


def test_a_taken_back_sign_off_is_said_where_figures_are_released(
    theirs: Round, icb: Organisation, client: Client
) -> None:
    release(theirs, icb)
    actions.take_back_sign_off(by=lead_of(theirs), round_=fresh(theirs), reason="A slip")
    client.force_login(lead_of(theirs))
    assert "They are not shown at the moment" in words(client, url("side_by_side", theirs))


def test_as_many_queries_for_eight_trusts_as_for_one(icb: Organisation, wgll: FrameworkVersion, client: Client) -> None:
    """Everything that a report reads, once the process knows what is asked."""
    round_, counts = closed(icb, wgll), []
    client.force_login(lead_of(round_))
    for more in (1, 7):
        for _ in range(more):
            trust = make_organisation()
            IcbMembership.objects.create(trust=trust, icb=icb, starts_on=LONG_AGO)
            other = closed(trust, wgll)
            signed(other)
            release(other, icb)
        report_of(fresh(round_))
        with CaptureQueriesContext(connection) as captured:
            report = report_of(fresh(round_))
        assert report.counterparts is not None
        assert len(report.counterparts.tables[-1].rows) in (1, 8)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 16
