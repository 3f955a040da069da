"""A member's own answers as a file for a spreadsheet."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from assessments import actions
from assessments.models import Response, Round
from assessments.scoring.types import NonScore
from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from tests.factories import Choice, answer, make_round


@pytest.fixture
def round_(trust: Organisation, digital_boards: FrameworkVersion) -> Round:
    return make_round(trust, digital_boards)


@pytest.fixture
def response(round_: Round, client: Client) -> Response:
    found: Response = round_.responses.order_by("pk")[0]
    client.force_login(found.person)
    return found


def url(name: str, response: Response) -> str:
    return reverse(f"assessments:{name}", args=[response.pk])


def rows_of(client: Client, response: Response) -> list[list[str]]:
    answered = client.get(url("answers_csv", response))
    assert answered["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in answered["Cache-Control"]
    return list(csv.reader(io.StringIO(answered.content.decode("utf-8-sig"), newline="")))


def test_every_question_is_a_row_with_my_answer_and_my_words(client: Client, response: Response, round_: Round) -> None:
    choices: list[Choice] = [4, NonScore.CANNOT_JUDGE, None]
    answer(response, lambda number: choices[number % 3])
    first = round_.indicators()[0]
    words = [actions.GivenAnswer(first.pk, comment="=HYPERLINK(1)", note="two\nlines, “quoted”")]
    actions.save_answers(response=response, answers=words)
    header, *rows = rows_of(client, response)
    assert header == [
        "Theme", "Number", "Question", "My answer", "Comment for the board", "Note to self", "Last changed"
    ]  # fmt: skip
    assert len(rows) == 13
    assert rows[0][:6] == ["Shared purpose", "1", first.text, "4. Fully", "'=HYPERLINK(1)", "two\nlines, “quoted”"]
    assert rows[0][6] >= "2026"
    assert rows[1][3] == "Cannot judge"
    assert rows[2][3:] == ["", "", "", ""]


def test_leadership_answers_have_a_row_for_each_box_and_no_comments_for_the_board(
    client: Client, trust: Organisation, leadership: FrameworkVersion
) -> None:
    response = make_round(trust, leadership).responses.all()[0]
    client.force_login(response.person)
    section, box = leadership.sections.all()[0], leadership.scale.extra_fields.all()[0]
    actions.save_answers(
        response=response, answers=[], reflections=[actions.GivenReflection(section.pk, box.pk, "-1 day")]
    )
    header, *rows = rows_of(client, response)
    assert header == ["Competency domain", "Number", "Question", "My answer", "Note to self", "Last changed"]
    assert len(rows) == 72 + 2 * leadership.sections.count()
    (written,) = [row for row in rows if row[3]]
    assert written[:5] == [section.title, "", box.label, "'-1 day", ""]
    assert written[5]
    assert {len(row) for row in rows} == {len(header)}
