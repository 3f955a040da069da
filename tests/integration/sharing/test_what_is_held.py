"""What is held of a self-assessment that was shared, and how it goes."""

import re

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organisations.actions import end_seat
from organisations.anonymising import anonymise
from organisations.choices import SeatRole
from organisations.models import AuditEvent, Seat
from tests.factories import LONG_AGO, make_seat
from tests.integration.sharing.conftest import DAY, Board, member_anonymised, read, two_days_ago


def test_my_data_says_with_whom_and_the_chairs_does_not_say_whose(board: Board, client: Client) -> None:
    board.share()
    read(client, board.chair, board)
    client.force_login(board.member)
    mine = client.post(reverse("assessments:my_data_download")).json()["Your responses"][0]
    assert mine["Shared with the chair"] == "Margaret Chair"
    assert mine["Shared since"].startswith(f"{timezone.localdate():%-d %B %Y}")
    client.force_login(board.chair)
    text = client.post(reverse("assessments:my_data_download"))
    held = text.json()
    assert [row["Round"] for row in held["Self-assessments shared with you"]] == [str(board.round)]
    assert board.member.name not in text.content.decode()


def test_anonymising_a_chair_leaves_the_member_their_answers(board: Board, client: Client) -> None:
    board.share()
    two_days_ago(board)
    end_seat(by=board.chair, seat=board.chair_seat, ends_on=timezone.localdate() - DAY)
    anonymise(person=board.chair)
    client.force_login(board.member)
    page = client.get(board.url("share")).content.decode()
    assert "Only you can read it now." in page
    assert "Margaret Chair" not in page
    assert board.response.answers.count() > 10


def test_anonymising_a_member_takes_the_name_out_of_what_the_chair_read(board: Board, client: Client) -> None:
    board.share()
    read(client, board.chair, board)
    name = board.member.name
    member_anonymised(board)
    subjects = " ".join(AuditEvent.objects.values_list("subject", flat=True))
    assert not re.search(rf"{name}\b", subjects)
    assert f"Former member {board.member.pk}" in subjects


def test_a_former_chair_of_long_ago_is_not_offered(board: Board, client: Client) -> None:
    former = make_seat(board.organisation, "Former Chair", role=SeatRole.CHAIR)
    Seat.objects.filter(pk=former.pk).update(starts_on=LONG_AGO, ends_on=LONG_AGO + DAY)
    client.force_login(board.member)
    assert "Former Chair" not in client.get(board.url("share")).content.decode()
