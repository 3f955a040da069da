"""A digital lead's pages through the client: from "Start a new round" to the results."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.choices import RoundState
from assessments.models import Round
from frameworks.models import FrameworkVersion
from organisations.choices import OrganisationKind
from organisations.models import Organisation, User
from tests.factories import answer, lead_of, make_lead, make_organisation, make_round, make_seat


@pytest.fixture
def lead(trust: Organisation, client: Client) -> User:
    person = make_lead(trust)
    client.force_login(person)
    return person


def page(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def round_url(name: str, round_: Round) -> str:
    return reverse(f"assessments:{name}", args=[round_.pk])


def new_round_url(trust: Organisation, version: FrameworkVersion) -> str:
    return reverse("assessments:new_round", args=[trust.ods_code, version.pk])


def terms(version: FrameworkVersion, **changes: Any) -> dict[str, Any]:
    closing = timezone.localdate() + dt.timedelta(days=10)
    posted = {
        "sections": [section.pk for section in version.sections.all()],
        "closing_on_day": closing.day,
        "closing_on_month": closing.month,
        "closing_on_year": closing.year,
        "target": "3",
        "minimum_group": "5",
        "reminder_days": ["7", "1"],
    }
    return posted | changes


def test_a_round_from_start_to_results(
    client: Client, lead: User, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    for _ in range(5):
        make_seat(trust)
    start = reverse("assessments:choose_framework", args=[trust.ods_code])
    rounds = reverse("assessments:dashboard", args=[trust.ods_code])
    assert rounds in page(client, reverse("assessments:home"))
    assert start in page(client, rounds)
    chosen = client.post(start, {"version": digital_boards.pk})
    assert chosen["Location"] == new_round_url(trust, digital_boards)
    seats = [seat.pk for seat in trust.seats.exclude(person=lead)]
    made = client.post(chosen["Location"], terms(digital_boards, seats=seats))
    round_ = Round.objects.get()
    assert made["Location"] == round_url("round", round_)
    assert "Ready to open." in page(client, round_url("round", round_))
    client.post(round_url("open", round_))
    for response in round_.responses.all():
        answer(response, lambda indicator: 3)
        actions.submit_response(response=response)
    assert "5 of 5 members have submitted" in page(client, round_url("round", round_))
    client.post(round_url("close", round_))
    html = page(client, round_url("round", round_))
    assert reverse("reports:results", args=[round_.pk]) in html
    assert client.get(reverse("reports:results", args=[round_.pk])).status_code == 200


def test_a_closing_date_in_the_past_or_impossible_is_refused_beside_the_field(
    client: Client, lead: User, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    url = new_round_url(trust, digital_boards)
    for changes, words in (
        ({"closing_on_year": 2020}, "The closing date must be today or later."),
        ({"closing_on_month": 13}, "Enter a real closing date"),
        ({"closing_on_day": "", "closing_on_month": "", "closing_on_year": ""}, "Enter the closing date."),
        ({"sections": []}, "Choose at least one of the themes."),
        ({"minimum_group": "2"}, "Select a valid choice"),
    ):
        answered = client.post(url, terms(digital_boards, **changes))
        html = answered.content.decode()
        assert answered.status_code == 422
        assert html.count(words) == 2, words
    assert not Round.objects.exists()


def test_a_second_round_is_refused_in_words(
    client: Client, lead: User, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    make_round(trust, digital_boards)
    answered = client.post(new_round_url(trust, digital_boards), terms(digital_boards))
    assert answered.status_code == 422
    assert "already under way" in answered.content.decode()
    start = reverse("assessments:choose_framework", args=[trust.ods_code])
    answered = client.post(start, {"version": digital_boards.pk})
    assert answered.status_code == 422
    assert answered.content.decode().count("already under way") == 3  # in the hint, the summary and beside the field


def test_an_icb_is_offered_only_what_asks_it_something(client: Client, frameworks: None) -> None:
    icb = make_organisation(kind=OrganisationKind.ICB)
    client.force_login(make_lead(icb))
    html = page(client, reverse("assessments:choose_framework", args=[icb.ods_code]))
    assert "89 indicators" in html
    assert "Digital Boards" not in html


def test_scope_and_terms_can_be_changed_while_it_is_a_draft(
    client: Client, lead: User, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    round_ = make_round(trust, digital_boards, state="draft", target=2)
    url = round_url("change_round", round_)
    assert 'value="2" selected' in page(client, url)
    first = digital_boards.sections.all()[0].pk
    client.post(url, terms(digital_boards, sections=[first], minimum_group="4"))
    round_.refresh_from_db()
    assert ([row.section_id for row in round_.scope.all()], round_.minimum_group) == ([first], 4)


def test_somebody_new_joins_board_and_round(
    client: Client, lead: User, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    round_ = make_round(trust, digital_boards)
    new = {"name": "Ada Quince", "email": "ada@board.example", "role": "chair"}
    client.post(round_url("new_member", round_), new)
    assert round_.responses.filter(person__email="ada@board.example").exists()
    again = client.post(round_url("new_member", round_), new)
    assert again.content.decode().count("Ada Quince already has a seat on this board.") == 2


def test_the_lead_sees_who_submitted_and_no_answer(
    client: Client, lead: User, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    round_ = make_round(trust, digital_boards, members=3)
    first, second, _ = round_.responses.order_by("pk")
    given = actions.GivenAnswer(round_.indicators()[0].pk, level=4, comment="Nobody must see this yet")
    actions.save_answers(response=first, answers=[given])
    answer(second, lambda indicator: 2)
    actions.submit_response(response=second)
    html = page(client, round_url("round", round_))
    assert "1 submitted, 1 started, 1 not started" in html
    assert "Nobody must see this yet" not in html


def test_closing_asks_about_unsubmitted_answers_only_when_there_are_any(
    client: Client, lead: User, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    round_ = make_round(trust, digital_boards, members=2)
    url = round_url("close", round_)
    assert "Count the answers" not in page(client, url)
    answer(round_.responses.all()[0], lambda indicator: 2)
    assert "Count the answers of the 1 who started but did not submit?" in page(client, url)
    assert client.post(url).status_code == 422
    client.post(url, {"count_unsubmitted": "yes"})
    round_.refresh_from_db()
    assert (round_.state, round_.unsubmitted_counted) == (RoundState.CLOSED, True)


def test_the_closing_date_moves_later_and_never_earlier(
    client: Client, lead: User, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    round_ = make_round(trust, digital_boards)
    earlier, later = round_.closing_on - dt.timedelta(days=1), round_.closing_on + dt.timedelta(days=1)
    for day, status in ((earlier, 422), (later, 302)):
        posted = {"closing_on_day": day.day, "closing_on_month": day.month, "closing_on_year": day.year}
        assert client.post(round_url("closing_date", round_), posted).status_code == status
    round_.refresh_from_db()
    assert round_.closing_on == later


def test_cancelling_asks_first(
    client: Client, lead: User, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    round_ = make_round(trust, digital_boards)
    page(client, round_url("cancel", round_))
    round_.refresh_from_db()
    assert round_.is_open
    client.post(round_url("cancel", round_))
    assert "This round was cancelled." in page(client, round_url("round", round_))


def test_a_move_that_the_state_forbids_is_refused_in_words(
    client: Client, lead: User, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    round_ = make_round(trust, digital_boards, state="closed")
    for name in ("open", "cancel", "close", "change_round"):
        posted = terms(digital_boards) if name == "change_round" else {}
        html = client.post(round_url(name, round_), posted, follow=True).content.decode()
        assert "it is closed." in html, name


def test_comments_are_read_without_names(
    client: Client, lead: User, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    round_ = make_round(trust, digital_boards, members=5)
    for response in round_.responses.select_related("person"):
        given = actions.GivenAnswer(round_.indicators()[0].pk, level=4, comment="<i>We saw this</i>")
        actions.save_answers(response=response, answers=[given])
        actions.submit_response(response=response)
    actions.close_round(by=lead_of(round_), round_=round_, count_unsubmitted=False)
    html = page(client, round_url("comments", round_))
    assert html.count("&lt;i&gt;We saw this&lt;/i&gt;") == 5
    assert not any(response.person.name in html for response in round_.responses.select_related("person"))


def test_queries_do_not_grow_with_members_or_rounds(
    client: Client, trust: Organisation, digital_boards: FrameworkVersion, wgll: FrameworkVersion
) -> None:
    counts = []
    lead = make_lead(trust)
    for version, members in ((digital_boards, 1), (wgll, 14)):
        round_ = make_round(trust, version, members=members)
        client.force_login(lead)
        found = []
        dashboard = reverse("assessments:dashboard", args=[trust.ods_code])
        for url in (reverse("assessments:home"), dashboard, round_url("round", round_)):
            with CaptureQueriesContext(connection) as captured:
                client.get(url)
            found.append(len(captured))
        counts.append(found)
    assert counts[0] == counts[1]
    assert max(counts[0][:2]) <= 10


def test_the_way_back_from_the_results_is_where_one_came_from(
    client: Client, lead: User, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    """A lead comes from the round; a member, to whom its page is closed, from their first page."""
    round_ = make_round(trust, digital_boards, state="closed", answers=lambda member, indicator: 2)
    back = f'<a class="nhsuk-back-link" href="{round_url("round", round_)}">'
    results = reverse("reports:results", args=[round_.pk])
    assert back in page(client, results)
    assert back in page(client, round_url("round_actions", round_))
    client.force_login(round_.responses.all()[0].person)
    assert back not in page(client, results)
