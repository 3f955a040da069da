"""Taking a leaver out: nothing that names them is left in any table; what the board said stays."""

import datetime as dt
import io
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from assessments.models import Answer, Round
from assessments.queries.results import results_for
from frameworks.models import FrameworkVersion
from organisations.anonymising import StillHere, anonymise
from organisations.audit import record
from organisations.choices import AuditedEvent
from organisations.models import AuditEvent, Organisation, Seat, User
from organisations.redaction import redacted
from organisations.retention import Applied, apply_retention, due_on
from tests.factories import make_organisation, make_round, make_seat

NAME, EMAIL, OLD_NAME = "Élise D'Arcy-“Quine”", "elise.darcy@board.example", "Élise Maiden-Name"


def everything_stored() -> str:
    """The text of every column of every table, as the database has it."""
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            rows += [f"{table}: {row!r}" for row in cursor.fetchall()]
    return "\n".join(rows)


def words_left(*words: str) -> list[str]:
    """Stored rows that hold one of `words`, as text or as JSON writes it."""
    forms = [form.casefold() for word in words for form in (word, ascii(word)[1:-1], repr(word)[1:-1])]
    return [row for row in everything_stored().splitlines() if any(form in row.casefold() for form in forms)]


def leave(person: User, on: dt.date | None = None) -> None:
    person.seats.update(ends_on=on or timezone.localdate() - dt.timedelta(days=1))


@pytest.fixture
def board(trust: Organisation, digital_boards: FrameworkVersion) -> Round:
    return make_round(
        trust, digital_boards, state="closed", members=5, answers=lambda member, indicator: member % 4 + 1
    )


@pytest.fixture
def leaver(board: Round, client: Client) -> User:
    """Somebody who has left traces everywhere that a person can."""
    person = board.responses.all()[0].person
    content_admin = User.objects.create_superuser("staff@portal.example", "Content Admin")
    client.force_login(content_admin)
    User.objects.filter(pk=person.pk).update(name=OLD_NAME, email=EMAIL)
    person.refresh_from_db()
    rename_in_admin(client, person, OLD_NAME)
    rename_in_admin(client, person, NAME)
    Client().force_login(person)
    EmailAddress.objects.create(user=person, email=EMAIL, verified=True, primary=True)
    record(AuditedEvent.SEAT_TAKEN, organisation=board.organisation, by=None, subject=f"{NAME}, Chair")
    record(AuditedEvent.SEAT_TAKEN, organisation=board.organisation, by=None, subject=f"{OLD_NAME}, Chair")
    record(AuditedEvent.SIGN_IN_REFUSED, organisation=None, by=person, subject=EMAIL, network_address="203.0.113.9")
    leave(person)
    person.refresh_from_db()
    return person


def rename_in_admin(admin: Client, person: User, name: str) -> None:
    seat = person.seats.get()
    fields = {"id": seat.pk, "person": person.pk, "organisation": seat.organisation_id, "role": "chair"}
    inline = {f"seats-0-{field}": value for field, value in fields.items()} | {"seats-0-starts_on": seat.starts_on}
    said = {"name": name, "email": EMAIL, "is_active": "on", "seats-TOTAL_FORMS": 1, "seats-INITIAL_FORMS": 1}
    assert admin.post(f"/admin/organisations/user/{person.pk}/change/", said | inline).status_code == 302
    if seat.role == "chair":
        Seat.objects.filter(pk=seat.pk).update(role="partner")


def test_nothing_that_names_a_leaver_is_left_in_any_table(leaver: User) -> None:
    traces = words_left(NAME, EMAIL, OLD_NAME)
    for table in ("organisations_user", "organisations_auditevent", "django_admin_log", "account_emailaddress"):
        assert any(row.startswith(table) for row in traces), f"the test leaves no trace in {table}"
    anonymise(person=leaver)
    assert words_left(NAME, EMAIL, OLD_NAME, "203.0.113.9") == []


def test_a_leaver_becomes_a_number_and_cannot_come_in(leaver: User) -> None:
    assert Session.objects.filter(pk__in=sessions_of(leaver)).exists()
    anonymise(person=leaver)
    leaver.refresh_from_db()
    assert (leaver.name, leaver.is_active) == (f"Former member {leaver.pk}", False)
    assert leaver.email == f"former-member-{leaver.pk}@anonymised.invalid"
    assert not leaver.has_usable_password()
    assert sessions_of(leaver) == []
    assert Session.objects.exists(), "sessions of others stay"


def sessions_of(person: User) -> list[str]:
    found = [row for row in Session.objects.all() if row.get_decoded().get("_auth_user_id") == str(person.pk)]
    return [row.pk for row in found]


def test_answers_comments_and_results_stay(board: Round, leaver: User) -> None:
    Answer.objects.filter(response__person=leaver).update(comment="For the board")
    before, answers = results_for(board), sorted(Answer.objects.values_list("pk", "level", "comment"))
    anonymise(person=leaver)
    assert results_for(board) == before
    assert sorted(Answer.objects.values_list("pk", "level", "comment")) == answers


def test_the_trail_keeps_what_happened_and_says_that_it_was_touched(board: Round, leaver: User) -> None:
    before = set(AuditEvent.objects.values_list("pk", "at", "event", "organisation", "by"))
    anonymise(person=leaver)
    lines = AuditEvent.objects.exclude(event=AuditedEvent.PERSON_ANONYMISED)
    assert set(lines.values_list("pk", "at", "event", "organisation", "by")) == before
    assert lines.filter(subject=f"Former member {leaver.pk}, Chair").count() == 2
    said = AuditEvent.objects.get(event=AuditedEvent.PERSON_ANONYMISED)
    assert (said.organisation, said.subject) == (board.organisation, f"Former member {leaver.pk}")


def test_other_people_and_other_words_stay_as_they_are(trust: Organisation) -> None:
    ann, joanna = make_seat(trust, "Ann Lee").person, make_seat(trust, "Joann Leeson").person
    record(AuditedEvent.ROUND_STARTED, organisation=trust, by=joanna, subject="Leeds", network_address="203.0.113.9")
    leave(ann)
    anonymise(person=ann)
    subjects = set(AuditEvent.objects.values_list("subject", flat=True))
    assert {"Joann Leeson, Non-executive director", "Leeds"} <= subjects
    assert AuditEvent.objects.filter(network_address="203.0.113.9").exists()
    joanna.refresh_from_db()
    assert joanna.is_active


def test_the_lines_of_a_namesake_do_not_become_those_of_the_leaver(trust: Organisation) -> None:
    leaver, namesake = make_seat(trust, "John Smith").person, make_seat(make_organisation(), "john smith").person
    leave(leaver)
    anonymise(person=leaver)
    subjects = AuditEvent.objects.filter(event=AuditedEvent.SEAT_TAKEN).values_list("subject", flat=True)
    assert set(subjects) == {"(name removed), Non-executive director"}
    namesake.refresh_from_db()
    assert namesake.name == "john smith"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee, Chair", "X, Chair"),
        ("ANN LEE", "X"),
        ("Joann Lee and Ann Leeson", "Joann Lee and Ann Leeson"),
        ("user: Ann Lee (Name)", "user: X (Name)"),
        ("a.lee@b.example.", "X."),
        ("", ""),
    ],
)
def test_whole_names_are_replaced_in_whatever_case(text: str, expected: str) -> None:
    assert redacted(text, ["Ann Lee", "a.lee@b.example"], "X") == expected


def test_a_name_that_is_part_of_a_former_one_leaves_nothing_behind() -> None:
    assert redacted("Ann Lee Jones, Chair; Ann Lee", ["Ann Lee", "Ann Lee Jones"], "X") == "X, Chair; X"


# --- who can be taken out ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("starts", "ends"), [(-9, None), (-9, 0), (-9, 5), (5, None)])
def test_not_while_a_seat_is_held_or_to_come(trust: Organisation, starts: int, ends: int | None) -> None:
    today = timezone.localdate()
    person = make_seat(trust).person
    days = [today + dt.timedelta(days=number) if number is not None else None for number in (starts, ends)]
    person.seats.update(starts_on=days[0], ends_on=days[1])
    with pytest.raises(StillHere, match="holds a seat on the board of Fenwick"):
        anonymise(person=person)


@pytest.mark.parametrize("flag", ["is_staff", "is_superuser"])
def test_not_a_content_admin(db: None, flag: str) -> None:
    person = User.objects.create_user("staff@portal.example", "Staff")
    setattr(person, flag, True)
    person.save()
    with pytest.raises(StillHere, match="content admin"):
        anonymise(person=person)


# --- the commands -----------------------------------------------------------------------------------------------------


def run(*arguments: str, **options: Any) -> str:
    said = io.StringIO()
    call_command(*arguments, stdout=said, **options)
    return said.getvalue()


def test_a_dry_run_says_what_would_happen_and_does_nothing(leaver: User) -> None:
    before = everything_stored()
    said = run("anonymise_person", EMAIL.upper(), "--dry-run")
    assert f"{NAME} <{EMAIL}> would become Former member {leaver.pk}." in said
    assert "would clear: 1 sessions" in said
    assert "would clear: 1 email addresses" in said
    assert everything_stored() == before


def test_the_command_can_be_run_twice(leaver: User) -> None:
    assert f"is now Former member {leaver.pk}." in run("anonymise_person", EMAIL)
    after = everything_stored()
    assert "nothing to do" in run("anonymise_person", EMAIL)
    run("anonymise_person", f"former-member-{leaver.pk}@anonymised.invalid")
    assert everything_stored() == after


def test_the_command_refuses_in_words(trust: Organisation) -> None:
    with pytest.raises(CommandError, match="End it first"):
        run("anonymise_person", make_seat(trust).person.email)


# --- retention --------------------------------------------------------------------------------------------------------

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("seats", "due"),
    [
        # years that the organisation keeps names, and the last day in the seat there
        ([(6, dt.date(2020, 11, 21))], True),
        ([(6, dt.date(2020, 11, 22))], False),
        ([(6, dt.date(2026, 11, 1))], False),
        ([(6, None)], False),
        ([(6, dt.date(2027, 1, 1))], False),
        ([(2, dt.date(2020, 11, 21)), (6, dt.date(2010, 1, 1))], True),
        ([(2, dt.date(2024, 11, 21)), (6, dt.date(2010, 1, 1))], False),  # the longest period counts …
        ([(1, dt.date(2010, 1, 1)), (1, None)], False),  # … and so does a seat that is still held
        ([(1, dt.date(2024, 2, 29))], True),
        ([], False),
    ],
)
def test_who_is_due(db: None, seats: list[tuple[int, dt.date | None]], due: bool) -> None:
    person = User.objects.create_user("member@board.example", "Member")
    for years, ends_on in seats:
        organisation = make_organisation()
        Organisation.objects.filter(pk=organisation.pk).update(retention_years=years)
        person.seats.create(organisation=organisation, role="chair", starts_on=dt.date(2000, 1, 1), ends_on=ends_on)
    assert [former.person for former in due_on(TODAY)] == ([person] if due else [])


def test_content_admins_are_never_due(trust: Organisation) -> None:
    person = make_seat(trust).person
    leave(person, dt.date(2020, 1, 2))
    assert len(due_on(dt.date(2040, 1, 1))) == 1
    User.objects.filter(pk=person.pk).update(is_staff=True)
    assert due_on(dt.date(2040, 1, 1)) == []


def test_retention_anonymises_and_clears_old_addresses(trust: Organisation) -> None:
    now = timezone.now()
    gone, here = make_seat(trust, "Long Gone").person, make_seat(trust, "Still Here").person
    leave(gone, dt.date(2020, 1, 2))
    for days in (364, 366):
        at = now - dt.timedelta(days=days)
        record(
            AuditedEvent.SIGNED_IN,
            organisation=trust,
            by=here,
            subject="",
            at=at,
            network_address=f"203.0.113.{days - 300}",
        )
    Organisation.objects.update(retention_years=1)
    said = run("apply_retention", "--dry-run")
    assert "Long Gone <" in said
    assert "1 people would be anonymised, 1 network addresses would be cleared." in said
    assert words_left("Long Gone", "203.0.113.66")
    said = run("apply_retention")
    assert "1 people anonymised, 1 network addresses cleared." in said
    assert "Long Gone" not in said
    assert words_left("Long Gone", "203.0.113.66") == []
    assert words_left("Still Here", "203.0.113.64")
    assert AuditEvent.objects.filter(event=AuditedEvent.ADDRESSES_CLEARED).count() == 1
    assert apply_retention(now=now) == Applied((), (), 0)


def test_one_failure_keeps_nobody_else_here(
    trust: Organisation, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    people = [make_seat(trust, f"Gone Long Ago {number}").person for number in range(3)]
    for person in people:
        leave(person, dt.date(2020, 1, 2))

    def refuse_the_second(*, person: User) -> None:
        if person == people[1]:
            raise RuntimeError(person.name)
        anonymise(person=person)

    monkeypatch.setattr("organisations.retention.anonymise", refuse_the_second)
    with pytest.raises(CommandError, match=rf"^1 people could not .*: id {people[1].pk}\.$"):
        run("apply_retention")
    left = User.objects.filter(name__startswith="Gone Long Ago").values_list("name", flat=True)
    assert list(left) == ["Gone Long Ago 1"]
    assert f"Person {people[1].pk} could not be anonymised: RuntimeError" in caplog.text
    assert "Gone Long Ago" not in caplog.text
