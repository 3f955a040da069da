"""From the last question to the board's result: what a card says, checking, and the board's answers beside mine."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments import actions
from assessments.models import Response, Round
from assessments.queries.content import content_of
from assessments.scoring.types import NonScore
from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from tests.factories import answer, lead_of, make_round, submit_all
from tests.integration.as_member import page, url

SECTION = "shared-purpose"  # two indicators


def close(round_: Round) -> None:
    actions.close_round(by=lead_of(round_), round_=round_, count_unsubmitted=False)


# --- my assessments -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answered", "said", "button"),
    [
        (0, "13 questions, about 5 minutes.", "Start answering"),
        (4, "Not submitted yet. 4 of 13 questions answered, about 3 minutes to go.", "Go on answering"),
        (10, "Not submitted yet. 10 of 13 questions answered, about 1 minute to go.", "Go on answering"),
        (13, "Not submitted yet. All 13 questions are answered.", "Check and submit my answers"),
    ],
)
def test_a_card_says_how_much_is_left(
    client: Client, response: Response, answered: int, said: str, button: str
) -> None:
    answer(response, lambda number: 2 if number < answered else None)
    html = page(client, reverse("assessments:home"))
    assert said in html
    assert button in html


def test_a_comment_alone_is_not_counted_as_answered(client: Client, response: Response, round_: Round) -> None:
    actions.save_answers(response=response, answers=[actions.GivenAnswer(round_.indicators()[0].pk, note="Later")])
    assert "13 questions, about 5 minutes" in page(client, reverse("assessments:home"))


def test_the_first_page_asks_as_much_however_many_rounds_there_are(
    client: Client, response: Response, wgll: FrameworkVersion, leadership: FrameworkVersion, round_: Round
) -> None:
    counts = []
    for version in (wgll, leadership):
        other = make_round(round_.organisation, version, members=1)
        actions.add_members(by=lead_of(round_), round_=other, seats=[response.seat])
        answer(other.responses.get(person=response.person), lambda number: 2 if number % 2 else None)
        content_of(other)  # read once a process
        content_of(round_)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("assessments:home"))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_what_is_submitted_to_an_open_round_is_not_of_earlier(
    client: Client, response: Response, round_: Round
) -> None:
    answer(response, lambda number: 2)
    actions.submit_response(response=response)
    html = page(client, reverse("assessments:home"))
    assert ">Submitted</h2>" in html
    assert ">Earlier</h2>" not in html
    assert f"Open until the end of {round_.closing_on:%-d %B %Y}, you can still change your answers." in html
    close(round_)
    html = page(client, reverse("assessments:home"))
    assert ">Submitted</h2>" not in html
    assert ">Earlier</h2>" in html
    assert "you can still change your answers" not in html


def test_the_check_says_which_round_and_has_a_place_for_each_question(
    client: Client, response: Response, round_: Round
) -> None:
    """Saving a question that was opened from the check leads back to its row there."""
    html = page(client, url("check", response))
    assert f"<p>Round of {round_.opened_at:%B %Y}</p>" in html
    for indicator in round_.indicators():
        assert html.count(f'id="question-{indicator.pk}"') == 1


def test_a_finished_round_has_my_answers_and_the_boards_result(
    client: Client, response: Response, round_: Round
) -> None:
    submit_all(round_, lambda member, indicator: 2)
    close(round_)
    html = page(client, reverse("assessments:home"))
    assert "You submitted 13 of 13 answers." in html
    assert url("check", response) in html
    assert reverse("reports:results", args=[round_.pk]) in html


# --- check --------------------------------------------------------------------------------------------------------


def test_what_is_not_answered_comes_first_with_links_that_come_back(
    client: Client, response: Response, round_: Round
) -> None:
    answer(response, lambda number: 3 if number else None)
    first, second = round_.indicators()[:2]
    html = page(client, url("check", response))
    missing = f'{url("section", response, SECTION)}?from=check#question-{first.pk}"'
    assert html.count(missing) == 2  # in the list at the top, and beside the question
    assert html.index("Not answered yet") < html.index(missing) < html.index("All my answers")
    assert f'?from=check#question-{second.pk}">Change<' in html
    section = page(client, f"{url('section', response, SECTION)}?from=check")
    assert f'id="question-{first.pk}"' in section
    posted = {f"answer-{first.pk}": "2", f"initial-answer-{first.pk}": "", "next": "next"}
    saved = client.post(f"{url('section', response, SECTION)}?from=check", posted)
    assert saved["Location"] == url("check", response)


def test_without_anything_missing_there_is_no_list(client: Client, response: Response) -> None:
    answer(response, lambda number: NonScore.CANNOT_JUDGE)
    html = page(client, url("check", response))
    assert "Not answered yet" not in html
    assert "All 13 questions are answered." in html


def test_comments_notes_and_boxes_are_shown(client: Client, trust: Organisation, leadership: FrameworkVersion) -> None:
    response = make_round(trust, leadership).responses.all()[0]
    client.force_login(response.person)
    box = leadership.scale.extra_fields.all()[0]
    section = leadership.sections.all()[0]
    indicator = response.round.indicators()[0]
    actions.save_answers(
        response=response,
        answers=[actions.GivenAnswer(indicator.pk, note="Ask <b>Ann</b>")],
        reflections=[actions.GivenReflection(section.pk, box.pk, "The ward\nround")],
    )
    html = page(client, url("check", response))
    assert "Ask &lt;b&gt;Ann&lt;/b&gt;" in html
    assert "The ward<br>round" in html
    assert f"?from=check#id_reflection-{section.pk}-{box.pk}" in html
    assert html.count("Nothing written") == 2 * leadership.sections.count() - 1


def test_the_pages_around_send_what_the_device_still_holds(client: Client, response: Response) -> None:
    for name in ("response", "check"):
        html = page(client, url(name, response))
        assert f'data-sitting="{url("answers", response)}"' in html
        assert "js/sitting.mjs" in html
        assert "data-save-bar" in html


def test_where_answering_is_over_the_page_shows_what_the_device_holds(
    client: Client, response: Response, round_: Round
) -> None:
    answer(response, lambda number: 2)
    close(round_)
    html = page(client, url("check", response))
    assert "js/kept.mjs" in html
    assert "js/sitting.mjs" not in html
    assert "data-kept hidden" in html


# --- the board's beside mine --------------------------------------------------------------------------------------


def test_the_boards_answers_stand_beside_mine_once_the_round_is_closed(
    client: Client, response: Response, round_: Round
) -> None:
    submit_all(round_, lambda member, indicator: NonScore.CANNOT_JUDGE if indicator == 1 and member < 2 else 3)
    assert "The board: " not in page(client, url("check", response))
    close(round_)
    html = page(client, url("check", response))
    assert "3.0 on average, all 3, of 6 members who gave a level." in html
    assert "Withheld: fewer than 5 members gave a level." in html
    assert "based on 1 of 2 indicators." in html


def test_whoever_has_left_the_board_sees_their_own_answers_only(
    client: Client, response: Response, round_: Round
) -> None:
    submit_all(round_, lambda member, indicator: 3)
    close(round_)
    response.person.seats.update(ends_on="2020-02-01")
    html = page(client, url("check", response))
    assert "3. Mostly" in html
    assert "The board: " not in html
    assert "on average" not in html


def test_beside_ones_own_leadership_answers_stand_averages_by_domain_only(
    client: Client, trust: Organisation, leadership: FrameworkVersion
) -> None:
    round_ = make_round(trust, leadership, answers=lambda member, indicator: 1 + (member + indicator) % 3)
    response = round_.responses.all()[0]
    client.force_login(response.person)
    close(round_)
    html = page(client, url("check", response))
    assert html.count("<strong>The board:</strong>") == leadership.sections.count()
    assert "on average" not in html
    assert "The board: </span>" not in html


def test_a_closed_round_takes_as_many_queries_however_many_answered(
    client: Client, trust: Organisation, digital_boards: FrameworkVersion, wgll: FrameworkVersion
) -> None:
    counts = []
    for version, members in ((digital_boards, 5), (wgll, 9)):
        round_ = make_round(
            trust, version, members=members, state="closed", answers=lambda member, indicator: 1 + member % 3
        )
        response = round_.responses.all()[0]
        client.force_login(response.person)
        content_of(round_)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url("check", response)).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 24
