"""The lead's pages about the people on the board, and what a seat's end means for the rounds under way."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments import actions as round_actions
from assessments.lifecycle import NotNow
from assessments.models import Response
from frameworks.models import FrameworkVersion
from organisations.actions import end_seat
from organisations.choices import SeatRole
from organisations.models import Organisation, Seat, User
from tests.factories import answer, lead_of, make_lead, make_organisation, make_round, make_seat

YESTERDAY = -1


@pytest.fixture
def lead(trust: Organisation, client: Client) -> User:
    person = make_lead(trust)
    client.force_login(person)
    return person


def url(name: str, organisation: Organisation, *more: int) -> str:
    return reverse(name, args=[organisation.ods_code, *more])


def page(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def said(client: Client, address: str, posted: dict[str, Any]) -> tuple[int, str]:
    answered = client.post(address, posted)
    return answered.status_code, " ".join(answered.content.decode().split())


def day_posted(days: int) -> dict[str, int]:
    day = timezone.localdate() + dt.timedelta(days=days)
    return {"ends_on_day": day.day, "ends_on_month": day.month, "ends_on_year": day.year}


def gone(response: Response) -> None:
    """The member's seat ended yesterday."""
    Seat.objects.filter(pk=response.seat_id).update(ends_on=timezone.localdate() - dt.timedelta(days=1))


def test_everybody_is_listed_with_role_and_dates(client: Client, lead: User, trust: Organisation) -> None:
    make_seat(trust, "Ada <Quince>", role=SeatRole.CHAIR)
    past = make_seat(trust, "Gone Person")
    end_seat(by=lead, seat=past, ends_on=dt.date(2024, 3, 31))
    html = page(client, url("people", trust))
    now, before = html.split("Past seats")
    assert "Ada &lt;Quince&gt;" in now
    assert "Since 1 January 2020" in now
    assert now.count("Digital lead</strong>") == 1
    assert "Gone Person" in before
    assert "1 January 2020 to 31 March 2024" in before
    assert url("change_seat", trust, past.pk) not in html
    assert url("people", trust) in page(client, reverse("assessments:home"))


def test_adding_one_person(client: Client, lead: User, trust: Organisation) -> None:
    new = {"name": "Ada Quince", "email": "Ada@Board.example", "role": "chair", "is_digital_lead": "on"}
    assert client.post(url("add_person", trust), new)["Location"] == url("people", trust)
    seat = trust.seats.get(person__email="ada@board.example")
    assert (seat.role, seat.is_digital_lead, seat.starts_on) == (SeatRole.CHAIR, True, timezone.localdate())
    status, html = said(client, url("add_person", trust), new)
    assert status == 422
    assert html.count("Ada Quince already has a seat on this board.") == 2
    assert 'value="Ada@Board.example"' in html
    assert not mail.outbox


def test_changing_a_seat(client: Client, lead: User, trust: Organisation) -> None:
    seat = make_seat(trust, "Ada Quince")
    address = url("change_seat", trust, seat.pk)
    assert 'value="non_executive" checked' in page(client, address)
    assert client.post(address, {"role": "chair"})["Location"] == url("people", trust)
    assert [kept.role for kept in seat.person.seats.order_by("pk")] == [SeatRole.NON_EXECUTIVE, SeatRole.CHAIR]
    status, html = said(client, address, {"role": "partner"})
    assert status == 422
    assert "This seat ended on" in html


def test_the_last_lead_is_told_why_they_stay(client: Client, lead: User, trust: Organisation) -> None:
    seat = lead.seats.get()
    for name, posted in (("change_seat", {"role": "executive"}), ("end_seat", day_posted(0))):
        status, html = said(client, url(name, trust, seat.pk), posted)
        assert status == 422
        assert "is the last digital lead of Fenwick Hospitals NHS Trust. Make somebody else a digital lead" in html
    seat.refresh_from_db()
    assert (seat.is_digital_lead, seat.ends_on) == (True, None)


def test_a_lead_who_steps_down_goes_to_the_first_page(client: Client, lead: User, trust: Organisation) -> None:
    make_lead(trust)
    answered = client.post(url("change_seat", trust, lead.seats.get().pk), {"role": "executive"})
    assert answered["Location"] == reverse("assessments:home")
    assert client.get(url("people", trust)).status_code == 403


def test_ending_a_seat_asks_first_and_takes_a_real_day(client: Client, lead: User, trust: Organisation) -> None:
    seat = make_seat(trust, "Ada Quince")
    address = url("end_seat", trust, seat.pk)
    html = page(client, address)
    assert "After the last day they can no longer answer for this board" in html
    assert f'value="{timezone.localdate().year}"' in html
    for posted, words in (
        ({}, "Enter the last day in the seat."),
        (day_posted(0) | {"ends_on_month": 13}, "Enter a real day"),
        (day_posted(0) | {"ends_on_year": 9999}, "in the next five years"),
        (day_posted(0) | {"ends_on_year": 2019}, "The seat began on 1 January 2020."),
    ):
        status, html = said(client, address, posted)
        assert (status, html.count(words)) == (422, 2), words
    seat.refresh_from_db()
    assert seat.ends_on is None
    client.post(address, day_posted(YESTERDAY))
    assert "Past seats" in page(client, url("people", trust))


def test_a_seat_of_another_board_is_not_there(client: Client, lead: User, trust: Organisation) -> None:
    theirs = make_seat(make_organisation())
    for name in ("change_seat", "end_seat"):
        for board in (trust, theirs.organisation):
            assert client.get(url(name, board, theirs.pk)).status_code == 404
            assert client.post(url(name, board, theirs.pk), {"role": "chair"} | day_posted(0)).status_code == 404
    theirs.refresh_from_db()
    assert (theirs.role, theirs.ends_on) == (SeatRole.NON_EXECUTIVE, None)


# --- a list -------------------------------------------------------------------------------------------------------

LIST = "\nName;Email;Role\n<b>Ada</b>;ada@board.example;NED\nEve;eve@board.example;dragon <i>\n"


def test_a_list_is_previewed_then_saved(client: Client, lead: User, trust: Organisation) -> None:
    status, html = said(client, url("add_people", trust), {"text": LIST})
    assert status == 200
    assert "Will be added: 1. Left out: 1 (line 4)." in html
    assert "&lt;b&gt;Ada&lt;/b&gt;" in html
    assert "<b>Ada" not in html
    assert "“dragon &lt;i&gt;” is not one of the roles" in html
    assert not trust.seats.filter(person__email="ada@board.example").exists()
    assert client.session.get("text") is None
    answered = client.post(url("add_people", trust), {"text": LIST, "confirm": ""}, follow=True)
    assert "Will be added: 1. Left out: 1 (line 4)." not in answered.content.decode()
    assert "Added: 1. Left out: 1 (line 4)." in answered.content.decode()
    assert trust.seats.get(person__email="ada@board.example").person.name == "<b>Ada</b>"
    assert not User.objects.filter(email="eve@board.example").exists()
    assert not mail.outbox


def test_the_list_travels_in_the_form_and_comes_back(client: Client, lead: User, trust: Organisation) -> None:
    previewed = client.post(url("add_people", trust), {"text": LIST})
    carried = previewed.context["form"]["text"].value()
    assert carried == LIST
    html = client.post(url("add_people", trust), {"text": carried, "edit": ""}).content.decode()
    assert "Eve;eve@board.example;dragon &lt;i&gt;" in html


def test_a_file_is_read_whatever_wrote_it(client: Client, lead: User, trust: Organisation) -> None:
    file = SimpleUploadedFile("board.csv", "Zoë;zoe@board.example;Chair".encode("cp1252"))
    status, html = said(client, url("add_people", trust), {"file": file})
    assert status == 200
    assert "Zoë" in html


@pytest.mark.parametrize(
    ("text", "file", "words"),
    [
        ("", None, "Upload a file or paste a list."),
        (LIST, b"Ada,ada@board.example,NED", "Upload a file or paste a list, not both."),
        ("", b"", "There is nobody in the list."),
        ("", b"PK\x00\x00", "not a text file"),
        ("", b"x" * 200_001, "The file is too large"),
        ("x" * 100_001, None, "longer than 100 kB"),
        ("Ada\0,ada@board.example,NED", None, "Null characters are not allowed."),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_beside_the_field(
    client: Client, lead: User, trust: Organisation, text: str, file: bytes | None, words: str
) -> None:
    posted: dict[str, Any] = {"text": text, "confirm": ""}
    if file is not None:
        posted["file"] = SimpleUploadedFile("board.csv", file)
    status, html = said(client, url("add_people", trust), posted)
    assert status == 422
    assert words in html
    assert trust.seats.count() == 1


def test_what_changed_since_the_preview_is_looked_at_again(client: Client, lead: User, trust: Organisation) -> None:
    text = "Ada,ada@board.example,NED,no"
    client.post(url("add_people", trust), {"text": text})
    client.post(url("add_people", trust), {"text": text, "confirm": ""})
    answered = client.post(url("add_people", trust), {"text": text, "confirm": ""}, follow=True)
    assert "No change: 1." in answered.content.decode()
    assert trust.seats.filter(person__email="ada@board.example").count() == 1


def test_queries_do_not_grow_with_people(client: Client, lead: User, trust: Organisation) -> None:
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get(url("people", trust))
            client.post(url("add_people", trust), {"text": "\n".join(f"A,a{n}@b.example,NED" for n in range(50))})
        counts.append(len(captured))
        for _ in range(20):
            make_seat(trust)
    assert counts[0] == counts[1]


# --- rounds under way ---------------------------------------------------------------------------------------------


def test_who_left_is_kept_in_the_round_and_marked(
    client: Client, lead: User, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    round_ = make_round(trust, digital_boards, members=3)
    address = reverse("assessments:round", args=[round_.pk])
    assert "Left the board" not in page(client, address)
    gone(round_.responses.all()[0])
    html = page(client, address)
    day = timezone.localdate() - dt.timedelta(days=1)
    assert html.count(f"Left the board on {day:%-d %B %Y}") == 1
    assert "3 not started" in html
    assert url("people", trust) in html


def test_who_changed_roles_has_not_left(
    client: Client, lead: User, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    response = make_round(trust, digital_boards, members=1).responses.get()
    client.post(url("change_seat", trust, response.seat_id), {"role": "chair"})
    assert "Left the board" not in page(client, reverse("assessments:round", args=[response.round_id]))
    answer(response, lambda indicator: 2)
    round_actions.submit_response(response=response)


def test_who_left_reads_their_answers_and_cannot_change_them(
    client: Client, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    response = make_round(trust, digital_boards).responses.all()[0]
    answer(response, lambda indicator: 2)
    round_actions.submit_response(response=response)
    gone(response)
    client.force_login(response.person)
    home = page(client, reverse("assessments:home"))
    assert "You have left this board." in home
    assert reverse("assessments:check", args=[response.pk]) in home
    html = page(client, reverse("assessments:check", args=[response.pk]))
    assert "You no longer hold a seat on this board." in html
    assert "You submitted 13 of 13 answers" in html
    assert "Reopen my answers" not in html
    with pytest.raises(NotNow, match="no longer hold a seat"):
        round_actions.reopen_response(response=response)


def test_what_is_typed_after_the_seat_ended_is_given_back(
    client: Client, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    response = make_round(trust, digital_boards).responses.all()[0]
    client.force_login(response.person)
    gone(response)
    indicator = response.round.indicators()[0]
    posted = {f"answer-{indicator.pk}": "3", f"comment-{indicator.pk}": "Do not lose me"}
    section = reverse("assessments:section", args=[response.pk, indicator.section.code])
    status, html = said(client, section, posted)
    assert status == 409
    assert "Do not lose me" in html
    assert not response.answers.exists()
    assert client.get(section)["Location"] == reverse("assessments:check", args=[response.pk])


def test_who_left_is_not_led_to_a_result_that_they_cannot_read(
    client: Client, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    round_ = make_round(trust, digital_boards, state="closed", answers=lambda member, indicator: 2)
    response = round_.responses.all()[0]
    results = reverse("reports:results", args=[round_.pk])
    addresses = [reverse("assessments:home"), reverse("assessments:check", args=[response.pk])]
    client.force_login(response.person)
    assert all(results in page(client, address) for address in addresses)
    gone(response)
    assert not any(results in page(client, address) for address in addresses)
    assert client.get(results).status_code == 404
    assert lead_of(round_).seats.get().ends_on is None


@pytest.mark.parametrize("page", ["add_person", "assessments:new_member"])
def test_nobody_is_seated_at_a_leavers_address(
    client: Client, trust: Organisation, digital_boards: FrameworkVersion, page: str
) -> None:
    round_ = make_round(trust, digital_boards)
    client.force_login(lead_of(round_))
    url = reverse(page, args=[trust.ods_code if page == "add_person" else round_.pk])
    posted = {"name": "Ghost", "email": "Former-Member-7@anonymised.invalid", "role": "chair"}
    answered = client.post(url, posted)
    assert "stands for somebody who has left" in answered.content.decode()
    assert not User.objects.filter(name="Ghost").exists()
