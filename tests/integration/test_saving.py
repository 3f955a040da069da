"""Every answer saved as it is made: what the page sends while the member goes on, and what it is told."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.choices import ResponseState
from assessments.models import Response, Round
from assessments.queries.content import content_of
from frameworks.models import ExtraField, FrameworkVersion
from organisations.models import Organisation
from tests.factories import answer, lead_of, make_round

NOW = 1_000 * 1_000 * 1_000 * 1_000  # milliseconds: long ago
Send = Callable[..., Any]


@pytest.fixture
def round_(trust: Organisation, digital_boards: FrameworkVersion) -> Round:
    return make_round(trust, digital_boards)


@pytest.fixture
def response(round_: Round, client: Client) -> Response:
    found: Response = round_.responses.order_by("pk")[0]
    client.force_login(found.person)
    return found


@pytest.fixture
def send(client: Client, response: Response) -> Send:
    """Send changes as (name, value, milliseconds) the way the page does; gives status and reply."""

    def post(*changes: tuple[str, str, int], seen: int = 0) -> tuple[int, dict[str, Any]]:
        rows = [{"name": name, "value": value, "made_at": made_at} for name, value, made_at in changes]
        answered = client.post(url(response), {"seen": seen, "changes": rows}, content_type="application/json")
        return answered.status_code, answered.json()

    return post


def url(response: Response) -> str:
    return reverse("assessments:answers", args=[response.pk])


def test_a_change_is_stored_and_starts_the_response(send: Send, response: Response, round_: Round) -> None:
    pk = round_.indicators()[0].pk
    status, reply = send((f"answer-{pk}", "3", NOW))
    assert (status, reply["revision"], reply["elsewhere"], reply["problems"]) == (200, 1, [], [])
    assert (response.answers.get().level, response.answers.get().indicator_id) == (3, pk)
    response.refresh_from_db()
    assert response.state == ResponseState.STARTED


def test_choice_comment_and_note_are_kept_apart(send: Send, response: Response, round_: Round) -> None:
    pk = round_.indicators()[0].pk
    send((f"answer-{pk}", "cannot-judge", NOW), (f"comment-{pk}", "For all", NOW + 1), (f"note-{pk}", "Mine\r\n", NOW))
    stored = response.answers.get()
    assert (stored.level, stored.non_score, stored.comment, stored.note) == (None, "cannot-judge", "For all", "Mine\n")


def test_a_device_that_comes_back_late_does_not_undo_what_was_done_meanwhile(
    send: Send, response: Response, round_: Round
) -> None:
    """A tablet without a connection changed its answer first, and a comment that nobody else touched."""
    pk = round_.indicators()[0].pk
    send((f"answer-{pk}", "4", NOW + 60_000))
    status, reply = send((f"answer-{pk}", "1", NOW), (f"comment-{pk}", "From the train", NOW))
    assert status == 200
    assert {"name": f"answer-{pk}", "value": "4"} in reply["elsewhere"]
    stored = response.answers.get()
    assert (stored.level, stored.comment) == (4, "From the train")


def test_another_tab_is_told_what_changed(send: Send, round_: Round) -> None:
    first, second = (row.pk for row in round_.indicators()[:2])
    _, reply = send((f"answer-{first}", "2", NOW))
    send((f"answer-{first}", "3", NOW + 1), (f"answer-{second}", "1", NOW + 1), seen=reply["revision"])
    _, told = send((f"comment-{second}", "Words", NOW + 2), seen=reply["revision"])
    assert {(row["name"], row["value"]) for row in told["elsewhere"] if row["name"].startswith("answer")} == {
        (f"answer-{first}", "3"),
        (f"answer-{second}", "1"),
    }
    _, told = send((f"comment-{second}", "More words", NOW + 3), seen=told["revision"])
    assert told["elsewhere"] == []


def test_asking_changes_nothing_and_brings_a_token(
    client: Client, send: Send, response: Response, round_: Round
) -> None:
    pk = round_.indicators()[0].pk
    send((f"answer-{pk}", "2", NOW))
    told = client.get(url(response), {"seen": "0"}).json()
    assert {"name": f"answer-{pk}", "value": "2"} in told["elsewhere"]
    assert (told["revision"], told["why_not"]) == (1, "")
    assert len(told["token"]) > 30
    assert client.get(url(response), {"seen": "1"}).json()["elsewhere"] == []
    for nonsense in ("", "x", "-1", "9" * 40, "²"):
        assert client.get(url(response), {"seen": nonsense}).status_code == 200


def test_a_moment_to_come_counts_as_now(send: Send, response: Response, round_: Round) -> None:
    """A device whose clock is ahead must not win for ever."""
    pk = round_.indicators()[0].pk
    tomorrow = int((timezone.now() + dt.timedelta(days=1)).timestamp() * 1000)
    send((f"answer-{pk}", "2", tomorrow))
    chosen_at = response.answers.get().chosen_at
    assert chosen_at is not None
    assert chosen_at <= timezone.now()


def test_words_that_are_too_long_stop_nothing_else(send: Send, response: Response, round_: Round) -> None:
    pk = round_.indicators()[0].pk
    status, reply = send((f"answer-{pk}", "2", NOW), (f"comment-{pk}", "x" * 2001, NOW))
    assert status == 200
    assert [problem["name"] for problem in reply["problems"]] == [f"comment-{pk}"]
    assert "2000 characters: it has 2001" in reply["problems"][0]["message"]
    assert (response.answers.get().level, response.answers.get().comment) == (2, "")


@pytest.mark.parametrize("end", ["closed", "cancelled", "submitted", "left"])
def test_when_it_is_over_a_sentence_says_why_and_nothing_is_stored(
    send: Send, client: Client, response: Response, round_: Round, end: str
) -> None:
    pk = round_.indicators()[0].pk
    send((f"answer-{pk}", "2", NOW))
    if end == "closed":
        actions.close_round(by=lead_of(round_), round_=round_, count_unsubmitted=False)
    elif end == "cancelled":
        actions.cancel_round(by=lead_of(round_), round_=round_)
    elif end == "submitted":
        actions.submit_response(response=response)
    else:
        response.seat.ends_on = timezone.localdate() - dt.timedelta(days=1)
        response.seat.save()
    status, reply = send((f"answer-{pk}", "4", NOW + 1))
    words = {
        "closed": "is closed",
        "cancelled": "was cancelled",
        "submitted": "Reopen",
        "left": "no longer hold a seat",
    }
    assert status == 409
    assert words[end] in reply["why_not"]
    assert client.get(url(response)).json()["why_not"] == reply["why_not"]
    assert (response.answers.get().level, response.answers.get().revision) == (2, 1)
    response.refresh_from_db()
    assert response.revision == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nonsense",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"seen": 0}',
        b'{"seen": 0, "changes": {}}'.replace(b"{}", b'{"name": 1}'),
        b'{"seen": 0, "changes": [{"name": "answer-1", "value": 3, "made_at": 1}]}',
        b'{"seen": 0, "changes": [{"name": "answer-1", "value": "3"}]}',
        b'{"seen": 0, "changes": [{"name": "answer-1", "value": "3", "made_at": 1e400}]}',
        b'{"seen": 0, "changes": [{"name": "answer-1", "value": "3", "made_at": 99999999999999999999}]}',
        b'{"seen": 0, "changes": [{"name": "answer-1", "value": "high", "made_at": 1}]}',
        b'{"seen": 0, "changes": [{"name": "answer-1", "value": "99", "made_at": 1}]}',
        b'{"seen": 0, "changes": [{"name": "answer-999999", "value": "3", "made_at": 1}]}',
        b'{"seen": 0, "changes": [{"name": "reflection-1-1", "value": "Words", "made_at": 1}]}',
        b'{"seen": 0, "changes": [{"name": "answer-1 ", "value": "3", "made_at": 1}]}',
        b'{"seen": 0, "changes": [{"name": "csrfmiddlewaretoken", "value": "3", "made_at": 1}]}',
        b"[" * 100_000,
    ],
)
def test_what_our_page_does_not_send_is_refused_whole(client: Client, response: Response, body: bytes) -> None:
    answered = client.post(url(response), body, content_type="application/json")
    assert answered.status_code == 400
    assert "Reload the page" in answered.json()["why_not"]
    assert not response.answers.exists()


def test_half_a_character_is_no_reason_to_lose_the_rest(send: Send, response: Response, round_: Round) -> None:
    pk = round_.indicators()[0].pk
    status, _ = send((f"note-{pk}", "Se\0en\ud83d it \N{SMILING FACE WITH OPEN MOUTH}", NOW))
    assert status == 200
    assert response.answers.get().note == "Seen? it \N{SMILING FACE WITH OPEN MOUTH}"


def test_too_many_changes_at_once_are_refused(client: Client, response: Response, round_: Round) -> None:
    pk = round_.indicators()[0].pk
    rows = [{"name": f"answer-{pk}", "value": "1", "made_at": NOW + number} for number in range(501)]
    body = json.dumps({"seen": 0, "changes": rows})
    assert client.post(url(response), body, content_type="application/json").status_code == 400


def test_boxes_about_a_whole_section(client: Client, trust: Organisation, leadership: FrameworkVersion) -> None:
    """The leadership framework asks for examples and development needs once a domain."""
    round_ = make_round(trust, leadership)
    response = round_.responses.all()[0]
    client.force_login(response.person)
    section = content_of(round_).sections[0]
    box = ExtraField.objects.get(code="examples")
    name = f"reflection-{section.section_id}-{box.pk}"
    for value, made_at in (("A second thought", NOW + 1), ("A first thought", NOW)):
        rows = [{"name": name, "value": value, "made_at": made_at}]
        reply = client.post(url(response), {"seen": 1, "changes": rows}, content_type="application/json").json()
    assert reply["elsewhere"] == [{"name": name, "value": "A second thought"}]
    assert response.reflections.get().text == "A second thought"
    page = client.get(reverse("assessments:section", args=[response.pk, section.code])).content.decode()
    assert "A second thought" in page
    assert "Development needs" in page
    form = {name: "By the button", f"initial-{name}": "A second thought"}
    assert client.post(reverse("assessments:section", args=[response.pk, section.code]), form).status_code == 302
    assert response.reflections.get().text == "By the button"


def test_an_individual_framework_takes_no_comment_for_the_board(
    client: Client, trust: Organisation, leadership: FrameworkVersion
) -> None:
    round_ = make_round(trust, leadership)
    response = round_.responses.all()[0]
    client.force_login(response.person)
    rows = [{"name": f"comment-{round_.indicators()[0].pk}", "value": "For whom?", "made_at": NOW}]
    assert client.post(url(response), {"seen": 0, "changes": rows}, content_type="application/json").status_code == 400


def test_a_save_takes_few_queries_however_much_there_is(
    client: Client, trust: Organisation, digital_boards: FrameworkVersion, wgll: FrameworkVersion
) -> None:
    """At most eight. Transaction control is not counted; the content is read once a process."""
    counts = []
    for version, members in ((digital_boards, 2), (wgll, 15)):
        round_ = make_round(trust, version, members=members)
        response = round_.responses.all()[0]
        client.force_login(response.person)
        content_of(round_)
        answer(response, lambda indicator: 1)  # the first answer of all starts the response, for one query more
        for value in ("2", "3"):
            rows = [{"name": f"answer-{round_.indicators()[0].pk}", "value": value, "made_at": NOW + int(value)}]
            with CaptureQueriesContext(connection) as captured:
                client.post(url(response), {"seen": 0, "changes": rows}, content_type="application/json")
            counts.append(len([query for query in captured if "SAVEPOINT" not in query["sql"]]))
    assert len(set(counts)) == 1
    assert counts[0] <= 8, counts


def test_nobody_elses_answers(client: Client, send: Send, response: Response, round_: Round) -> None:
    other = round_.responses.order_by("pk")[1]
    assert client.get(url(other)).status_code == 404
    body = {"seen": 0, "changes": []}
    assert client.post(url(other), body, content_type="application/json").status_code == 404
    client.logout()
    assert client.post(url(response), body, content_type="application/json").status_code == 302


def test_a_foreign_page_cannot_save(response: Response, round_: Round) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(response.person)
    body = {"seen": 0, "changes": [{"name": f"answer-{round_.indicators()[0].pk}", "value": "3", "made_at": NOW}]}
    assert strict.post(url(response), body, content_type="application/json").status_code == 403
    token = strict.get(url(response)).json()["token"]
    answered = strict.post(url(response), body, content_type="application/json", headers={"X-CSRFToken": token})
    assert answered.status_code == 200
