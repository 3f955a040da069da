"""What stops a round being signed off or asks to look again."""

from django.test import Client
from django.utils import timezone

from assessments import actions
from assessments.choices import AgreedBy
from assessments.models import AgreedPosition, Round
from assessments.queries.board_actions import round_actions
from assessments.queries.results import results_for
from assessments.queries.sign_off import sign_off_checks
from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from reports.models import ReportVersion
from tests.factories import answer, lead_of, make_round
from tests.integration.sign_off.acts import add, now, press, url


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
