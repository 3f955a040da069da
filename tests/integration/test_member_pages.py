"""A board member's pages through the client: answering, coming back, checking, submitting."""

import datetime as dt

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.models import Response, Round
from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from tests.factories import answer, lead_of, make_round
from tests.integration.as_member import page, url

SECTION = "shared-purpose"  # two indicators


def fields(round_: Round, section: str, choice: str, comment: str = "") -> dict[str, str]:
    """What a browser sends from a page that showed nothing chosen yet."""
    posted = {}
    for indicator in round_.indicators().filter(section__code=section):
        posted[f"answer-{indicator.pk}"] = choice
        posted[f"comment-{indicator.pk}"] = comment
        posted |= {f"initial-answer-{indicator.pk}": "", f"initial-comment-{indicator.pk}": ""}
    return posted


def test_the_first_page_says_what_is_to_do(client: Client, response: Response, round_: Round) -> None:
    html = page(client, reverse("assessments:home"))
    assert "Start answering" in html
    assert f"{round_.closing_on:%-d %B %Y}" in html
    answer(response, lambda indicator: 2 if indicator == 0 else None)
    assert "Go on answering" in page(client, reverse("assessments:home"))


def test_the_terms_come_before_the_first_question(client: Client, response: Response) -> None:
    html = page(client, url("response", response))
    assert html.index("Nobody sees who gave which score") < html.index("Shared purpose")
    assert "fewer than 5 members is withheld" in html
    assert "answers added or changed then may never enter the figures" in html
    assert "about 5 minutes to go" in html


def test_a_question_shows_guidance_levels_and_non_scores_apart(
    client: Client, response: Response, round_: Round
) -> None:
    html = page(client, url("section", response, SECTION))
    indicator = round_.indicators()[0]
    assert indicator.text in html
    assert "Ask three board members to define it." in html
    assert "The board could not say this about itself today." in html
    assert html.index("Fully") < html.index("nhsuk-radios__divider") < html.index("Cannot judge")


def test_saving_goes_on_to_the_next_section_and_shows_the_answer_again(
    client: Client, response: Response, round_: Round
) -> None:
    answered = client.post(url("section", response, SECTION), fields(round_, SECTION, "3", "Words <b>"))
    assert answered["Location"] == url("section", response, "board-leadership")
    assert set(response.answers.values_list("level", flat=True)) == {3}
    html = page(client, url("section", response, SECTION))
    assert html.count('value="3" checked') == 2
    assert "Words &lt;b&gt;" in html


def test_saving_and_stopping_goes_back_to_the_list(client: Client, response: Response, round_: Round) -> None:
    posted = fields(round_, SECTION, "cannot-judge") | {"stop": "Save and stop for now"}
    assert client.post(url("section", response, SECTION), posted)["Location"] == url("response", response)
    html = page(client, url("response", response))
    assert "Go on where I stopped" in html
    assert url("section", response, "board-leadership") in html


def test_the_last_section_leads_to_the_check(client: Client, response: Response, round_: Round) -> None:
    last = "teams-and-innovation"
    answered = client.post(url("section", response, last), fields(round_, last, "3"))
    assert answered["Location"] == url("check", response)


def test_an_impossible_choice_keeps_what_was_typed(client: Client, response: Response, round_: Round) -> None:
    answered = client.post(url("section", response, SECTION), fields(round_, SECTION, "9", "My comment"))
    html = answered.content.decode()
    assert answered.status_code == 422
    assert "There is a problem" in html
    assert "<title>Error: " in html
    assert html.count("My comment") == 2
    assert not response.answers.exists()


def test_a_comment_that_is_too_long_is_shown_back(client: Client, response: Response, round_: Round) -> None:
    answered = client.post(url("section", response, SECTION), fields(round_, SECTION, "3", "x" * 2001))
    assert answered.status_code == 422
    assert "x" * 2001 in answered.content.decode()


def test_a_page_left_open_in_another_tab_changes_only_what_was_changed_there(
    client: Client, response: Response, round_: Round
) -> None:
    """Both tabs showed an empty page. One answers question 1; then the other answers question 2."""
    first, second = round_.indicators()[:2]
    empty = {f"initial-answer-{row.pk}": "" for row in (first, second)}
    client.post(url("section", response, SECTION), {**empty, f"answer-{first.pk}": "3", f"comment-{first.pk}": "Mine"})
    client.post(url("section", response, SECTION), {**empty, f"answer-{second.pk}": "2"})
    stored = {row.indicator_id: (row.level, row.comment) for row in response.answers.all()}
    assert stored == {first.pk: (3, "Mine"), second.pk: (2, "")}
    client.post(url("section", response, SECTION), {"next": "Save and continue"})
    assert {row.indicator_id: (row.level, row.comment) for row in response.answers.all()} == stored


def test_an_older_page_does_not_put_back_what_it_showed(client: Client, response: Response, round_: Round) -> None:
    first, second = round_.indicators()[:2]
    answer(response, lambda number: 1)
    stale = {f"initial-answer-{row.pk}": "1" for row in (first, second)}
    stale |= {f"answer-{row.pk}": "1" for row in (first, second)}
    client.post(url("section", response, SECTION), stale | {f"answer-{first.pk}": "4"})
    client.post(url("section", response, SECTION), stale | {f"answer-{second.pk}": "2"})
    assert set(response.answers.filter(indicator__in=[first, second]).values_list("indicator", "level")) == {
        (first.pk, 4),
        (second.pk, 2),
    }


def test_the_page_carries_what_it_showed(client: Client, response: Response, round_: Round) -> None:
    answer(response, lambda number: 3 if number == 0 else None)
    first, second = round_.indicators()[:2]
    html = page(client, url("section", response, SECTION))
    assert f'<input type="hidden" name="initial-answer-{first.pk}" value="3"' in html
    assert f'name="initial-answer-{second.pk}" ' in html


def test_a_comment_is_counted_as_the_page_counts_it(client: Client, response: Response, round_: Round) -> None:
    indicator = round_.indicators()[0]
    words = "\r\n".join(["line"] * 400)  # 400 words of four letters and 399 line breaks: 1,999 characters
    answered = client.post(url("section", response, SECTION), {f"comment-{indicator.pk}": words})
    assert answered.status_code == 302
    assert response.answers.get().comment == words.replace("\r\n", "\n")
    refused = client.post(url("section", response, SECTION), {f"comment-{indicator.pk}": words + "more"})
    assert "Shorten what you wrote on question 1 to 2000 characters: it has 2003." in refused.content.decode()


def test_a_cancelled_round_gives_the_text_back_too(client: Client, response: Response, round_: Round) -> None:
    actions.cancel_round(by=lead_of(round_), round_=round_)
    answered = client.post(url("section", response, SECTION), fields(round_, SECTION, "3", "Do not lose me"))
    assert answered.status_code == 409
    assert "This round was cancelled" in answered.content.decode()
    assert "Do not lose me" in answered.content.decode()
    assert "There is nothing for you to answer" in page(client, reverse("assessments:home"))


def test_a_round_closed_meanwhile_gives_the_text_back(client: Client, response: Response, round_: Round) -> None:
    actions.close_round(by=lead_of(round_), round_=round_, count_unsubmitted=False)
    answered = client.post(url("section", response, SECTION), fields(round_, SECTION, "3", "Do not lose me"))
    html = answered.content.decode()
    assert answered.status_code == 409
    assert "This round is closed" in html
    assert "Do not lose me" in html
    assert not response.answers.exists()


def test_checking_and_submitting_and_reopening(client: Client, response: Response) -> None:
    answer(response, lambda indicator: 2 if indicator else None)
    html = page(client, url("check", response))
    assert "1 of 13 questions is not answered yet" in html
    client.post(url("submit", response))
    html = page(client, url("check", response))
    assert "You submitted 12 of 13 answers" in html
    assert client.get(url("section", response, SECTION))["Location"] == url("check", response)
    client.post(url("reopen", response))
    assert "Go on where I stopped" in page(client, url("response", response))


def test_submitting_nothing_is_refused_in_words(client: Client, response: Response) -> None:
    html = client.post(url("submit", response), follow=True).content.decode()
    assert "Answer at least one question before you submit." in html


def test_after_the_closing_date_answers_can_only_be_read(client: Client, response: Response, round_: Round) -> None:
    Round.objects.filter(pk=round_.pk).update(closing_on=timezone.localdate() - dt.timedelta(days=1))
    assert "closed at the end of" in page(client, url("response", response))
    assert client.get(url("section", response, SECTION))["Location"] == url("check", response)
    assert "There is nothing for you to answer" in page(client, reverse("assessments:home"))


def test_a_draft_is_not_there_for_a_member(
    client: Client, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    round_ = make_round(trust, digital_boards, state="draft")
    response = round_.responses.all()[0]
    client.force_login(response.person)
    assert client.get(url("response", response)).status_code == 404
    actions.open_round(by=lead_of(round_), round_=round_)
    assert client.get(url("response", response)).status_code == 200


def test_leadership_answers_are_the_members_own(
    client: Client, trust: Organisation, leadership: FrameworkVersion
) -> None:
    response = make_round(trust, leadership).responses.all()[0]
    client.force_login(response.person)
    html = page(client, url("response", response))
    assert "Your answers are yours" in html
    assert "opened again" not in html, "it never is"
    html = page(client, url("section", response, "quality-outcomes"))
    assert "Only you will see this." in html
    assert "I contribute as a leader" in html
    assert html.index("Almost always") < html.index("Occasionally")


def test_queries_do_not_grow_with_indicators_members_or_rounds(
    client: Client, trust: Organisation, digital_boards: FrameworkVersion, wgll: FrameworkVersion
) -> None:
    small = make_round(trust, digital_boards, members=2).responses.all()[0]
    big = make_round(trust, wgll, members=15, answers=lambda member, indicator: 3).responses.all()[0]
    actions.reopen_response(response=big)
    counts: dict[str, list[int]] = {"response": [], "section": [], "check": []}
    for response, code in ((small, SECTION), (big, "smart-foundations")):
        client.force_login(response.person)
        client.get(url("section", response, code))  # what is read once a process
        for name, found in counts.items():
            with CaptureQueriesContext(connection) as captured:
                assert client.get(url(name, response, *([code] if name == "section" else []))).status_code == 200
            found.append(len(captured))
    assert all(small_count == big_count for small_count, big_count in counts.values()), counts
    assert max(counts["section"]) <= 5


def test_a_save_takes_a_fixed_number_of_queries(
    client: Client, trust: Organisation, digital_boards: FrameworkVersion, wgll: FrameworkVersion
) -> None:
    counts = []
    for version, code in ((digital_boards, SECTION), (wgll, "smart-foundations")):
        round_ = make_round(trust, version)
        response = round_.responses.all()[0]
        client.force_login(response.person)
        with CaptureQueriesContext(connection) as captured:
            assert client.post(url("section", response, code), fields(round_, code, "2")).status_code == 302
        counts.append(len(captured))
    assert counts[0] == counts[1]
