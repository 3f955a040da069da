"""A self-assessment shared with the chair and taken back: who may read what, when."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.lifecycle import NotNow
from assessments.models import Answer, Response
from frameworks.models import FrameworkVersion
from organisations.actions import change_seat
from organisations.choices import AuditedEvent, SeatRole
from organisations.models import AuditEvent, Organisation, Seat, User
from tests.factories import answer, lead_of, make_organisation, make_round, make_seat
from tests.integration.sharing.conftest import (
    DAY,
    DEVELOPMENT,
    EXAMPLES,
    NOTE,
    SHARED_EVENTS,
    Board,
    member_anonymised,
    read,
    two_days_ago,
)

# --- who may read ---------------------------------------------------------------------------------------------------


def nothing(board: Board) -> None:
    """It stays shared."""


def chair_for_the_last_day(board: Board) -> None:
    board.end_chair(timezone.localdate())


def chair_again_after_a_gap(board: Board) -> None:
    two_days_ago(board)
    board.end_chair(timezone.localdate() - 2 * DAY)
    Seat.objects.create(
        person=board.chair, organisation=board.organisation, role=SeatRole.CHAIR, starts_on=timezone.localdate()
    )


def chair_becomes_digital_lead_too(board: Board) -> None:
    two_days_ago(board)
    change_seat(by=board.chair, seat=board.chair_seat, role=SeatRole.CHAIR, is_digital_lead=True)


def chair_becomes_partner(board: Board) -> None:
    change_seat(by=board.chair, seat=board.chair_seat, role=SeatRole.PARTNER, is_digital_lead=False)


def cancelled(board: Board) -> None:
    actions.cancel_round(by=lead_of(board.round), round_=board.round)


def shared_with_the_second_chair(board: Board) -> None:
    board.share(make_seat(board.organisation, role=SeatRole.CHAIR).person)


@pytest.mark.parametrize(
    ("what_happens", "status"),
    [
        (nothing, 200),
        (Board.close, 200),
        (cancelled, 200),
        (Board.member_leaves, 200),
        (chair_for_the_last_day, 200),
        (chair_becomes_digital_lead_too, 200),
        (Board.take_back, 404),
        (Board.new_chair, 404),
        (chair_becomes_partner, 404),
        (chair_again_after_a_gap, 404),
        (member_anonymised, 404),
        (shared_with_the_second_chair, 404),
    ],
)
def test_the_chair_reads_until(
    board: Board, client: Client, what_happens: Callable[[Board], object], status: int
) -> None:
    assert read(client, board.chair, board) == 404
    board.share()
    assert read(client, board.chair, board) == 200
    what_happens(board)
    assert read(client, board.chair, board) == status
    listed = board.member.name in client.get("/").content.decode()
    assert listed == (status == 200)


def elsewhere(board: Board) -> Organisation:
    return make_organisation("Elsewhere NHS Trust")


OTHERS: dict[str, Callable[[Board], User]] = {
    "the member, who has pages of their own": lambda board: board.member,
    "another member": lambda board: board.round.responses.order_by("pk")[1].person,
    "the digital lead": lambda board: lead_of(board.round),
    "staff": lambda board: User.objects.create_superuser("content@admin.example", "Content Admin"),
    "a second chair": lambda board: make_seat(board.organisation, role=SeatRole.CHAIR).person,
    "another board's chair": lambda board: make_seat(elsewhere(board), role=SeatRole.CHAIR).person,
}


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_reads_it_shared_or_not(board: Board, client: Client, who: str) -> None:
    person = OTHERS[who](board)
    assert read(client, person, board) == 404
    board.share()
    assert read(client, person, board) == 404
    assert "Shared with you" not in client.get("/").content.decode()


def test_a_new_chair_inherits_nothing_and_can_be_given_it(board: Board, client: Client) -> None:
    board.share()
    two_days_ago(board)
    following = board.new_chair()
    assert read(client, following, board) == 404
    client.force_login(board.member)
    page = client.get(board.url("share")).content.decode()
    assert "Their time as chair has ended since, so only you can read it now." in page
    assert "Share with Norman New" in page
    client.post(board.url("share"), {"chair": following.pk})
    assert read(client, following, board) == 200
    assert read(client, board.chair, board) == 404


def test_only_the_member_reaches_the_pages_that_share(board: Board, client: Client) -> None:
    board.share()
    others = [person(board) for who, person in OTHERS.items() if not who.startswith("the member")]
    for person in [*others, board.chair]:
        client.force_login(person)
        for name in ("share", "take_back"):
            assert client.post(board.url(name), {"chair": board.chair.pk}).status_code == 404
        for name in ("reports:my_trend", "reports:appraisal", "reports:appraisal_pdf", "assessments:share"):
            assert client.get(reverse(name, args=[board.response.pk])).status_code == 404, (person, name)
    board.response.refresh_from_db()
    assert board.response.shared_with == board.chair


# --- what the chair reads -------------------------------------------------------------------------------------------


def test_the_chair_reads_answers_and_boxes_as_they_are_now_and_no_note(board: Board, client: Client) -> None:
    board.share()
    answer(board.response, lambda number: 3)
    client.force_login(board.chair)
    page = " ".join(client.get(board.url("shared")).content.decode().split())
    asked = board.round.indicators().count()
    assert page.count("3. Almost always</dd>") == asked
    assert "Not submitted, so it may still change" in page
    for words in (board.member.name, EXAMPLES, DEVELOPMENT, "Non-executive director"):
        assert words in page
    assert NOTE not in page
    actions.submit_response(response=board.response)
    assert "Submitted on" in client.get(board.url("shared")).content.decode()


def test_words_are_shown_as_they_were_typed_and_never_run(board: Board, client: Client) -> None:
    board.share()
    board.response.reflections.update(text="<script>alert(1)</script>\n\nSecond paragraph")
    client.force_login(board.chair)
    page = client.get(board.url("shared")).content.decode()
    assert "&lt;script&gt;" in page
    assert "<p>Second paragraph</p>" in page


def test_notes_do_not_even_leave_the_database(board: Board, client: Client) -> None:
    board.share()
    client.force_login(board.chair)
    with CaptureQueriesContext(connection) as queries:
        client.get(board.url("shared"))
    assert not [
        query["sql"] for query in queries if '_answer"."note"' in query["sql"] or '_answer"."comment"' in query["sql"]
    ]


def test_the_number_of_queries_does_not_grow(board: Board, client: Client) -> None:
    board.share()
    counts = []
    for others in (0, 4):
        for response in board.round.responses.exclude(pk=board.response.pk)[:others]:
            answer(response, lambda number: 2)
            actions.share_response(response=response, chair=board.chair)
        client.force_login(board.chair)
        client.get(board.url("shared"))
        for address in ("/", board.url("shared")):
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
    home, page, home_of_many, page_of_many = counts
    assert home == home_of_many
    assert page == page_of_many <= 12, counts


def test_somebody_who_is_no_chair_pays_nothing_for_it(board: Board, client: Client) -> None:
    client.force_login(board.member)
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    assert not [query["sql"] for query in queries if '"shared_with_id" =' in query["sql"]]


# --- sharing and taking back ----------------------------------------------------------------------------------------


def test_the_member_reads_first_what_the_chair_would_see(board: Board, client: Client) -> None:
    client.force_login(board.member)
    page = client.get(board.url("share")).content.decode()
    for words in ("Only you can read it now.", "Your answer to each question", "Examples", "Your notes to self."):
        assert page.index(words) < page.index("Share with Margaret Chair")
    client.post(board.url("share"), {"chair": board.chair.pk})
    page = client.get(board.url("share")).content.decode()
    assert f"Margaret Chair can read it, since {timezone.localdate():%-d %B %Y} at " in page
    assert "Share with Margaret Chair" not in page
    client.post(board.url("take_back"))
    board.response.refresh_from_db()
    assert (board.response.shared_with, board.response.shared_at) == (None, None)


def test_my_answers_say_with_whom_they_are_shared(board: Board, client: Client) -> None:
    client.force_login(board.member)
    link = f'<a href="{board.url("share")}">%s</a>'
    assert link % "Share with the chair" in client.get(board.url("check")).content.decode()
    board.share()
    assert link % "Shared with Margaret Chair" in client.get(board.url("check")).content.decode()
    actions.submit_response(response=board.response)
    assert link % "Shared with Margaret Chair" in client.get(board.url("receipt")).content.decode()


def test_sharing_and_taking_back_twice_is_sharing_and_taking_back_once(board: Board) -> None:
    board.share()
    board.response.refresh_from_db()
    since = board.response.shared_at
    board.share()
    board.response.refresh_from_db()
    assert board.response.shared_at == since
    board.take_back()
    board.take_back()
    found = AuditEvent.objects.filter(event__in=SHARED_EVENTS).order_by("pk")
    assert [(line.event, line.by, line.organisation, line.subject) for line in found] == [
        (AuditedEvent.RESPONSE_SHARED, board.member, board.organisation, str(board.round)),
        (AuditedEvent.RESPONSE_TAKEN_BACK, board.member, board.organisation, str(board.round)),
    ]


def test_reading_leaves_a_line_and_being_refused_none(board: Board, client: Client) -> None:
    read(client, board.chair, board)
    assert not AuditEvent.objects.filter(event=AuditedEvent.RESPONSE_READ).exists()
    board.share()
    read(client, board.chair, board)
    line = AuditEvent.objects.get(event=AuditedEvent.RESPONSE_READ)
    assert (line.by, line.organisation) == (board.chair, board.organisation)
    assert line.subject == f"{board.round}: {board.member.name}"


def test_of_several_chairs_the_member_chooses_one(board: Board, client: Client) -> None:
    second = make_seat(board.organisation, "Other Chair", role=SeatRole.CHAIR).person
    client.force_login(board.member)
    page = client.post(board.url("share"), {})
    assert page.status_code == 422
    assert page.content.decode().count("There is a problem") == 1
    assert "Choose with whom to share." in page.content.decode()
    client.post(board.url("share"), {"chair": second.pk})
    assert read(client, second, board) == 200
    assert read(client, board.chair, board) == 404


@pytest.mark.parametrize("chair", ["", "0", "nonsense", "9" * 40, "member", "lead", "former"])
def test_it_is_shared_with_nobody_but_todays_chair(board: Board, client: Client, chair: str) -> None:
    known = {"member": board.member, "lead": lead_of(board.round), "former": board.chair}
    if chair == "former":
        board.new_chair()
    client.force_login(board.member)
    sent = client.post(board.url("share"), {"chair": known[chair].pk if chair in known else chair}, follow=True)
    assert "Nothing is shared." in sent.content.decode()
    board.response.refresh_from_db()
    assert board.response.shared_with is None


def test_a_board_without_a_chair_says_so(board: Board, client: Client) -> None:
    board.end_chair(timezone.localdate() - DAY)
    client.force_login(board.member)
    page = client.get(board.url("share")).content.decode()
    assert "Nobody holds the chair&#x27;s seat on this board today" in page
    assert "<button" not in page.partition("<main")[2].partition("</main>")[0]


def test_a_chair_is_not_offered_themselves(board: Board, client: Client) -> None:
    Response.objects.filter(pk=board.response.pk).update(person=board.chair)
    client.force_login(board.chair)
    page = client.get(board.url("share")).content.decode()
    assert "your own appraisal is led by somebody else" in page
    assert "Share with Margaret Chair" not in page
    with pytest.raises(NotNow):
        board.share()


def test_nothing_answered_nothing_to_share(board: Board, client: Client) -> None:
    Answer.objects.filter(response=board.response).update(level=None, non_score="")
    client.force_login(board.member)
    assert "Answer at least one question before you share." in client.get(board.url("share")).content.decode()
    with pytest.raises(NotNow):
        board.share()


def test_somebody_who_has_left_cannot_share_but_takes_back(board: Board, client: Client) -> None:
    board.share()
    board.member_leaves()
    client.force_login(board.member)
    page = client.get(board.url("share")).content.decode()
    assert "Take it back" in page
    assert "You no longer hold a seat on this board" in page
    assert client.post(board.url("take_back")).status_code == 302
    assert read(client, board.chair, board) == 404
    with pytest.raises(NotNow):
        board.share()


def test_an_assessment_of_the_organisation_cannot_be_shared(
    trust: Organisation, digital_boards: FrameworkVersion, client: Client
) -> None:
    chair = make_seat(trust, role=SeatRole.CHAIR).person
    response = make_round(trust, digital_boards).responses.all()[0]
    answer(response, lambda number: 2)
    with pytest.raises(ValueError, match="themselves"):
        actions.share_response(response=response, chair=chair)
    Response.objects.filter(pk=response.pk).update(shared_with=chair, shared_at=timezone.now())
    client.force_login(chair)
    assert client.get(reverse("assessments:shared", args=[response.pk])).status_code == 404


def test_the_terms_say_so_before_the_first_question(board: Board, client: Client) -> None:
    client.force_login(board.member)
    page = client.get(board.url("response")).content.decode()
    assert "unless you share them with the chair for your appraisal, which you can take back" in page
