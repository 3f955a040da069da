"""A round that was opened again: what of the new answers enters the figures, and what the pages say about the rest."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.lifecycle import NotNow
from assessments.models import Answer, PublishedComment, Response, Round
from assessments.queries.results import comments_for, results_for
from assessments.scoring.types import IndicatorScore
from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from reports.content.method import LEFT_OUT
from tests.factories import answer, lead_of, make_round, make_seat


@pytest.fixture
def round_(trust: Organisation, digital_boards: FrameworkVersion) -> Round:
    """Closed; eight members gave levels 1 to 4 in turn, shifted by one from indicator to indicator."""
    return make_round(
        trust, digital_boards, members=8, state="closed", answers=lambda member, number: 1 + (member + number) % 4
    )


def open_again(round_: Round) -> None:
    actions.reopen_round(
        by=lead_of(round_), round_=round_, closing_on=timezone.localdate() + dt.timedelta(days=3), reason="Two were ill"
    )


def close(round_: Round, *, count_unsubmitted: bool = False) -> None:
    actions.close_round(by=lead_of(round_), round_=round_, count_unsubmitted=count_unsubmitted)
    round_.refresh_from_db()


def change(response: Response, level: int) -> None:
    response.refresh_from_db()
    actions.reopen_response(response=response)
    answer(response, lambda indicator: level)
    actions.submit_response(response=response)


def join(round_: Round, *levels: int) -> None:
    for level in levels:
        seat = make_seat(round_.organisation)
        actions.add_members(by=lead_of(round_), round_=round_, seats=[seat])
        change_new = round_.responses.get(person=seat.person)
        answer(change_new, lambda indicator, level=level: level)  # type: ignore[misc]
        actions.submit_response(response=change_new)


def figures(round_: Round) -> list[IndicatorScore]:
    round_.refresh_from_db()
    return [one for section in results_for(round_).scorecard.sections for one in section.indicators]


def test_one_late_answer_is_left_out_and_the_page_says_so(round_: Round, client: Client) -> None:
    before = figures(round_)
    open_again(round_)
    change(round_.responses.order_by("pk")[0], 4)
    close(round_)
    assert figures(round_) == before
    assert results_for(round_).facts.late_answers_left_out
    client.force_login(lead_of(round_))
    page = client.get(reverse("reports:results", args=[round_.pk])).content.decode()
    assert "The round was opened again once." in page
    assert LEFT_OUT in page


def test_three_late_answers_enter(round_: Round) -> None:
    before = figures(round_)
    open_again(round_)
    join(round_, 1, 3, 4)
    close(round_)
    after = figures(round_)
    assert [one.n for one in before] == [8] * len(before)
    assert 11 in {one.n for one in after}
    assert results_for(round_).scorecard.responses == 11
    assert not results_for(round_).facts.late_answers_left_out


def test_three_who_all_say_the_same_do_not_give_themselves_away(round_: Round) -> None:
    """The difference between the two distributions would be theirs alone."""
    before = figures(round_)
    open_again(round_)
    join(round_, 4, 4, 4)
    close(round_)
    assert [(one.n, one.level_counts) for one in figures(round_)] == [(one.n, one.level_counts) for one in before]


def test_what_comes_after_the_decision_never_enters_and_the_page_says_so(round_: Round, client: Client) -> None:
    before = figures(round_)
    open_again(round_)
    join(round_, 4, 4, 4)
    close(round_)
    open_again(round_)
    join(round_, 1, 2, 3)
    close(round_)
    assert [(one.n, one.level_counts) for one in figures(round_)] == [(one.n, one.level_counts) for one in before]
    client.force_login(lead_of(round_))
    page = client.get(reverse("reports:results", args=[round_.pk])).content.decode()
    assert "The round was opened again 2 times." in page
    assert "14 members&#x27; answers count in this report, those given late not in every figure." in page
    assert "answers that come later do not change its figures." in page
    assert LEFT_OUT not in page, "enough have come; whether theirs entered is not said"


def test_what_waited_enters_with_those_who_follow(round_: Round) -> None:
    open_again(round_)
    join(round_, 1)
    close(round_)
    open_again(round_)
    join(round_, 3, 4)
    close(round_)
    assert 11 in {one.n for one in figures(round_)}


def test_whoever_takes_a_submission_back_keeps_what_counted(round_: Round) -> None:
    before = figures(round_)
    open_again(round_)
    actions.reopen_response(response=round_.responses.order_by("pk")[0])
    close(round_)
    assert figures(round_) == before


def test_whether_unsubmitted_answers_count_is_chosen_once(round_: Round) -> None:
    open_again(round_)
    close(round_, count_unsubmitted=True)
    assert round_.unsubmitted_counted is False


def test_comments_come_with_their_answers_and_stay_chosen(
    trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    round_ = make_round(trust, digital_boards, answers=lambda member, number: 1 + (member + number) % 3)
    Answer.objects.filter(response=round_.responses.order_by("pk")[0]).update(comment="From the first day")
    close(round_)
    chosen = PublishedComment.objects.values_list("pk", flat=True)[:1]
    actions.choose_comments(by=lead_of(round_), round_=round_, chosen=list(chosen))
    open_again(round_)
    join(round_, 1)
    Answer.objects.filter(response=round_.responses.order_by("-pk")[0]).update(comment="A week later")
    close(round_)
    assert {comment.text for about in comments_for(round_) for comment in about.comments} == {"From the first day"}
    open_again(round_)
    join(round_, 2, 3)
    close(round_)
    comments = [comment for about in comments_for(round_) for comment in about.comments]
    assert {comment.text for comment in comments} == {"From the first day", "A week later"}
    assert [comment.text for comment in comments if comment.is_in_report] == ["From the first day"]


def test_a_comment_that_was_added_alone_waits_for_others_answers(round_: Round) -> None:
    open_again(round_)
    Answer.objects.filter(response=round_.responses.order_by("pk")[0]).update(comment="On second thoughts")
    close(round_)
    assert comments_for(round_) == ()
    open_again(round_)
    join(round_, 1, 2, 3)
    close(round_)
    assert {comment.text for about in comments_for(round_) for comment in about.comments} == {"On second thoughts"}


def told(client: Client, response: Response) -> tuple[bool, bool]:
    """Whether a member's own pages, both, say that answers are left out, and that a comment waits."""
    client.force_login(response.person)
    pages = [
        client.get(reverse(f"assessments:{name}", args=[response.pk])).content.decode() for name in ("check", "receipt")
    ]
    found = {("are not in the figures" in page, "not among the board's comments yet" in page) for page in pages}
    assert len(found) == 1
    return found.pop()


def test_whoever_changed_only_a_comment_is_told_that_it_waits(round_: Round, client: Client) -> None:
    mine, other = round_.responses.order_by("pk")[:2]
    assert told(client, mine) == (False, False)
    open_again(round_)
    Answer.objects.filter(response=mine).update(comment="On second thoughts")
    assert told(client, mine) == (False, False)  # while it is open, more can come
    close(round_)
    assert told(client, mine) == (False, True)
    assert told(client, other) == (False, False)
    open_again(round_)
    join(round_, 1, 2, 3)
    close(round_)
    assert told(client, mine) == (False, False)


def test_whoever_changed_an_answer_is_told_that_it_is_left_out(round_: Round, client: Client) -> None:
    mine, other = round_.responses.order_by("pk")[:2]
    open_again(round_)
    change(mine, 4)
    close(round_)
    assert told(client, mine) == (True, False)
    assert told(client, other) == (False, False)


def test_nothing_leads_from_a_published_comment_to_its_author() -> None:
    related = {field.name for field in PublishedComment._meta.fields if field.is_relation}
    assert related == {"publication", "indicator"}


def test_a_round_about_the_members_themselves_stays_closed(trust: Organisation, leadership: FrameworkVersion) -> None:
    round_ = make_round(trust, leadership, state="closed", answers=lambda member, number: 1 + number % 3)
    with pytest.raises(NotNow, match="averages only"):
        open_again(round_)


def test_a_round_that_a_later_one_followed_stays_closed(round_: Round, digital_boards: FrameworkVersion) -> None:
    make_round(round_.organisation, digital_boards, state="draft")
    with pytest.raises(NotNow, match="later round"):
        open_again(round_)


def test_a_reason_is_needed_and_kept(round_: Round, client: Client) -> None:
    client.force_login(lead_of(round_))
    address = reverse("assessments:reopen_round", args=[round_.pk])
    day = timezone.localdate() + dt.timedelta(days=5)
    date = {"closing_on_day": day.day, "closing_on_month": day.month, "closing_on_year": day.year}
    refused = client.post(address, {"reason": " ", **date})
    assert refused.status_code == 422
    assert "Say why the round is opened again." in refused.content.decode()
    assert client.post(address, {"reason": "Two were ill", **date}).status_code == 302
    round_.refresh_from_db()
    assert (round_.state, round_.closing_on) == ("open", day)
    assert round_.reopenings.get().reason == "Two were ill"
