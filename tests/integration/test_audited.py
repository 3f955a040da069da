"""What leaves a line in the audit trail, done as a person would do it; and that no line says too much."""

import json
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from assessments.models import Answer, Round
from frameworks.documents.document import FrameworkDocument
from frameworks.exchange.loader import load
from frameworks.models import FrameworkVersion
from organisations import sign_in_audit
from organisations.choices import AuditedEvent
from organisations.models import AuditEvent, Organisation, User
from reports.pdf.drawing import draw_waiting
from tests.factories import answer, lead_of, make_lead, make_organisation, make_round, make_seat, set_up_app
from tests.integration.test_sign_in import code_in


def lines(*events: AuditedEvent) -> list[AuditEvent]:
    """The lines of these kinds, oldest first."""
    return list(AuditEvent.objects.filter(event__in=events).order_by("pk"))


def sign_in_lines() -> list[tuple[str, Organisation | None, User | None, str, str | None]]:
    """Kind, organisation, by, subject and network address of everything about signing in, oldest first."""
    found = AuditEvent.objects.filter(event__startswith="sign_in.").order_by("pk")
    return [(line.event, line.organisation, line.by, line.subject, line.network_address) for line in found]


HERE = "127.0.0.1"


def test_signing_in_and_out(trust: Organisation, client: Client) -> None:
    person = make_seat(trust).person
    client.post(reverse("sign_in"), {"email": person.email.upper()})
    client.post(reverse("account_confirm_login_code"), {"code": "WRONG1"})
    client.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[0])})
    client.post(reverse("account_logout"))
    assert sign_in_lines() == [
        (AuditedEvent.SIGN_IN_CODE_SENT, None, person, "", HERE),
        (AuditedEvent.SIGN_IN_WRONG_CODE, None, person, "", HERE),
        (AuditedEvent.SIGNED_IN, trust, person, "e-mailed code", HERE),
        (AuditedEvent.SIGNED_OUT, trust, person, "", HERE),
    ]


def test_the_last_wrong_code_allowed_says_so(trust: Organisation, client: Client) -> None:
    client.post(reverse("sign_in"), {"email": make_seat(trust).person.email})
    for _ in range(9):
        client.post(reverse("account_confirm_login_code"), {"code": "WRONG1"})
    wrong = lines(AuditedEvent.SIGN_IN_WRONG_CODE)
    assert [line.subject for line in wrong] == [*[""] * (len(wrong) - 1), "the last attempt allowed"]


def test_the_address_of_a_stranger_is_not_stored(trust: Organisation, client: Client) -> None:
    client.post(reverse("sign_in"), {"email": "stranger@elsewhere.example"})
    client.post(reverse("account_confirm_login_code"), {"code": "WRONG1"})
    assert sign_in_lines() == [
        (AuditedEvent.SIGN_IN_REFUSED, None, None, sign_in_audit.NOBODY, HERE),
        (AuditedEvent.SIGN_IN_WRONG_CODE, None, None, sign_in_audit.NOBODY, HERE),
    ]


def test_somebody_whose_access_is_off_is_refused_by_name(trust: Organisation, client: Client) -> None:
    person = make_seat(trust).person
    User.objects.filter(pk=person.pk).update(is_active=False)
    client.post(reverse("sign_in"), {"email": person.email})
    assert sign_in_lines() == [(AuditedEvent.SIGN_IN_REFUSED, None, person, sign_in_audit.SWITCHED_OFF, HERE)]


def test_a_lock_out_leaves_one_line_while_it_lasts(trust: Organisation) -> None:
    person = make_seat(trust).person
    for email in (person.email, "stranger@elsewhere.example"):
        assert [Client().post(reverse("sign_in"), {"email": email}).status_code for _ in range(8)][5:] == [429] * 3
    assert [row for row in sign_in_lines() if row[0] == AuditedEvent.SIGN_IN_LOCKED_OUT] == [
        (AuditedEvent.SIGN_IN_LOCKED_OUT, None, person, "", HERE),
        (AuditedEvent.SIGN_IN_LOCKED_OUT, None, None, sign_in_audit.NOBODY, HERE),
    ]


def test_lock_outs_of_made_up_addresses_do_not_flood_the_trail(db: None) -> None:
    for number in range(90):  # the limit of one network address is 60
        Client().post(reverse("sign_in"), {"email": f"p{number}@elsewhere.example"})
    assert len(lines(AuditedEvent.SIGN_IN_LOCKED_OUT)) == 20


def test_lock_outs_of_codes_and_second_factors_name_the_person(trust: Organisation, client: Client) -> None:
    lead = make_lead(trust)
    set_up_app(lead)
    enter(client, lead)
    for _ in range(11):
        answered = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert answered.status_code == 429
    assert [line.by for line in lines(AuditedEvent.SIGN_IN_LOCKED_OUT)] == [lead]


@pytest.mark.parametrize(("where", "said"), [("everywhere", "everywhere"), ("others", "everywhere but here")])
def test_signing_out_of_other_sessions(trust: Organisation, client: Client, where: str, said: str) -> None:
    person = make_seat(trust).person
    enter(client, person)
    client.post(reverse("usersessions_list"), {"where": where})
    found = lines(AuditedEvent.SESSIONS_ENDED)
    assert [(line.organisation, line.by, line.subject) for line in found] == [(trust, person, said)]


@pytest.mark.urls("tests.demo_urls")
def test_a_demonstration_button_is_told_apart(trust: Organisation, client: Client) -> None:
    person = make_seat(trust).person
    client.post(f"/sign-in/as/{person.pk}/")
    assert sign_in_lines() == [(AuditedEvent.SIGNED_IN_DEMO, trust, person, "", HERE)]


class Factor:
    """As django-allauth's authenticators look to a receiver."""

    type = "totp"


def test_second_factors(trust: Organisation) -> None:
    person = make_seat(trust).person
    signal: dict[str, Any] = {"sender": None, "signal": None, "request": HttpRequest(), "user": person}
    sign_in_audit.second_factor_added(authenticator=Factor, **signal)
    sign_in_audit.second_factor_failed(**signal)
    sign_in_audit.second_factor_renewed(authenticator=Factor, **signal)
    sign_in_audit.second_factor_removed(authenticator=Factor, **signal)
    found = AuditEvent.objects.filter(by=person).order_by("pk")
    assert [(line.event, line.subject, line.network_address) for line in found] == [
        (AuditedEvent.SECOND_FACTOR_ADDED, "authenticator app", None),
        (AuditedEvent.SIGN_IN_WRONG_FACTOR, "", None),
        (AuditedEvent.SECOND_FACTOR_RENEWED, "authenticator app", None),
        (AuditedEvent.SECOND_FACTOR_REMOVED, "authenticator app", None),
    ]


def test_a_request_from_nowhere_has_no_address() -> None:
    request = HttpRequest()
    assert sign_in_audit.network_address(None) is None
    assert sign_in_audit.network_address(request) is None
    request.META["REMOTE_ADDR"] = "not an address"
    assert sign_in_audit.network_address(request) is None
    request.META["REMOTE_ADDR"] = "fe80::1%eth0"
    assert sign_in_audit.network_address(request) == "fe80::1"


def test_reading_comments_and_taking_the_report(
    trust: Organisation, digital_boards: FrameworkVersion, client: Client
) -> None:
    round_ = make_round(trust, digital_boards, state="closed", answers=lambda member, indicator: 2)
    client.force_login(lead_of(round_))
    client.get(reverse("assessments:comments", args=[round_.pk]))
    take_report(client, round_)
    found = lines(AuditedEvent.COMMENTS_READ, AuditedEvent.REPORT_DOWNLOADED)
    assert [(line.event, line.organisation, line.by, line.subject) for line in found] == [
        (AuditedEvent.COMMENTS_READ, trust, lead_of(round_), str(round_)),
        (AuditedEvent.REPORT_DOWNLOADED, trust, lead_of(round_), str(round_)),
    ]


def test_a_refused_download_leaves_no_line(trust: Organisation, wgll: FrameworkVersion, client: Client) -> None:
    round_ = make_round(trust, wgll)
    client.force_login(lead_of(round_))
    assert client.get(reverse("reports:report_pdf", args=[round_.pk])).status_code == 403
    assert lines(AuditedEvent.REPORT_DOWNLOADED) == []


# --- frameworks and the admin ---------------------------------------------------------------------------------------


@pytest.fixture
def staff(db: None) -> User:
    return User.objects.create_superuser("staff@portal.example", "Content Admin")


@pytest.fixture
def content_admin(staff: User, client: Client) -> Client:
    client.force_login(staff)
    return client


def test_framework_loads_and_moves_belong_to_no_organisation(
    content_admin: Client, documents: list[FrameworkDocument]
) -> None:
    load(next(document for document in documents if document.framework.code == "wgll"))
    wgll = FrameworkVersion.objects.get()
    content_admin.post(reverse("admin:frameworks_frameworkversion_retire", args=[wgll.pk]))
    found = AuditEvent.objects.filter(subject=str(wgll)).order_by("pk")
    assert [(line.event, line.organisation, line.by and line.by.name) for line in found] == [
        (AuditedEvent.FRAMEWORK_LOADED, None, None),
        (AuditedEvent.FRAMEWORK_PUBLISHED, None, None),
        (AuditedEvent.FRAMEWORK_RETIRED, None, "Content Admin"),
    ]


def test_loading_an_unchanged_framework_leaves_no_line(frameworks: None) -> None:
    before = AuditEvent.objects.count()
    call_command("load_frameworks", verbosity=0)
    assert AuditEvent.objects.count() == before


def seat_inline(**fields: object) -> dict[str, object]:
    numbered = {f"seats-0-{name}": value for name, value in fields.items()}
    return {"seats-TOTAL_FORMS": 1, "seats-INITIAL_FORMS": 1 if fields.get("id") else 0, **numbered}


def test_what_a_content_admin_does_to_a_person_and_their_seat(
    content_admin: Client, staff: User, trust: Organisation
) -> None:
    said = {"name": "Ada Okafor", "email": "ada@board.example", "is_active": "on"}
    seat = {"organisation": trust.pk, "role": "chair", "starts_on": "2026-01-01"}
    assert content_admin.post(reverse("admin:organisations_user_add"), said | seat_inline(**seat)).status_code == 302
    person = User.objects.get(email="ada@board.example")
    held = {"id": person.seats.get().pk, "person": person.pk, **seat, "role": "partner"}
    page = reverse("admin:organisations_user_change", args=[person.pk])
    assert content_admin.post(page, said | {"name": "Ada Obi"} | seat_inline(**held)).status_code == 302
    found = AuditEvent.objects.filter(by=staff).exclude(event=AuditedEvent.SIGNED_IN).order_by("pk")
    assert sorted((line.event, str(line.organisation or ""), line.subject) for line in found) == [
        (AuditedEvent.ADMIN_ADDED, "", "user: Ada Okafor (seat added)"),
        (AuditedEvent.ADMIN_ADDED, trust.name, "seat: Ada Okafor, Chair"),
        (AuditedEvent.ADMIN_CHANGED, "", "user: Ada Obi (Name, seat changed)"),
        (AuditedEvent.ADMIN_CHANGED, trust.name, "seat: Ada Obi, Partner member"),
    ]


def test_an_organisation_changed_by_a_content_admin_is_in_its_own_trail(
    content_admin: Client, trust: Organisation
) -> None:
    inlines = {f"icb_memberships-{count}_FORMS": 0 for count in ("TOTAL", "INITIAL")}
    said = {
        "ods_code": trust.ods_code,
        "name": trust.name,
        "kind": "trust",
        "care_settings": ", ".join(trust.care_settings),
        "retention_years": 8,
    }
    page = reverse("admin:organisations_organisation_change", args=[trust.pk])
    assert content_admin.post(page, said | inlines).status_code == 302
    line = AuditEvent.objects.get(organisation=trust)
    assert line.event == AuditedEvent.ADMIN_CHANGED
    assert line.subject.startswith(f"organisation: {trust.name} (")
    assert "Years until former members are anonymised" in line.subject
    assert "Care settings" not in line.subject
    content_admin.post(page, said | inlines | {"care_settings": "acute, mental health; "})
    trust.refresh_from_db()
    assert trust.care_settings == ["acute", "mental health"]


def test_nothing_is_deleted_many_at_a_time(content_admin: Client, staff: User) -> None:
    address = reverse("admin:organisations_user_changelist")
    victim = User.objects.create_user("victim@board.example", "Victim")
    everything = {"action": "delete_selected", "_selected_action": [victim.pk], "post": "yes"}
    content_admin.post(address, everything)
    assert User.objects.filter(pk=victim.pk).exists()
    content_admin.post(reverse("admin:organisations_user_delete", args=[victim.pk]), {"post": "yes"})
    assert [line.subject for line in lines(AuditedEvent.ADMIN_DELETED)] == ["user: Victim"]


def test_content_admins_read_the_whole_trail_and_write_none_of_it(client: Client, trust: Organisation) -> None:
    staff = User.objects.create_user("plain@portal.example", "Plain Staff", is_staff=True)
    client.force_login(staff)
    make_seat(trust, "Somebody Seated")
    line = AuditEvent.objects.get(event=AuditedEvent.SEAT_TAKEN)
    listed = client.get(reverse("admin:organisations_auditevent_changelist"), {"q": trust.ods_code})
    assert "Somebody Seated" in listed.content.decode()
    page = reverse("admin:organisations_auditevent_change", args=[line.pk])
    assert client.get(page).status_code == 200
    assert client.post(page, {"subject": "Nobody"}).status_code == 403
    assert (
        client.post(reverse("admin:organisations_auditevent_delete", args=[line.pk]), {"post": "yes"}).status_code
        == 403
    )
    assert client.get(reverse("admin:organisations_auditevent_add")).status_code == 403
    assert AuditEvent.objects.get(pk=line.pk).subject == line.subject


# --- what the trail never says --------------------------------------------------------------------------------------

SECRET = "A-comment-that-nobody-may-read"


def test_after_a_whole_round_no_line_holds_a_comment_an_answer_or_a_code(
    trust: Organisation, digital_boards: FrameworkVersion, client: Client
) -> None:
    """All through the pages: five members sign in by code, answer, comment, reopen, change, submit; the lead closes."""
    round_ = make_round(trust, digital_boards, members=5, state="draft")
    codes = set()
    client.force_login(lead_of(round_))
    client.post(reverse("assessments:open", args=[round_.pk]))
    for response in round_.responses.all():
        member = Client()
        codes.add(enter(member, response.person))
        before = len(all_lines())
        answer_all(member, round_, response.pk, level="2")
        answer_all(member, round_, response.pk, level="3")
        assert len(all_lines()) == before, "answering, and changing an answer, leaves no line"
        for step in ("submit", "reopen", "submit"):
            member.post(reverse(f"assessments:{step}", args=[response.pk]))
    client.post(reverse("assessments:close", args=[round_.pk]))
    assert SECRET in client.get(reverse("assessments:comments", args=[round_.pk])).content.decode()
    take_report(client, round_)
    client.post(reverse("assessments:my_data_download"))
    assert Answer.objects.filter(level=3).exclude(comment="").exists()
    assert_silent(round_, codes)


def take_report(client: Client, round_: Round) -> None:
    """Have a draft made, and download it."""
    made = client.post(reverse("reports:report_pdf", args=[round_.pk]))["Location"]
    draw_waiting()
    assert client.get(made.rstrip("/") + ".pdf").content.startswith(b"%PDF")


def enter(client: Client, person: User) -> str:
    """Sign in by e-mailed code; the code."""
    client.post(reverse("sign_in"), {"email": person.email})
    code = code_in(mail.outbox[-1])
    assert client.post(reverse("account_confirm_login_code"), {"code": code}).status_code == 302
    return code


def answer_all(client: Client, round_: Round, response_id: int, *, level: str) -> None:
    """Choose `level` and write a comment wherever the pages ask."""
    for section in round_.sections.all():
        page = reverse("assessments:section", args=[response_id, section.code])
        asked = [question.asked.indicator_id for question in client.get(page).context["section"].questions]
        typed = {f"answer-{pk}": level for pk in asked}
        typed |= {f"{kind}-{pk}": SECRET for pk in asked for kind in ("comment", "note")}
        assert client.post(page, typed).status_code == 302


def all_lines() -> list[Any]:
    return list(AuditEvent.objects.values())


def assert_silent(round_: Round, codes: set[str]) -> None:
    """No words of a comment, level or indicator, and no code, in any column of any line."""
    trail = json.dumps(all_lines(), default=str)
    scale = round_.version.scale
    said = {SECRET, *codes, *scale.levels.values_list("label", flat=True)}
    said |= {text for row in round_.indicators().values_list("code", "text") for text in row}
    assert {words for words in said if words in trail} == set()
    assert len(trail) > 1000


def test_saving_an_answer_through_the_action_leaves_no_line(trust: Organisation, wgll: FrameworkVersion) -> None:
    round_ = make_round(trust, wgll, members=3)
    before = AuditEvent.objects.count()
    answer(round_.responses.all()[0], lambda indicator: 4)
    assert AuditEvent.objects.count() == before


def test_people_of_another_board_leave_no_line_here(trust: Organisation, client: Client) -> None:
    stranger = make_seat(make_organisation()).person
    client.post(reverse("sign_in"), {"email": stranger.email})
    assert not AuditEvent.objects.filter(organisation=trust).exists()
