"""What a person can take away: all that is held about them, and nothing about anybody else."""

import json
from typing import Any

from allauth.account.models import EmailAddress
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments import actions
from assessments.models import Answer
from assessments.scoring.types import NonScore
from frameworks.models import FrameworkVersion
from organisations.choices import AuditedEvent
from organisations.models import AuditEvent, Organisation, User
from organisations.personal_data import ALLAUTH
from tests.factories import Choice, answer, lead_of, make_lead, make_organisation, make_round, make_seat


def download(client: Client, person: User) -> dict[str, Any]:
    client.force_login(person)
    page = client.post(reverse("assessments:my_data_download"))
    assert page["Content-Disposition"].startswith('attachment; filename="my-data-')
    held = json.loads(page.content)
    assert isinstance(held, dict)
    return held


def test_everything_of_mine_is_in_it(trust: Organisation, wgll: FrameworkVersion, client: Client) -> None:
    round_ = make_round(trust, wgll)
    response = round_.responses.all()[0]
    choices: list[Choice] = [4, NonScore.CANNOT_JUDGE, None]
    answer(response, lambda indicator: choices[indicator % 3])
    Answer.objects.filter(response=response, level=4).update(comment="Zoë wrote this")
    held = download(client, response.person)
    assert held["You"]["Name"] == response.person.name
    assert held["You"]["E-mail address"] == response.person.email
    assert held["Your seats"] == [
        {
            "Organisation": trust.name,
            "Role": "Non-executive director",
            "Digital lead": "no",
            "From": "1 January 2020",
            "To": "",
        }
    ]
    (mine,) = held["Your responses"]
    assert (mine["Organisation"], mine["State"], mine["Submitted"]) == (trust.name, "Started", "")
    assert len(mine["Answers"]) == response.answers.count() == 63
    given = {(row["Your answer"], row["Your comment for the board"]) for row in mine["Answers"]}
    level, cannot_judge = str(wgll.scale.levels.get(value=4)), wgll.scale.non_scores.get(code=NonScore.CANNOT_JUDGE)
    assert given == {(level, "Zoë wrote this"), (cannot_judge.label, "")}
    assert "your answers" in held["About this file"]


def test_actions_that_i_own_and_what_i_wrote_about_them_are_in_it(
    trust: Organisation, digital_boards: FrameworkVersion, client: Client
) -> None:
    round_ = make_round(trust, digital_boards, state="closed")
    lead, owner = lead_of(round_), round_.responses.all()[0].person
    section = round_.scope.all()[0].section
    planned = actions.Planned("Name a lead", owner=owner, risk="BAF 4")
    action = actions.add_action(by=lead, round_=round_, section=section, planned=planned)
    actions.change_action(by=lead, action=action, revision=1, planned=planned, note="We met")
    (owned,) = download(client, owner)["Actions that you own"]
    assert (owned["What is to be done"], owned["Risk"], owned["Status"]) == ("Name a lead", "BAF 4", "Not started")
    held = download(client, lead)
    assert held["Actions that you own"] == []
    assert [line["What you wrote"] for line in held["What you wrote in the history of actions"]] == ["We met"]


def test_what_i_did_is_in_it(trust: Organisation, wgll: FrameworkVersion, client: Client) -> None:
    round_ = make_round(trust, wgll)
    held = download(client, lead_of(round_))
    done = [(row["What"], row["Organisation"], row["Details"]) for row in held["What you did, newest first"]]
    assert ("Round opened", trust.name, str(round_)) in done
    assert held["Rounds that you started"][0]["Round"] == str(round_)


def test_a_download_is_in_the_trail_of_no_organisation(trust: Organisation, client: Client) -> None:
    person = make_seat(trust).person
    download(client, person)
    line = AuditEvent.objects.get(event=AuditedEvent.OWN_DATA_DOWNLOADED)
    assert (line.organisation, line.by) == (None, person)


def test_nobody_else_is_in_it(trust: Organisation, wgll: FrameworkVersion, client: Client) -> None:
    """Neither for a member, nor for a lead or a content admin, who did things to other people."""
    round_ = make_round(trust, wgll, state="draft", members=3)
    lead = lead_of(round_)
    client.force_login(lead)
    removed = round_.responses.all()[0]
    client.post(reverse("assessments:remove_member", args=[round_.pk, removed.pk]))
    new = {"name": "Somebody New", "email": "new@board.example", "role": "chair"}
    client.post(reverse("assessments:new_member", args=[round_.pk]), new)
    client.post(reverse("assessments:open", args=[round_.pk]))
    for response in round_.responses.all():
        answer(response, lambda indicator: 3)
        response.answers.update(comment=f"Words of {response.person.pk}.")
    staff = User.objects.create_superuser("staff@portal.example", "Content Admin")
    client.force_login(staff)
    client.post(reverse("admin:organisations_user_delete", args=[make_person().pk]), {"post": "yes"})
    for person in User.objects.all():
        text = json.dumps(download(client, person), ensure_ascii=False)
        for other in User.objects.exclude(pk=person.pk):
            for theirs in (other.name, other.email, f"Words of {other.pk}."):
                assert f'{theirs}"' not in text, (person, theirs)
                assert f"{theirs}," not in text, (person, theirs)
        assert "Forgotten Person" not in text


def make_person() -> User:
    return User.objects.create_user("forgotten@board.example", "Forgotten Person")


def test_lines_about_others_keep_when_and_what(trust: Organisation, client: Client) -> None:
    lead = make_lead(trust)
    seated = make_seat(trust)
    AuditEvent.objects.create(
        at=seated.person.date_joined, event=AuditedEvent.SEAT_TAKEN, organisation=trust, by=lead, subject="Name"
    )
    held = download(client, lead)
    (line,) = (row for row in held["What you did, newest first"] if row["What"] == "Seat taken")
    assert line["Details"] == "(about somebody else)"


def test_every_row_that_points_at_a_person_is_in_it() -> None:
    """A new model with a foreign key to people fails here until somebody decides what the download says of it."""
    pointing = {relation.related_model for relation in User._meta.related_objects}
    labels = {model._meta.label for model in pointing if isinstance(model, type) and issubclass(model, Model)}
    ours = {
        "organisations.Seat",
        "organisations.AuditEvent",
        "organisations.User",
        "assessments.Action",
        "assessments.Response",
        "assessments.Round",
        "assessments.Notice",
        "admin.LogEntry",
        "frameworks.WordingChange",
        "frameworks.WordingCheck",
    }
    through = {"organisations.User_groups", "organisations.User_user_permissions"}
    assert labels - through <= ours | set(ALLAUTH)


def test_what_django_allauth_holds_is_in_it(trust: Organisation, client: Client) -> None:
    person = make_seat(trust).person
    EmailAddress.objects.create(user=person, email="second@board.example", verified=True)
    held = download(client, person)
    assert {"Email": "second@board.example", "Verified": "yes", "Primary": "no"} in held["E-mail addresses"]


def test_the_number_of_queries_does_not_grow(trust: Organisation, wgll: FrameworkVersion, client: Client) -> None:
    person = make_seat(trust).person
    counts = []
    for rounds in (1, 3):
        for _ in range(rounds):
            organisation = make_organisation()
            person.seats.create(organisation=organisation, role="partner", starts_on="2020-01-01")
            round_ = make_round(organisation, wgll, members=1, state="draft")
            response = round_.responses.get()
            type(response).objects.filter(pk=response.pk).update(person=person)
        client.force_login(person)
        with CaptureQueriesContext(connection) as queries:
            client.post(reverse("assessments:my_data_download"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_page_says_what_is_held(trust: Organisation, wgll: FrameworkVersion, client: Client) -> None:
    round_ = make_round(trust, wgll)
    response = round_.responses.all()[0]
    answer(response, lambda indicator: 4)
    client.force_login(response.person)
    page = client.get(reverse("assessments:my_data")).content.decode()
    for words in (response.person.email, f"Non-executive director, {trust.name}, from 1 January 2020", ">94<"):
        assert words in page
    assert reverse("assessments:my_data") in client.get("/").content.decode()
