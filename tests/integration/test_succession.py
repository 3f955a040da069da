"""A section that takes the place of others, and a framework that takes the place of another: what boards see of it."""

import datetime as dt
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.models import Round
from assessments.queries.repeating import repetition_of, since_last_time
from assessments.queries.results import results_for
from frameworks.actions import publish, retire
from frameworks.exchange.copying import draft_from
from frameworks.models import Framework, FrameworkVersion, Section
from frameworks.readiness import readiness
from frameworks.succession import sections_followed
from organisations.models import Organisation, User
from tests.factories import lead_of, make_round, submit_all

pytestmark = pytest.mark.django_db
MONTHS_AGO = dt.timedelta(days=200)


def renamed(version: FrameworkVersion, code: str, *changes: tuple[str, str]) -> FrameworkVersion:
    """A new version, published, in which sections have new codes and name the old ones."""
    draft = draft_from(version=version, code=code)
    for old, new in changes:
        Section.objects.filter(version=draft, code=old).update(
            code=new, title=f"Now {new}", supersedes=[old], order=len(new) + 20
        )
    publish(version=draft)
    return FrameworkVersion.objects.get(pk=draft.pk)


def first_codes(version: FrameworkVersion) -> list[str]:
    return list(version.sections.values_list("code", flat=True)[:2])


@pytest.fixture
def last(trust: Organisation, digital_boards: FrameworkVersion) -> Round:
    return make_round(
        trust, digital_boards, state="closed", target=3, at=timezone.now() - MONTHS_AGO, answers=lambda m, i: 2
    )


def test_sections_are_followed_by_way_of_versions_between(digital_boards: FrameworkVersion) -> None:
    one, other = first_codes(digital_boards)
    second = renamed(digital_boards, "2026-01", (one, "middle"))
    third = renamed(second, "2027-01", ("middle", "newest"))
    followed = sections_followed(third)
    assert (followed["newest"], followed[other]) == (("middle", one), ())
    assert sections_followed(digital_boards)[one] == ()
    with CaptureQueriesContext(connection) as captured:
        sections_followed(third)
    assert len(captured) == 1


def test_a_renamed_section_keeps_its_trend_scope_and_target(last: Round, digital_boards: FrameworkVersion) -> None:
    one, other = first_codes(digital_boards)
    last.scope.filter(section__code=one).update(target=4)
    second = renamed(digital_boards, "2026-01", (one, "middle"))
    new = renamed(second, "2027-01", ("middle", "newest"))
    again = repetition_of(last)
    targets = {section.code: again.targets[section.pk] for section in again.sections}
    assert (again.version, targets["newest"], targets[other]) == (new, 4, 3)
    scope = since_last_time(last).scope
    assert (scope.gone, scope.left_out, scope.loses_targets) == ((), (), False)

    round_ = actions.start_round_as_last_time(
        by=lead_of(last), last=last, closing_on=timezone.localdate() + dt.timedelta(days=9)
    )
    actions.open_round(by=lead_of(last), round_=round_)
    submit_all(round_, lambda member, indicator: 3)
    actions.close_round(by=lead_of(last), round_=round_, count_unsubmitted=False)
    trend = results_for(Round.objects.get(pk=round_.pk)).trend
    assert trend
    changes = dict(trend.sections)
    asked = round_.indicators().filter(section__code="newest").count()
    assert changes["newest"].difference == 1
    assert changes["newest"].comparable == asked
    assert trend.overall.comparable == round_.indicators().count()


def test_only_some_sections_in_scope_stay_these(trust: Organisation, digital_boards: FrameworkVersion) -> None:
    one, _ = first_codes(digital_boards)
    chosen = list(digital_boards.sections.filter(code=one))
    last = make_round(trust, digital_boards, state="closed", at=timezone.now() - MONTHS_AGO, sections=chosen)
    renamed(digital_boards, "2026-01", (one, "middle"))
    assert [section.code for section in repetition_of(last).sections] == ["middle"]
    assert since_last_time(last).scope.gone == ()


def test_a_section_that_nothing_follows_is_asked_about_before_publishing(digital_boards: FrameworkVersion) -> None:
    one, _ = first_codes(digital_boards)
    draft = draft_from(version=digital_boards, code="2026-01")
    Section.objects.filter(version=draft, code=one).update(code="middle")
    assert f"No longer among the themes and not superseded: {one}" in [doubt.where for doubt in readiness(draft).doubts]
    Section.objects.filter(version=draft, code="middle").update(supersedes=[one])
    found = readiness(draft)
    assert not [doubt for doubt in found.doubts if "themes" in doubt.where]
    assert found.changes
    assert not found.changes.moved


@pytest.fixture
def successor(digital_boards: FrameworkVersion, wgll: FrameworkVersion) -> Framework:
    """WGLL in the place of Digital Boards."""
    framework = wgll.framework
    framework.supersedes = digital_boards.framework
    framework.save()
    return framework


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def test_the_list_says_which_framework_takes_whose_place(
    signed_in: Callable[[User], Client], successor: Framework, digital_boards: FrameworkVersion
) -> None:
    client = signed_in(User.objects.create_user("reader@board.example", "Reader"))
    page = shown(client, reverse("frameworks:list"))
    assert f">{successor.title}</a> takes its place from 31 August 2021. Rounds that run on it go on." in page
    assert f"It takes the place of {digital_boards.framework.title}." in page
    retire(version=successor.versions.get())
    assert "takes its place from" not in shown(client, reverse("frameworks:list"))


def test_a_new_round_is_offered_the_successor_and_those_that_run_stay(
    client: Client, trust: Organisation, successor: Framework, digital_boards: FrameworkVersion, last: Round
) -> None:
    running = make_round(trust, digital_boards, members=3)
    client.force_login(lead_of(last))
    page = shown(client, reverse("assessments:choose_framework", args=[trust.ods_code]))
    assert f"{successor.title} takes its place from 31 August 2021." in page
    assert f"It takes the place of {digital_boards.framework.title}." in page
    running.refresh_from_db()
    assert (running.version, running.state) == (digital_boards, "open")
    actions.cancel_round(by=lead_of(last), round_=running)
    page = shown(client, reverse("assessments:as_last_time", args=[last.pk]))
    assert f"This round would stay with {digital_boards.framework.title}" in page
