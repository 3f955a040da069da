"""Taking a sign-off back, and the versions that stay whatever comes after."""

from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test import Client

from assessments import actions
from assessments.choices import RoundState
from assessments.lifecycle import NotNow
from assessments.models import Round
from ground.append_only import AppendOnly
from reports.database_guard import REFUSAL
from reports.models import VersionPdf
from reports.signed.frozen import frozen
from reports.signed.sign_off import sign_off
from reports.signed.versions import report_of, versions_of
from tests.factories import lead_of
from tests.integration.sign_off.acts import now, signed, url, words


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


def test_the_report_can_be_compared_with_itself(closed: Round) -> None:
    assert frozen(report_of(closed)) == frozen(report_of(now(closed)))
