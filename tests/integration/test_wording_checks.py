"""Confirming the wording: noted in the admin whatever the version's state, read by boards, never changing a text."""

import datetime as dt
from collections.abc import Callable, Sequence
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.queries.my_data import my_data
from assessments.queries.results import results_for
from frameworks.actions import Finding, check_wording, publish
from frameworks.choices import Wording
from frameworks.documents.canonical import as_yaml
from frameworks.exchange.copying import draft_from
from frameworks.exchange.stored import stored_document
from frameworks.models import FrameworkVersion, Indicator, WordingCheck
from frameworks.readiness import readiness
from frameworks.wording import checked_sections, progress_of
from organisations.anonymising import anonymise
from organisations.choices import AuditedEvent
from organisations.models import AuditEvent, Organisation, User
from reports.content.board_report import board_report
from reports.models import ReportVersion
from reports.signed.sign_off import sign_off
from tests.factories import lead_of, make_round
from tests.unit.reports import reading

pytestmark = pytest.mark.django_db
DAY, SOURCE = dt.date(2026, 3, 1), "The web page of 4 October 2021"


@pytest.fixture
def editor() -> User:
    user = User.objects.create_user("editor@portal.example", "Edith Torr", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="frameworks"))
    return user


@pytest.fixture
def admin(signed_in: Callable[[User], Client], editor: User) -> Client:
    return signed_in(editor)


def address(version: FrameworkVersion) -> str:
    return reverse("admin:frameworks_frameworkversion_wording", args=[version.pk])


def keys(version: FrameworkVersion, *codes: str) -> list[str]:
    rows = [row.words for section in checked_sections(version) for row in section.rows]
    return [words.key for words in rows if words.code in codes]


def found(words: Sequence[str] = (), **others: Any) -> dict[str, Any]:
    said = {"status": "confirmed", "source": SOURCE, "checked_on": DAY.isoformat(), "note": "Letter by letter"}
    return {"words": words, **said, **others}


def check(version: FrameworkVersion, by: User, *codes: str, status: Wording = Wording.CONFIRMED) -> None:
    rows = [row.words for section in checked_sections(version) for row in section.rows]
    words = [one for one in rows if one.code in codes or not codes]
    check_wording(version=version, words=words, found=Finding(status, DAY, SOURCE), by=by)


def shown(client: Client, where: str) -> str:
    response = client.get(where)
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def test_words_of_a_published_version_are_confirmed_and_its_file_stays_what_it_was(
    admin: Client, wgll: FrameworkVersion, editor: User
) -> None:
    before, section = as_yaml(stored_document(wgll)), checked_sections(wgll)[0]
    assert address(wgll) in shown(admin, reverse("admin:frameworks_frameworkversion_change", args=[wgll.pk]))
    page = admin.get(address(wgll))
    whole = page.context["sections"][1]
    ticked = [row.words.key for row in section.rows[:3]]  # the summary and two indicators
    answered = admin.post(address(wgll), found(ticked, sections=[whole[0]]), follow=True)
    number = 3 + len(whole[1].rows)
    assert f"Noted as “Confirmed”: {number}." in answered.content.decode()
    assert as_yaml(stored_document(wgll)) == before
    assert progress_of(wgll).confirmed == number - 2 == WordingCheck.objects.filter(part="indicator").count()
    assert f"1 March 2026, {editor.name}, against {SOURCE}. Letter by letter" in shown(admin, address(wgll))
    assert section.rows[1].text not in shown(admin, address(wgll) + "?left")
    assert f'type="date" name="checked_on" value="{timezone.localdate().isoformat()}"' in shown(admin, address(wgll))
    line = AuditEvent.objects.get(event=AuditedEvent.FRAMEWORK_WORDING_CHECKED)
    assert (line.by, line.subject) == (
        editor, f"WGLL 2021-10: indicator: {number - 2}, summary of a section: 2 (Confirmed)",
    )  # fmt: skip


def test_readers_see_when_and_against_what_and_never_who(
    client: Client, wgll: FrameworkVersion, editor: User, digital_boards: FrameworkVersion
) -> None:
    check(wgll, editor, "WL-ICS-01", "well-led")
    client.force_login(User.objects.create_user("reader@board.example", "Reader"))
    page = shown(client, reverse("frameworks:version", args=["wgll", "2021-10"]))
    last = "confirmed against the published text, the last on 1 March 2026"
    assert f"1 of 143 indicators are {last}." in page
    assert f"1 of 7 summaries of success measures are {last}." in page
    assert page.count(f"Checked on 1 March 2026 against {SOURCE}.") == 2
    assert f"Checked on 1 March 2026 against {SOURCE}" in shown(
        client, reverse("frameworks:print_version", args=["wgll", "2021-10"])
    )
    assert editor.name not in page
    other = shown(client, reverse("frameworks:version", args=["digital-boards", "2020-07"]))
    assert "0 of 13 indicators are confirmed against the published text." in other


def test_a_check_holds_where_the_words_are_the_same_and_lapses_where_they_are_not(
    wgll: FrameworkVersion, editor: User
) -> None:
    check(wgll, editor)
    draft = draft_from(version=wgll, code="2027")
    assert progress_of(draft).confirmed == 143
    one = draft.indicators.get(code="WL-ICS-01")
    Indicator.objects.filter(pk=one.pk).update(text=f" {one.text}\n", guidance="Another hint.")
    assert progress_of(draft).confirmed == 143
    Indicator.objects.filter(pk=one.pk).update(text="Other words.")
    assert progress_of(draft).confirmed == 142
    check(draft, editor, "WL-ICS-01")
    publish(version=draft)
    assert (progress_of(wgll).confirmed, progress_of(draft).confirmed) == (143, 143)
    check(draft, editor, "WL-ICS-01", status=Wording.RECALLED)  # taken back: the later check counts
    assert (progress_of(wgll).confirmed, progress_of(draft).confirmed) == (143, 142)


def test_the_check_before_publishing_says_how_far_it_is_and_what_lapsed(
    admin: Client, wgll: FrameworkVersion, editor: User
) -> None:
    draft = draft_from(version=wgll, code="2027")
    Indicator.objects.filter(version=draft, code="WL-ICS-01").update(wording="confirmed", text="Other words.")
    page = shown(admin, reverse("admin:frameworks_frameworkversion_publish", args=[draft.pk]))
    assert "1 of 143 indicators are confirmed against the published text.</p>" in page
    doubts = [doubt.where for doubt in readiness(draft).doubts if "check them again" in doubt.message]
    assert doubts == ["Indicator WL-ICS-01"]
    check(draft, editor, "WL-ICS-01")
    assert not [doubt for doubt in readiness(draft).doubts if "check them again" in doubt.message]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"source": ""}, "Say which source you looked at."),
        ({"words": []}, "Tick the words that you looked at."),
        ({"checked_on": "2999-01-01"}, "That day is yet to come."),
        ({"status": ""}, "This field is required."),
        ({"words": ["indicator:WL-ICS-01:" + "0" * 64]}, "have been changed since you were shown them"),
    ],
)
def test_what_is_not_noted_says_why_and_keeps_what_was_given(
    changed: dict[str, Any], why: str, admin: Client, wgll: FrameworkVersion
) -> None:
    response = admin.post(address(wgll), found(keys(wgll, "WL-ICS-01")) | changed)
    page = response.content.decode()
    assert response.status_code == 422
    assert why in page
    assert "Letter by letter" in page
    ticked = f'value="{keys(wgll, "WL-ICS-01")[0]}" id="indicator-WL-ICS-01" checked'
    assert (ticked in page) is ("words" not in changed)
    assert not WordingCheck.objects.exists()


def test_only_those_who_may_note_checks_do(client: Client, editor: User, wgll: FrameworkVersion) -> None:
    editor.user_permissions.remove(Permission.objects.get(codename="add_wordingcheck"))
    client.force_login(editor)
    assert client.get(address(wgll)).status_code == 403
    assert client.post(address(wgll), found(keys(wgll, "WL-ICS-01"))).status_code == 403
    checks = reverse("admin:frameworks_wordingcheck_changelist")
    assert client.get(checks).status_code == 200
    assert client.get(reverse("admin:frameworks_wordingcheck_add")).status_code == 403


def test_the_page_takes_as_many_queries_for_a_big_framework_as_for_a_small_one(
    admin: Client, wgll: FrameworkVersion, digital_boards: FrameworkVersion, editor: User
) -> None:
    check(wgll, editor)
    admin.get(address(wgll))
    counts = []
    for version in (wgll, digital_boards):
        with CaptureQueriesContext(connection) as captured:
            admin.get(address(version))
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 14


def test_a_report_says_how_far_the_wording_is_checked_and_a_signed_one_stays(
    trust: Organisation, digital_boards: FrameworkVersion, editor: User
) -> None:
    round_ = make_round(trust, digital_boards, members=5, state="closed", answers=lambda member, indicator: 2)
    sign_off(by=lead_of(round_), round_=round_)
    signed = ReportVersion.objects.get().figures
    check(digital_boards, editor, "DB-Q1")
    said = reading.fact(board_report(results_for(round_)).method.facts, "Wording of the indicators")
    assert "1 indicator has been checked against the published text. The last of these checks was on 1 March" in said
    assert ReportVersion.objects.get().figures == signed
    assert "1 March 2026" not in str(signed)


def test_who_checked_is_their_own_data_and_goes_with_them(wgll: FrameworkVersion, editor: User, admin: Client) -> None:
    check(wgll, editor, "WL-ICS-01")
    assert my_data(editor)["Wordings of frameworks that you checked, newest first"] == [
        {
            "Framework": "What Good Looks Like",
            "Of": "Indicator WL-ICS-01",
            "What you found": "Confirmed",
            "When": "1 March 2026",
            "Against what": SOURCE,
            "What you noted": "",
        }
    ]
    other = User.objects.create_superuser("other@portal.example", "Other")
    editor.is_staff = False
    editor.save()
    anonymise(person=editor)
    admin.force_login(other)
    assert f"Former member {editor.pk}, against" in shown(admin, address(wgll))
