"""What stands beside a trust's or an ICS's figures: only what was released, only as it was signed off."""

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
from assessments.models import Round
from assessments.queries.content import ThemeOf, themes_of_version
from assessments.queries.results import results_for
from frameworks.actions import publish
from frameworks.exchange.copying import draft_from
from frameworks.models import FrameworkVersion
from organisations.choices import OrganisationKind
from organisations.models import IcbMembership, Organisation
from reports.counterparts.reading import counterparts_of
from reports.counterparts.releasing import take_back_release
from reports.exports.document import document_of
from reports.exports.figures import Figures
from reports.models import ReportVersion
from reports.signed.sign_off import CHANGED
from reports.signed.versions import report_of
from tests.factories import LONG_AGO, lead_of, make_organisation, make_round
from tests.integration.counterparts.acts import beside, closed, fresh, release, release_signed, signed, url, words
from tests.unit.reports import reading


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
    assert reading.row(figure.tables[0], "Well led")[0] == "3.0 here, 5.0 there / over 11 of 13 themes"


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
    assert reading.row(figure.tables[-1], "NHS Marsh Valley ICB")[1:3] == ["5 of 5", "2"]


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


def on_another_scale(version: FrameworkVersion) -> FrameworkVersion:
    """The next version, which asks the same on three levels."""
    draft = draft_from(version=version, code="2027")
    draft.scale.levels.filter(value__gt=3).delete()
    publish(version=draft)
    return draft


def test_medians_on_scales_with_different_levels_do_not_stand_side_by_side(
    ours: Round, icb: Organisation, wgll: FrameworkVersion, client: Client
) -> None:
    """An earlier round on the same scale stands there instead."""
    earlier = closed(icb, wgll, 4, at=timezone.now() - dt.timedelta(days=365))
    for round_ in (earlier, closed(icb, on_another_scale(wgll), 3)):
        release_signed(round_, icb)
    figure = beside(ours)
    assert figure is not None
    assert reading.row(figure.tables[0], "Well led")[1] == "4.0"
    take_back_release(by=lead_of(earlier), round_=earlier)
    assert beside(ours) is None
    client.force_login(lead_of(ours))
    assert "on the same scale and with a theme in common" in words(client, url("side_by_side", ours))


def test_a_later_round_without_a_theme_in_common_takes_no_place(
    ours: Round, icb: Organisation, wgll: FrameworkVersion
) -> None:
    release_signed(closed(icb, wgll, 4, at=timezone.now() - dt.timedelta(days=365)), icb)
    second = list(wgll.sections.all()[1:2])
    release_signed(make_round(icb, wgll, sections=second, state="closed", answers=lambda member, number: 5), icb)
    figure = beside(ours)
    assert figure is not None
    assert reading.row(figure.tables[0], "Well led")[1] == "4.0"


def test_a_trust_that_closed_before_stands_there_no_more(
    trust: Organisation, ours: Round, icb: Organisation, wgll: FrameworkVersion
) -> None:
    """Its membership has no end in the register."""
    release_signed(ours, icb)
    today, round_ = timezone.localdate(), closed(icb, wgll)
    for last_day, stands in ((today, True), (today - dt.timedelta(days=1), False)):
        Organisation.objects.filter(pk=trust.pk).update(closed_on=last_day)
        assert (beside(round_) is not None) == stands


def test_a_version_that_was_kept_before_there_were_counterparts_has_none(
    ours: Round, theirs: Round, icb: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without(figures: Figures) -> dict[str, Any]:
        return {name: value for name, value in document_of(figures).items() if name != "counterparts"}

    monkeypatch.setattr("reports.signed.sign_off.document_of", without)
    signed(ours)
    release(theirs, icb)
    assert beside(ours) is None


def test_an_indicator_without_a_theme_is_about_itself(digital_boards: FrameworkVersion) -> None:
    draft = draft_from(version=digital_boards, code="2027")
    first, second, replaced = draft.indicators.all()[:3]
    draft.indicators.filter(pk__in=(first.pk, replaced.pk)).update(theme=None)
    draft.indicators.filter(pk=replaced.pk).update(supersedes=[replaced.code])
    themes = themes_of_version(draft.pk)
    assert themes[first.code] == ThemeOf(first.code, first.text)
    assert themes[replaced.code].code != replaced.code  # in the version before it says something else
    assert second.theme is not None
    assert themes[second.code] == ThemeOf(second.theme.code, second.theme.label)


def test_a_trust_that_has_moved_on_is_told_how_to_release_to_its_new_icb(
    ours: Round, icb: Organisation, client: Client
) -> None:
    signed(ours)
    release(ours, icb)
    client.force_login(lead_of(ours))
    assert "Your ICB is now" not in words(client, url("side_by_side", ours))
    IcbMembership.objects.update(icb=make_organisation("New ICB", OrganisationKind.ICB))
    assert "Your ICB is now New ICB, which is not shown them." in words(client, url("side_by_side", ours))


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
