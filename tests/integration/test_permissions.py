"""Every page against everybody: signed out, strangers (another board, the ICB, staff), a member, a chair, the lead.

The table names every URL of the project's own apps; a new one without a row fails `test_every_page_has_a_row`.
"""

from collections.abc import Iterable, Iterator
from copy import copy
from functools import cached_property

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from assessments.models import Action, Round
from assessments.queries import content, last_time
from frameworks.models import FrameworkVersion
from organisations.choices import OrganisationKind, SeatRole
from organisations.models import IcbMembership, Organisation, User
from reports.pdf.drawing import ask_for
from tests.conftest import SignedInFully
from tests.factories import LONG_AGO, lead_of, make_lead, make_organisation, make_round, make_seat

pytestmark = pytest.mark.once  # who may do what is decided in Python

OK, SEE_OTHER, NO, NONE, BAD_METHOD = 200, 302, 403, 404, 405

# name → (arguments, GET as stranger, member, lead, POST as stranger, member, lead); the round is open.
ROUND, RESPONSE, MEMBERSHIP = ("round",), ("response",), ("round", "response")
OPEN_ROUND = {
    "assessments:home": ((), OK, OK, OK, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "assessments:my_data": ((), OK, OK, OK, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "assessments:my_data_download": ((), BAD_METHOD, BAD_METHOD, BAD_METHOD, OK, OK, OK),
    "audit_trail": (("ods_code",), NONE, NO, OK, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "audit_export": (("ods_code",), NONE, NO, OK, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "assessments:response": (RESPONSE, NONE, OK, NONE, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "assessments:section": (("response", "section"), NONE, OK, NONE, NONE, SEE_OTHER, NONE),
    "act_for": ((), OK, OK, OK, 422, 422, 422),
    "people": (("ods_code",), NONE, NO, OK, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "add_person": (("ods_code",), NONE, NO, OK, NONE, NO, 422),
    "add_people": (("ods_code",), NONE, NO, OK, NONE, NO, 422),
    "change_seat": (("ods_code", "seat"), NONE, NO, OK, NONE, NO, 422),
    "end_seat": (("ods_code", "seat"), NONE, NO, OK, NONE, NO, 422),
    "assessments:answers": (RESPONSE, NONE, OK, NONE, NONE, 400, NONE),
    "assessments:check": (RESPONSE, NONE, OK, NONE, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "assessments:submit": (RESPONSE, BAD_METHOD, BAD_METHOD, BAD_METHOD, NONE, SEE_OTHER, NONE),
    "assessments:reopen": (RESPONSE, BAD_METHOD, BAD_METHOD, BAD_METHOD, NONE, SEE_OTHER, NONE),
    # Nothing is submitted yet, so there is no receipt.
    "assessments:receipt": (RESPONSE, NONE, SEE_OTHER, NONE, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "assessments:answers_csv": (RESPONSE, NONE, OK, NONE, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    # Self-assessments alone can be shared, and this round is about the organisation: tests/integration/test_sharing.py.
    "assessments:share": (RESPONSE, NONE, NONE, NONE, NONE, NONE, NONE),
    "assessments:take_back": (RESPONSE, BAD_METHOD, BAD_METHOD, BAD_METHOD, NONE, NONE, NONE),
    "assessments:shared": (RESPONSE, NONE, NONE, NONE, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "reports:my_trend": (RESPONSE, NONE, NONE, NONE, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "reports:appraisal": (RESPONSE, NONE, NONE, NONE, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "reports:appraisal_pdf": (RESPONSE, NONE, NONE, NONE, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "assessments:dashboard": (("ods_code",), NONE, NO, OK, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "assessments:choose_framework": (("ods_code",), NONE, NO, OK, NONE, NO, 422),
    "assessments:new_round": (("ods_code", "version"), NONE, NO, OK, NONE, NO, 422),
    "assessments:answer": (ROUND, NONE, SEE_OTHER, NONE, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "assessments:round": (ROUND, NONE, NO, OK, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "assessments:change_round": (ROUND, NONE, NO, OK, NONE, NO, 422),
    "assessments:members": (ROUND, NONE, NO, OK, NONE, NO, 422),
    "assessments:new_member": (ROUND, NONE, NO, OK, NONE, NO, 422),
    "assessments:remove_member": (MEMBERSHIP, BAD_METHOD, BAD_METHOD, BAD_METHOD, NONE, NO, SEE_OTHER),
    "assessments:chase": (ROUND, NONE, NO, OK, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "assessments:remind_all": (ROUND, NONE, NO, OK, NONE, NO, SEE_OTHER),
    "assessments:remind": (MEMBERSHIP, NONE, NO, OK, NONE, NO, SEE_OTHER),
    "assessments:send_again": (MEMBERSHIP, BAD_METHOD, BAD_METHOD, BAD_METHOD, NONE, NO, SEE_OTHER),
    "assessments:open": (ROUND, BAD_METHOD, BAD_METHOD, BAD_METHOD, NONE, NO, SEE_OTHER),
    "assessments:closing_date": (ROUND, NONE, NO, OK, NONE, NO, 422),
    "assessments:close": (ROUND, NONE, NO, OK, NONE, NO, SEE_OTHER),
    "assessments:cancel": (ROUND, NONE, NO, OK, NONE, NO, SEE_OTHER),
    "assessments:comments": (ROUND, NONE, NO, NO, NONE, NO, NO),
    "assessments:reopen_round": (ROUND, NONE, NO, OK, NONE, NO, SEE_OTHER),
    "reports:indicators": (ROUND, NONE, NO, NO, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "assessments:as_last_time": (ROUND, NONE, NO, NO, NONE, NO, NO),
    # Everybody on the board reads its actions; leads alone add and change them.
    "assessments:actions": (("ods_code",), NONE, OK, OK, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "assessments:actions_csv": (("ods_code",), NONE, OK, OK, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "assessments:actions_calendar": (("ods_code",), NONE, OK, OK, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "assessments:action": (("action",), NONE, OK, OK, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "assessments:change_action": (("action",), NONE, NO, OK, NONE, NO, 422),
    "assessments:discussion": (ROUND, NONE, NO, NO, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "assessments:discuss": (("round", "indicator"), NONE, NO, NO, NONE, NO, NO),
    "assessments:withdraw_agreement": (("round", "indicator"), NONE, NO, NO, NONE, NO, NO),
    "assessments:accept_medians": (ROUND, NONE, NO, NO, NONE, NO, NO),
    "reports:agenda": (ROUND, NONE, NO, NO, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "assessments:round_actions": (ROUND, NONE, NO, NO, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "assessments:new_action": (ROUND, NONE, NO, NO, NONE, NO, NO),
    "reports:sign_off": (ROUND, NONE, NO, NO, NONE, NO, NO),
    "reports:take_back_sign_off": (ROUND, NONE, NO, NO, NONE, NO, NO),
    "reports:report_version": (("round", "number"), NONE, NONE, NONE, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "reports:version_archive_copy": (("round", "number"), NONE, NONE, NONE, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "reports:board_report": (ROUND, NONE, NO, NO, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "reports:cover": (ROUND, NONE, NO, NO, NONE, NO, NO),
    "reports:usual_cover": (("ods_code",), NONE, NO, OK, NONE, NO, SEE_OTHER),
    "reports:look": (("ods_code",), NONE, NO, OK, NONE, NO, SEE_OTHER),
    # No logo has been uploaded: tests/integration/test_look.py.
    "reports:logo": (("ods_code",), NONE, NO, NONE, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "reports:results": (ROUND, NONE, NO, NO, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "reports:figures": (("round", "suffix"), NONE, NO, NO, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "reports:version_figures": (("round", "number", "suffix"), NONE, NONE, NONE, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "reports:report_pdf": (ROUND, NONE, NO, NO, NONE, NO, NO),
    "reports:drawing": (("round", "drawing"), NONE, NO, NO, NONE, NO, NO),
    "reports:drawn_pdf": (("round", "drawing"), NONE, NO, NO, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "reports:side_by_side": (ROUND, NONE, NO, NO, NONE, NO, NO),
    "reports:take_back_release": (ROUND, BAD_METHOD, BAD_METHOD, BAD_METHOD, NONE, NO, NO),
    "reports:my_answers_pdf": (RESPONSE, NONE, OK, NONE, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "mfa_index": ((), OK, OK, OK, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    # Leads have an app already, members have no second factor, and nobody has a passkey or recovery codes.
    "mfa_activate_totp": ((), SEE_OTHER, OK, SEE_OTHER, SEE_OTHER, OK, SEE_OTHER),
    "mfa_deactivate_totp": ((), OK, NONE, OK, SEE_OTHER, NONE, SEE_OTHER),
    "mfa_add_webauthn": ((), OK, OK, OK, OK, OK, OK),
    "mfa_remove_webauthn": (("passkey",), NONE, NONE, NONE, NONE, NONE, NONE),
    "mfa_reauthenticate": ((), OK, NO, OK, OK, NO, OK),
    "account_reauthenticate": ((), OK, NO, OK, OK, NO, OK),
    "mfa_reauthenticate_webauthn": ((), SEE_OTHER, NO, SEE_OTHER, SEE_OTHER, NO, SEE_OTHER),
    "mfa_view_recovery_codes": ((), NONE, NONE, NONE, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "mfa_download_recovery_codes": ((), NONE, NONE, NONE, NONE, NONE, NONE),
    "mfa_generate_recovery_codes": ((), OK, OK, OK, SEE_OTHER, OK, SEE_OTHER),
    "usersessions_list": ((), OK, OK, OK, SEE_OTHER, SEE_OTHER, SEE_OTHER),
    "frameworks:list": ((), OK, OK, OK, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "frameworks:current_version": (("framework",), OK, OK, OK, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "frameworks:version": (("framework", "version_code"), OK, OK, OK, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "frameworks:changes": (("framework", "version_code"), NONE, NONE, NONE, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "frameworks:compare_variants": (("framework", "version_code"), OK, OK, OK, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "frameworks:print_version": (("framework", "version_code"), OK, OK, OK, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "frameworks:crosswalk": (("framework", "version_code"), OK, OK, OK, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    # No other version is asked for.
    "frameworks:crosswalk_file": (("framework", "version_code"), 422, 422, 422, BAD_METHOD, BAD_METHOD, BAD_METHOD),
    "assessments:preview": (("version", "variant", "section"), NONE, NONE, NONE, NONE, NONE, NONE),
    "assessments:paper_form": (("version", "variant"), NONE, NONE, NONE, BAD_METHOD, BAD_METHOD, BAD_METHOD),
}
# Once it is closed, members and the lead read the results.
CLOSED_ROUND = {
    "assessments:round_actions": (NONE, OK, OK),
    "assessments:discussion": (NONE, NO, OK),
    "assessments:discuss": (NONE, NO, OK),
    "assessments:withdraw_agreement": (NONE, NO, OK),
    "assessments:accept_medians": (NONE, NO, OK),
    "reports:agenda": (NONE, NO, OK),
    "assessments:new_action": (NONE, NO, OK),
    "assessments:change_action": (NONE, NO, OK),
    "reports:sign_off": (NONE, NO, OK),
    "reports:take_back_sign_off": (NONE, NO, NO),
    "assessments:comments": (NONE, NO, OK),
    "assessments:reopen_round": (NONE, NO, OK),
    "reports:indicators": (NONE, OK, OK),
    "assessments:as_last_time": (NONE, NO, OK),
    "reports:board_report": (NONE, OK, OK),
    "reports:cover": (NONE, NO, OK),
    "reports:side_by_side": (NONE, NO, OK),
    "reports:results": (NONE, OK, OK),
    "reports:report_pdf": (NONE, OK, OK),
    "reports:figures": (NONE, OK, OK),
    "reports:drawing": (NONE, OK, OK),
    "reports:drawn_pdf": (NONE, SEE_OTHER, SEE_OTHER),
    "assessments:response": (NONE, OK, NONE),
    "assessments:check": (NONE, OK, NONE),
    "assessments:receipt": (NONE, OK, NONE),
    "assessments:answers_csv": (NONE, OK, NONE),
    "reports:my_answers_pdf": (NONE, OK, NONE),
    "assessments:section": (NONE, SEE_OTHER, NONE),
    "assessments:round": (NONE, NO, OK),
    "assessments:chase": (NONE, NO, OK),
    "assessments:remind_all": (NONE, NO, OK),
    "assessments:remind": (NONE, NO, OK),
}
FOR_CONTENT_ADMINS = {"assessments:preview", "assessments:paper_form"}  # tests/integration/test_framework_preview.py
OPEN_TO_ALL = {
    "account_confirm_login_code",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_request_login_code",
    "account_signup",
    "healthz",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "reports:figures_schema",
    "reports:verify",
    "session_left",
    "sign_in",
}
COLUMNS = ("stranger", "member", "lead")


def expected_of(name: str, column: str) -> list[int]:
    """Status of GET and of POST, while the round is open."""
    _, *statuses = OPEN_ROUND[name]
    return statuses[COLUMNS.index(column) :: len(COLUMNS)]


class Scene:
    """Two boards; the second has a round under way."""

    def __init__(self, round_: Round) -> None:
        self.round, self.lead = round_, lead_of(round_)
        self.response = round_.responses.order_by("pk")[0]
        self.people: dict[str, User] = {
            "stranger": make_lead(make_organisation("Elsewhere NHS Trust")),
            "member": self.response.person,
            "lead": self.lead,
        }

    @cached_property
    def arguments(self) -> dict[str, object]:
        """What fits an argument of that name. An action and a draft are there, as after a round was opened again."""
        version, section = self.round.version, self.round.scope.all()[0].section
        of_round = {"organisation": self.round.organisation, "round": self.round, "section": section}
        return {
            "action": Action.objects.create(**of_round, made_at=self.round.started_at).pk,
            "drawing": ask_for(round_=self.round, html="a draft", file_name="draft.pdf").pk,
            "number": 1,
            "suffix": "xlsx",
            "round": self.round.pk,
            "response": self.response.pk,
            "indicator": version.indicators.all()[0].code,
            "section": version.sections.all()[0].code,
            "ods_code": self.round.organisation.ods_code,
            "version": version.pk,
            "variant": "organisation",
            "seat": self.response.seat_id,
            "framework": version.framework.code,
            "version_code": version.code,
            "passkey": 1,
        }

    def url(self, name: str) -> str:
        return reverse(name, args=[self.arguments[argument] for argument in OPEN_ROUND[name][0]])

    def statuses(self, person: User, *methods: str, names: Iterable[str]) -> dict[str, list[int]]:
        """Page → the status that `person` gets by each method. Whatever one request did is undone before the next."""
        client = SignedInFully()
        client.force_login(person)
        return {name: [_status(client, method, self.url(name)) for method in methods] for name in names}


def _status(client: Client, method: str, url: str) -> int:
    signed_in = copy(client.cookies)  # a page may give another session, which is undone as well
    with transaction.atomic():
        status: int = getattr(client, method)(url).status_code
        transaction.set_rollback(True)
    client.cookies = signed_in
    content.forget()
    last_time.forget()
    return status


@pytest.fixture
def scene(trust: Organisation, wgll: FrameworkVersion) -> Scene:
    return Scene(make_round(trust, wgll, members=2))


@pytest.mark.parametrize("column", COLUMNS)
def test_open_round(scene: Scene, column: str) -> None:
    found = scene.statuses(scene.people[column], "get", "post", names=OPEN_ROUND)
    assert found == {name: expected_of(name, column) for name in OPEN_ROUND}


def test_a_lead_of_the_icb_and_staff_without_a_seat_are_strangers(scene: Scene) -> None:
    """The trust's ICB has no key to the trust, and neither has a content admin."""
    icb = make_organisation("NHS Fenwick Integrated Care Board", kind=OrganisationKind.ICB)
    IcbMembership.objects.create(trust=scene.round.organisation, icb=icb, starts_on=LONG_AGO)
    staff = User.objects.create_user("content@admin.example", "Content Admin", is_staff=True)
    for person, names in ((make_lead(icb), set(OPEN_ROUND)), (staff, set(OPEN_ROUND) - FOR_CONTENT_ADMINS)):
        found = scene.statuses(person, "get", "post", names=names)
        assert found == {name: expected_of(name, "stranger") for name in names}, person


def test_a_chair_who_is_not_in_the_round_is_a_member_without_a_response(scene: Scene) -> None:
    chair = make_seat(scene.round.organisation, role=SeatRole.CHAIR).person
    own = {name for name in OPEN_ROUND if OPEN_ROUND[name][0][:1] == RESPONSE or name == "assessments:answer"}
    found = scene.statuses(chair, "get", "post", names=OPEN_ROUND)
    assert found == {name: expected_of(name, "stranger" if name in own else "member") for name in OPEN_ROUND}


@pytest.fixture
def closed(trust: Organisation, digital_boards: FrameworkVersion) -> Scene:
    return Scene(make_round(trust, digital_boards, state="closed", answers=lambda member, indicator: 2))


@pytest.mark.parametrize("column", COLUMNS)
def test_closed_round(closed: Scene, column: str) -> None:
    found = closed.statuses(closed.people[column], "get", names=CLOSED_ROUND)
    assert found == {name: [statuses[COLUMNS.index(column)]] for name, statuses in CLOSED_ROUND.items()}


@pytest.mark.parametrize("name", OPEN_ROUND)
def test_signed_out_people_are_sent_to_sign_in(scene: Scene, client: Client, name: str) -> None:
    for answer in (client.get(scene.url(name)), client.post(scene.url(name))):
        assert answer.status_code == SEE_OTHER
        assert answer["Location"].startswith(reverse("sign_in"))


def test_a_refusal_says_why_in_words(scene: Scene, client: Client) -> None:
    client.force_login(scene.people["member"])
    page = client.get(scene.url("assessments:round"))
    assert "Only a digital lead of Fenwick Hospitals NHS Trust can run its rounds." in page.content.decode()


def test_a_lead_whose_seat_has_ended_reaches_nothing(scene: Scene, client: Client) -> None:
    scene.lead.seats.update(ends_on="2020-02-01")
    client.force_login(scene.lead)
    assert client.get(scene.url("assessments:round")).status_code == NONE


def test_a_member_of_one_round_cannot_use_another_response(scene: Scene, client: Client) -> None:
    other = scene.round.responses.order_by("pk")[1]
    client.force_login(scene.people["member"])
    for name in ("response", "check"):
        assert client.get(reverse(f"assessments:{name}", args=[other.pk])).status_code == NONE


def test_a_response_of_another_round_cannot_be_removed_through_mine(
    scene: Scene, client: Client, wgll: FrameworkVersion
) -> None:
    other = make_round(make_organisation(), wgll, state="draft").responses.all()[0]
    client.force_login(scene.lead)
    url = reverse("assessments:remove_member", args=[scene.round.pk, other.pk])
    assert client.post(url).status_code == NONE
    other.refresh_from_db()


def test_every_page_has_a_row() -> None:
    named = set(_names(get_resolver()))
    assert named == set(OPEN_ROUND) | OPEN_TO_ALL


def _names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace == "admin":
                continue
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _names(entry, inner)
        elif isinstance(entry, URLPattern):
            assert entry.name, f"{entry.pattern} has no name"
            yield f"{namespace}{entry.name}"
