"""Signing off: the checks before it, the report that is kept, taking it back, and the versions that stay."""

import hashlib
import io
import json
import re
from functools import partial
from typing import Any

import pikepdf
import pypdf
import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.choices import AgreedBy, RoundState
from assessments.lifecycle import NotNow
from assessments.models import AgreedPosition, Round
from assessments.queries.board_actions import round_actions
from assessments.queries.results import results_for
from assessments.queries.sign_off import sign_off_checks
from frameworks.models import FrameworkVersion
from ground.append_only import AppendOnly
from organisations.choices import AuditedEvent
from organisations.models import AuditEvent, Organisation
from reports.database_guard import REFUSAL
from reports.models import ReportVersion, VersionPdf
from reports.pdf import archive, drawing
from reports.pdf.drawing import draw_waiting
from reports.signed.frozen import frozen
from reports.signed.proof import checksum, fingerprint
from reports.signed.sign_off import CHANGED, sign_off
from reports.signed.versions import report_of, versions_of
from tests.factories import answer, lead_of, make_organisation, make_round, make_seat
from tests.unit.reports.checker import complaints


@pytest.fixture
def closed(trust: Organisation, digital_boards: FrameworkVersion) -> Round:
    return make_round(trust, digital_boards, members=5, state="closed", answers=lambda member, indicator: 2)


@pytest.fixture
def lead(closed: Round, client: Client) -> Client:
    client.force_login(lead_of(closed))
    return client


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report that is drawn in no time, for tests that look at what becomes of it."""
    monkeypatch.setattr(drawing, "pdf_of", lambda html, tell: f"%PDF {html}".encode())
    monkeypatch.setattr(archive, "archive_copy", lambda pdf, figures, source: pdf + figures.content)


def now(round_: Round) -> Round:
    return Round.objects.select_related("organisation", "version__framework").get(pk=round_.pk)


def url(name: str, round_: Round, *more: int) -> str:
    return reverse(f"reports:{name}", args=[round_.pk, *more])


def words(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def press(client: Client, round_: Round, **more: Any) -> Any:
    """Sign off as the page does: what was looked at goes with it. Then the worker makes the file."""
    seen = re.search(r'name="seen" value="(\w{64})"', words(client, url("sign_off", round_)))
    answered = client.post(url("sign_off", round_), {"seen": seen[1] if seen else ""}, **more)
    draw_waiting()
    return answered


def signed(round_: Round) -> VersionPdf:
    """The file of the version that is signed off now."""
    version = sign_off(by=lead_of(round_), round_=now(round_))
    draw_waiting()
    return version.file


def pdf_pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def add(round_: Round, **planned: Any) -> None:
    section = round_.scope.all()[0].section
    given = actions.Planned("Name a lead", **planned)
    actions.add_action(by=lead_of(round_), round_=round_, section=section, planned=given)


# --- signing off ----------------------------------------------------------------------------------------------------


def test_the_kept_report_is_what_everybody_gets_from_then_on(lead: Client, closed: Round) -> None:
    answered = press(lead, closed)
    assert answered["Location"] == url("results", closed)
    version = ReportVersion.objects.get()
    pdf = bytes(version.file.content)
    assert (version.number, version.signed_off_by, version.file.sha256) == (
        1, lead_of(closed), hashlib.sha256(pdf).hexdigest(),
    )  # fmt: skip
    marking = f"Version 1, signed off on {timezone.localdate():%-d %B %Y}"
    pages = pdf_pages(pdf)
    assert all(marking in page for page in pages)
    assert not any("Draft" in page for page in pages)
    signed_off = now(closed)
    assert (signed_off.state, signed_off.signed_off_at) == (RoundState.SIGNED_OFF, version.signed_off_at)
    add(signed_off)
    for address in (url("report_pdf", closed), url("report_version", closed, 1)):
        taken = lead.get(address)
        assert taken.content == pdf
        assert taken["Content-Disposition"] == f'attachment; filename="{version.file_name}"'
    assert version.file_name.endswith("-version-1.pdf")
    page = words(lead, url("results", closed))
    assert marking in page
    assert version.file.sha256 in page
    assert version.reference in page
    assert version.reference in pages[-1]
    copy = lead.get(url("version_archive_copy", closed, 1)).content
    assert lead.get(url("report_pdf", closed), {"file": "archive"}).content == copy
    assert complaints(copy, "3a") == complaints(copy, "ua1") == []
    with pikepdf.open(io.BytesIO(copy)) as archived, archived.open_metadata() as metadata:
        ((name, attached),) = archived.attachments.items()
        taken = lead.get(reverse("reports:version_figures", args=[closed.pk, 1, "csv"]))
        assert attached.get_file().read_bytes() == taken.content
        assert name in taken["Content-Disposition"]
        assert metadata["dc:source"] == f"Report {version.reference}, SHA-256 {version.file.sha256}"
    assert checksum(version.export) in pages[-1].replace("\n", "").replace(" ", "")
    assert "/verify/" in pages[-1]


@pytest.mark.usefixtures("quick")
def test_the_figures_are_kept_beside_it(closed: Round) -> None:
    add(closed)
    version = sign_off(by=lead_of(closed), round_=closed)
    figures = ReportVersion.objects.get().figures
    assert figures == version.figures == json.loads(json.dumps(version.figures))
    assert figures["summary"]["overall_score"] == "2.0"
    assert figures["actions"][0]["table"]["rows"][0]["header"]["text"] == "Name a lead"
    assert figures["profile"]["chart"]["rows"][0]["score"] == "2"


@pytest.mark.parametrize("state", ["draft", "open"])
def test_a_round_that_is_not_closed_cannot_be_signed_off(
    trust: Organisation, digital_boards: FrameworkVersion, client: Client, state: str
) -> None:
    round_ = make_round(trust, digital_boards, state=state)
    client.force_login(lead_of(round_))
    for method in (client.get, client.post):
        assert method(url("sign_off", round_)).status_code == 403
    for act in (sign_off, actions.sign_off_round):
        with pytest.raises(NotNow, match="You cannot sign off this round"):
            act(by=lead_of(round_), round_=round_)
    assert not ReportVersion.objects.exists()


@pytest.mark.usefixtures("quick")
def test_only_leads_sign_off_and_only_readers_take_versions(lead: Client, closed: Round, client: Client) -> None:
    assert press(lead, closed).status_code == 302
    member, other = closed.responses.all()[0].person, make_seat(closed.organisation).person
    stranger = make_seat(make_organisation()).person
    for person, page, version in ((member, 403, 200), (other, 403, 403), (stranger, 404, 404)):
        client.force_login(person)
        for name in ("sign_off", "take_back_sign_off"):
            for method in (client.get, client.post):
                assert method(url(name, closed)).status_code == page
        assert client.get(url("report_version", closed, 1)).status_code == version
        assert client.get(url("report_version", closed, 2)).status_code == 404
    client.force_login(member)
    page_of_member = words(client, url("results", closed))
    assert url("sign_off", closed) not in page_of_member
    assert url("report_version", closed, 1) in page_of_member


@pytest.mark.usefixtures("quick")
def test_a_second_press_makes_no_second_version(lead: Client, closed: Round) -> None:
    for _ in range(2):
        answered = press(lead, closed, follow=True)
    assert "You cannot sign off this round: it is signed off." in answered.content.decode()
    assert ReportVersion.objects.count() == 1


def test_what_changed_since_it_was_looked_at_is_noticed(lead: Client, closed: Round) -> None:
    """The page is open in one tab, and an action is added in another; or the page was never looked at."""
    seen = fingerprint(report_of(closed))
    add(closed)
    for sent in ({"seen": seen}, {}):
        answered = lead.post(url("sign_off", closed), sent, follow=True)
        assert CHANGED in answered.content.decode()
        assert now(closed).is_closed
    assert not ReportVersion.objects.exists()
    assert not AuditEvent.objects.filter(event=AuditedEvent.ROUND_SIGNED_OFF).exists()
    with pytest.raises(NotNow, match=re.escape(CHANGED)):
        sign_off(by=lead_of(closed), round_=closed, seen=seen)


@pytest.mark.usefixtures("quick")
def test_until_its_file_is_made_pages_say_so(lead: Client, closed: Round) -> None:
    version = sign_off(by=lead_of(closed), round_=closed)
    assert "Version 1 is being made" in words(lead, url("results", closed))
    for address in (url("report_pdf", closed), url("report_version", closed, 1)):
        assert lead.get(address)["Location"] == url("drawing", closed, version.drawing.pk)
    assert "The report is being made" in words(lead, url("drawing", closed, version.drawing.pk))
    draw_waiting()
    assert lead.get(url("drawn_pdf", closed, version.drawing.pk), follow=True).content == bytes(version.file.content)
    assert "as it was signed off" in words(lead, url("drawing", closed, version.drawing.pk))
    assert "being made" not in words(lead, url("results", closed))


# --- taking it back -------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("quick")
def test_taking_back_needs_a_reason_and_keeps_it(lead: Client, closed: Round) -> None:
    sign_off(by=lead_of(closed), round_=closed)
    refused = lead.post(url("take_back_sign_off", closed), {"reason": " "})
    assert refused.content.decode().count("Enter why the sign-off is taken back.") == 2
    with pytest.raises(ValueError, match="reason"):
        actions.take_back_sign_off(by=lead_of(closed), round_=closed, reason=" ")
    assert now(closed).is_signed_off
    lead.post(url("take_back_sign_off", closed), {"reason": "A level was recorded wrongly."})
    after = now(closed)
    assert (after.state, after.signed_off_at) == (RoundState.CLOSED, None)
    (kept,) = after.reopenings.all()
    assert (kept.by, kept.was_signed_off, kept.reason) == (lead_of(closed), True, "A level was recorded wrongly.")
    page = words(lead, url("sign_off", closed))
    assert "A level was recorded wrongly." in page
    assert "Sign-off taken back" in page
    assert lead.get(url("take_back_sign_off", closed)).status_code == 403
    with pytest.raises(NotNow):
        actions.take_back_sign_off(by=lead_of(closed), round_=closed, reason="Again")


@pytest.mark.usefixtures("quick")
def test_signing_off_again_is_version_two_and_the_first_stays(lead: Client, closed: Round) -> None:
    first = signed(closed)
    actions.take_back_sign_off(by=lead_of(closed), round_=closed, reason="Wrong")
    assert b"Draft" not in lead.get(url("report_version", closed, 1)).content
    assert signed(closed).version.number == 2
    page = words(lead, url("results", closed))
    assert "Superseded by version 2" in page
    assert page.count("Superseded") == 1
    assert lead.get(url("report_version", closed, 1)).content == bytes(first.content)
    assert lead.get(url("report_version", closed, 2)).content == lead.get(url("report_pdf", closed)).content
    assert VersionPdf.objects.get(version__number=1).sha256 == first.sha256


@pytest.mark.usefixtures("quick")
def test_a_version_stays_readable_while_the_round_is_open_again(lead: Client, closed: Round) -> None:
    signed(closed)
    Round.objects.filter(pk=closed.pk).update(
        state=RoundState.OPEN, signed_off_at=None, closed_at=None, unsubmitted_counted=None
    )
    assert lead.get(url("report_version", closed, 1)).status_code == 200
    assert lead.get(url("results", closed)).status_code == 403


@pytest.mark.usefixtures("quick")
def test_a_version_and_its_file_are_never_changed_or_deleted(closed: Round) -> None:
    file = signed(closed)
    kept: list[tuple[Any, str]] = [(file, "content"), (file.version, "figures")]
    for row, field in kept:
        stored = type(row).objects.all()
        for attempt in (
            row.save,
            row.delete,
            stored.delete,
            partial(stored.update, **{field: b""}),
            partial(stored.bulk_update, [row], [field]),
            partial(stored.bulk_create, [row], update_conflicts=True, update_fields=[field], unique_fields=["pk"]),
            closed.report_versions.all().delete,
        ):
            with pytest.raises(AppendOnly):
                attempt()
    with pytest.raises(IntegrityError), transaction.atomic():
        VersionPdf.keep(file.version, b"another")
    assert bytes(VersionPdf.objects.get().content) == bytes(file.content)


SAME = "SELECT * FROM {table} WHERE id = {key}"
AROUND_THE_MODELS = [
    "UPDATE {table} SET {column} = {column}",
    "DELETE FROM {table} WHERE id = {key}",
    f"INSERT INTO {{table}} {SAME} ON CONFLICT (id) DO UPDATE SET {{column}} = NULL",
]
if connection.vendor == "sqlite":
    AROUND_THE_MODELS += [
        f"INSERT OR REPLACE INTO {{table}} {SAME}",
        # Under another key, but of the same version.
        "INSERT OR REPLACE INTO {table} (id, {rest}) SELECT id + 1, {rest} FROM {table} WHERE id = {key}",
        "UPDATE OR REPLACE {table} SET id = {key}",
    ]
else:
    AROUND_THE_MODELS.append("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table} CASCADE")


@pytest.mark.usefixtures("quick")
def test_nor_by_sql_that_goes_around_the_models(closed: Round) -> None:
    """The database refuses; a further version is added all the same, and what became of the first is read from it."""
    file = signed(closed)
    rows: list[tuple[Any, str]] = [(file, "content"), (file.version.archive_copy, "content"), (file.version, "figures")]
    for row, column in rows:
        rest = ", ".join(field.column for field in row._meta.concrete_fields if not field.primary_key)
        words = {"table": row._meta.db_table, "key": row.pk, "column": column, "rest": rest}
        before = models.QuerySet(type(row)).values().get()
        for statement in AROUND_THE_MODELS:
            with pytest.raises(IntegrityError, match=REFUSAL), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement.format(**words))
        assert models.QuerySet(type(row)).values().get() == before
    actions.take_back_sign_off(by=lead_of(closed), round_=now(closed), reason="Once more")
    assert signed(closed).version.number == 2
    assert versions_of(now(closed))[1].state == "Superseded by version 2"


@pytest.mark.usefixtures("quick")
def test_each_step_leaves_a_line(lead: Client, closed: Round) -> None:
    press(lead, closed)
    lead.get(url("report_pdf", closed))
    lead.get(url("report_version", closed, 1))
    lead.post(url("take_back_sign_off", closed), {"reason": "Not for the trail"})
    lines = closed.organisation.audit_events.order_by("pk").values_list("event", "subject")
    version = f"{closed}, version 1"
    assert list(lines)[-4:] == [
        (AuditedEvent.ROUND_SIGNED_OFF, str(closed)),
        (AuditedEvent.REPORT_DOWNLOADED, version),
        (AuditedEvent.REPORT_DOWNLOADED, version),
        (AuditedEvent.ROUND_SIGN_OFF_TAKEN_BACK, str(closed)),
    ]


# --- the checks -----------------------------------------------------------------------------------------------------


def outcomes(round_: Round) -> dict[str, tuple[bool, str]]:
    checks = sign_off_checks(results_for(round_), round_actions(round_))
    return {check.heading: (check.is_fine, check.outcome) for check in checks}


def test_the_checks_say_what_to_look_at(trust: Organisation, digital_boards: FrameworkVersion) -> None:
    round_ = make_round(trust, digital_boards, members=6)
    for response in list(round_.responses.order_by("pk"))[:4]:
        answer(response, lambda indicator: 2)
        actions.submit_response(response=response)
    actions.close_round(by=lead_of(round_), round_=round_, count_unsubmitted=False)
    round_ = now(round_)
    found = outcomes(round_)
    assert {heading: fine for heading, (fine, _) in found.items()} == {
        "Agreed positions": False,
        "Comments": True,
        "Actions": False,
        "Withheld figures": False,
        "Response": False,
    }
    assert found["Agreed positions"][1].startswith("Agreed on 0 of 13 indicators.")
    assert found["Withheld figures"][1].endswith("13 of 13 indicators.")
    assert found["Response"][1] == "4 of 6 members submitted."


def test_checks_are_in_order_when_all_is_done(closed: Round) -> None:
    add(closed)
    assert outcomes(closed)["Actions"] == (False, "1 from this round. Without an owner: 1. Without a due date: 1.")
    action = closed.actions.get()
    planned = actions.Planned(action.what, owner_role="chair", due_on=timezone.localdate())
    actions.change_action(by=lead_of(closed), action=action, revision=1, planned=planned)
    for indicator in closed.indicators():
        AgreedPosition.objects.create(
            round=closed, indicator=indicator, level=2, method=AgreedBy.DISCUSSION, agreed_on=timezone.localdate(),
            recorded_by=lead_of(closed), recorded_at=timezone.now(),
        )  # fmt: skip
    assert all(fine for fine, _ in outcomes(closed).values()), outcomes(closed)


def test_an_individual_framework_has_no_positions_and_can_be_signed_off(
    trust: Organisation, leadership: FrameworkVersion, client: Client
) -> None:
    round_ = make_round(trust, leadership, state="closed", answers=lambda member, indicator: 2)
    assert set(outcomes(round_)) == {"Actions", "Withheld figures", "Response"}
    client.force_login(lead_of(round_))
    assert client.get(url("sign_off", round_)).status_code == 200
    assert press(client, round_)["Location"] == url("results", round_)
    assert ReportVersion.objects.get().figures["sections"][0]["table"] is None


@pytest.mark.usefixtures("quick")
def test_queries_do_not_grow_with_members_or_versions(
    trust: Organisation, digital_boards: FrameworkVersion, wgll: FrameworkVersion, client: Client
) -> None:
    counts = []
    for version, members, versions in ((digital_boards, 5, 1), (wgll, 14, 3)):
        round_ = make_round(trust, version, members=members, state="closed", answers=lambda member, indicator: 2)
        client.force_login(lead_of(round_))
        for _ in range(versions):
            sign_off(by=lead_of(round_), round_=now(round_))
            actions.take_back_sign_off(by=lead_of(round_), round_=round_, reason="Again")
        found = []
        for address in (url("sign_off", round_), url("results", round_)):
            client.get(address)  # reads what the round asks, once a process
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            found.append(len(captured))
        counts.append(found)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 20, counts


def test_the_report_can_be_compared_with_itself(closed: Round) -> None:
    assert frozen(report_of(closed)) == frozen(report_of(now(closed)))
