"""The report's figures as files: who gets them, what stays of a version, and that asking is written down."""

import csv
import io
import json
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from jsonschema import Draft202012Validator, FormatChecker

from assessments import actions
from assessments.choices import ActionStatus
from assessments.models import Action, Round
from frameworks.models import FrameworkVersion
from organisations.choices import AuditedEvent
from organisations.models import AuditEvent, Organisation
from reports.exports.document import SCHEMA_ID
from reports.exports.files import KINDS
from reports.signed.sign_off import sign_off
from tests.factories import lead_of, make_organisation, make_round

SUFFIXES = sorted(KINDS)


@pytest.fixture
def closed(trust: Organisation, digital_boards: FrameworkVersion) -> Round:
    return make_round(trust, digital_boards, members=5, state="closed", target=3, answers=lambda member, place: 2)


def figures(round_: Round, suffix: str) -> str:
    return reverse("reports:figures", args=[round_.pk, suffix])


def of_version(round_: Round, number: int, suffix: str) -> str:
    return reverse("reports:version_figures", args=[round_.pk, number, suffix])


def add_action(round_: Round) -> Action:
    section = round_.scope.all()[0].section
    return actions.add_action(
        by=lead_of(round_), round_=round_, section=section, planned=actions.Planned("Name a lead")
    )


def json_of(client: Client, address: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(client.get(address).content)
    return read


def schema_of(client: Client) -> Draft202012Validator:
    schema = json.loads(client.get(reverse("reports:figures_schema")).content)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_draft_is_a_download_that_is_not_kept_and_says_that_it_is_a_draft(
    lead: Client, closed: Round, suffix: str
) -> None:
    taken = lead.get(figures(closed, suffix))
    assert taken["Content-Type"] == KINDS[suffix].content_type
    assert taken["Content-Disposition"].startswith("attachment; filename=")
    assert taken["Content-Disposition"].endswith(f'-draft.{suffix}"')
    assert "no-store" in taken["Cache-Control"]


def test_each_file_says_that_it_is_a_draft(lead: Client, closed: Round) -> None:
    rows = list(csv.DictReader(io.StringIO(lead.get(figures(closed, "csv")).content.decode("utf-8-sig"))))
    assert {row["Report"] for row in rows} == {"Draft: not signed off"}
    assert json_of(lead, figures(closed, "json"))["about"]["is_draft"] is True
    book = openpyxl.load_workbook(io.BytesIO(lead.get(figures(closed, "xlsx")).content))
    assert all(page.oddHeader.right.text == "Draft: not signed off" for page in book)
    assert ["State of the report", "Draft: not signed off"] in [[cell.value for cell in row] for row in book["About"]]


def test_the_figures_of_a_version_stay_as_they_were_signed_off(lead: Client, closed: Round) -> None:
    action = add_action(closed)
    sign_off(by=lead_of(closed), round_=closed)
    kept = json_of(lead, figures(closed, "json"))
    assert kept["about"]["marking"].startswith("Version 1, signed off on ")
    assert [row["status"] for row in kept["actions"]] == ["Not started"]
    done = actions.Planned("Name a lead", status=ActionStatus.DONE)
    actions.change_action(by=lead_of(closed), action=action, revision=1, planned=done, note="")
    assert json_of(lead, figures(closed, "json")) == json_of(lead, of_version(closed, 1, "json")) == kept
    closed.refresh_from_db()
    actions.take_back_sign_off(by=lead_of(closed), round_=closed, reason="A name was wrong")
    draft = json_of(lead, figures(closed, "json"))
    assert (draft["about"]["is_draft"], draft["actions"][0]["status"]) == (True, "Done")
    assert json_of(lead, of_version(closed, 1, "json")) == kept


def test_the_json_is_what_the_published_schema_says(lead: Client, closed: Round, client: Client) -> None:
    add_action(closed)
    taken = lead.get(figures(closed, "json"))
    validator = schema_of(client)
    validator.validate(json.loads(taken.content))
    assert json.loads(taken.content)["schema"] == SCHEMA_ID
    assert taken["Link"] == f'<http://testserver{reverse("reports:figures_schema")}>; rel="describedby"'


def test_members_comments_can_be_left_out_of_a_draft_and_of_a_version(
    lead: Client, closed: Round, client: Client
) -> None:
    indicator = closed.indicators()[0]
    closed.publications.get().comments.create(indicator=indicator, text="Seen on the wards", is_in_report=True)
    for is_signed_off in (False, True):
        if is_signed_off:
            sign_off(by=lead_of(closed), round_=closed)
        everything, without = (lead.get(figures(closed, "json"), asked) for asked in ({}, {"comments": "no"}))
        schema_of(client).validate(json.loads(without.content))
        assert b"Seen on the wards" in everything.content
        assert b"Seen on the wards" not in without.content
        assert json.loads(without.content)["about"]["left_out"] == "Members' comments"
        assert without["Content-Disposition"].endswith('-without-comments.json"')
        book = openpyxl.load_workbook(io.BytesIO(lead.get(f"{figures(closed, 'xlsx')}?comments=no").content))
        assert ["Left out as asked", "Members' comments"] in [[cell.value for cell in row] for row in book["About"]]
        assert book["Comments chosen"].max_row == 1
    line = AuditEvent.objects.filter(event=AuditedEvent.REPORT_DOWNLOADED).latest("pk")
    assert line.subject.endswith("version 1: figures (XLSX) without members' comments")
    assert lead.get(figures(closed, "csv"), {"comments": "some"}).status_code == 404


def test_the_schema_is_for_everybody(db: None, client: Client) -> None:
    served = client.get(reverse("reports:figures_schema"))
    assert served["Content-Type"] == "application/schema+json"
    assert served.content == (settings.BASE_DIR / "docs" / "report-figures.schema.json").read_bytes()


def test_no_other_kind_of_file_exists(lead: Client, closed: Round) -> None:
    for address in (figures(closed, "ods"), of_version(closed, 1, "ods"), of_version(closed, 1, "csv")):
        assert lead.get(address).status_code == 404


def test_the_audit_trail_says_who_took_what(lead: Client, closed: Round) -> None:
    lead.get(figures(closed, "csv"))
    line = AuditEvent.objects.get(event=AuditedEvent.REPORT_DOWNLOADED)
    assert (line.by, line.organisation, line.subject) == (
        lead_of(closed), closed.organisation, f"{closed}: figures (CSV)",
    )  # fmt: skip


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_was_signed_off_is_read_and_not_worked_out_again(lead: Client, closed: Round, suffix: str) -> None:
    sign_off(by=lead_of(closed), round_=closed)
    with CaptureQueriesContext(connection) as queries:
        assert lead.get(figures(closed, suffix)).status_code == 200
    assert len(queries) <= 10


def test_a_draft_costs_as_many_queries_for_a_board_of_five_as_of_fifteen(
    digital_boards: FrameworkVersion, client: Client
) -> None:
    numbers = []
    for members in (5, 15):
        board = make_organisation(f"Board of {members} NHS Trust")
        round_ = make_round(board, digital_boards, members=members, state="closed", answers=lambda member, place: 2)
        client.force_login(lead_of(round_))
        client.get(figures(round_, "csv"))  # what a round asks is read once a process
        with CaptureQueriesContext(connection) as queries:
            assert client.get(figures(round_, "csv")).status_code == 200
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 20
