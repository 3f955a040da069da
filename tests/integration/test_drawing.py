"""The life of a drawing: asked for once, claimed by one worker, taken up after a kill, given up in words."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.models import Round
from reports.exports.files import FiguresFile
from reports.models import Drawing, DrawingState, VersionPdf
from reports.models.drawing import CLAIM_HOLDS, DRAFTS_KEPT, MOST_ATTEMPTS
from reports.pdf import archive, drawing
from reports.pdf.drawing import (
    ask_again,
    ask_for,
    claim,
    clear_outdated,
    draw,
    draw_next,
    draw_waiting,
    give_up_abandoned,
)
from reports.signed.sign_off import sign_off
from tests.factories import lead_of

LATER = CLAIM_HOLDS + dt.timedelta(minutes=1)
Made = Callable[..., bytes]


class Killed(BaseException):
    """Nothing catches it, as nothing survives SIGKILL; an open transaction is rolled back."""


@pytest.fixture(autouse=True)
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was drawn; drawing takes no time."""
    drawn: list[str] = []

    def pdf_of(html: str, tell: Callable[[int], None]) -> bytes:
        for step in range(1, 8):
            tell(step)
        drawn.append(html)
        return f"%PDF {html}".encode()

    monkeypatch.setattr(drawing, "pdf_of", pdf_of)
    monkeypatch.setattr(archive, "archive_copy", copied)
    return drawn


def copied(pdf: bytes, figures: archive.Attached, source: str = "") -> bytes:
    return pdf + b" with " + figures.content


def ask(round_: Round, html: str = "a draft") -> Drawing:
    return ask_for(round_=round_, html=html, file_name="draft.pdf")


def stands(row: Drawing) -> tuple[str, int]:
    row.refresh_from_db()
    return row.state, row.attempts


def test_the_same_is_drawn_once_and_another_anew(closed: Round, made: list[str]) -> None:
    first, again, other = ask(closed), ask(closed), ask(closed, "another draft")
    assert first == again != other
    assert draw_waiting() == 2
    assert ask(closed) == first
    assert draw_waiting() == 0
    assert sorted(made) == ["a draft", "another draft"]
    first.refresh_from_db()
    assert (first.is_done, first.step, bytes(first.pdf), bytes(first.html)) == (True, 7, b"%PDF a draft", b"")


def test_pressing_twice_shows_the_same_page_and_costs_one_drawing(
    closed: Round, client: Client, made: list[str]
) -> None:
    client.force_login(lead_of(closed))
    address = reverse("reports:report_pdf", args=[closed.pk])
    pages = {client.post(address)["Location"] for _ in range(2)}
    part = client.post(address, {"kind": "summary"})["Location"]
    assert len(pages) == 1
    assert part not in pages
    assert b"Waiting for its turn" in client.get(part).content
    assert client.get(part.rstrip("/") + ".pdf")["Location"] == part
    draw_waiting()
    assert len(made) == 2
    assert b"The report is ready" in client.get(part).content
    assert client.post(address, {"kind": "none"}).status_code == 404


def test_a_draft_s_archive_copy_has_the_figures_of_the_export_page(closed: Round, client: Client) -> None:
    client.force_login(lead_of(closed))
    address = reverse("reports:report_pdf", args=[closed.pk])
    assert b"as an archive copy with the figures attached (PDF/A-3)" in client.get(address, {"file": "archive"}).content
    page = client.post(f"{address}?file=archive")["Location"]
    table = client.get(reverse("reports:figures", args=[closed.pk, "csv"]))
    assert Drawing.objects.get().figures_name in table["Content-Disposition"]
    draw_waiting()
    taken = client.get(page.rstrip("/") + ".pdf")
    assert taken.content.endswith(b" with " + table.content)
    assert taken["Content-Disposition"].endswith('-full-archive-copy.pdf"')
    assert bytes(Drawing.objects.get().figures) == b""
    assert client.post(address)["Location"] != page


def test_figures_that_changed_make_another_copy(closed: Round) -> None:
    files = [FiguresFile(content, "text/csv", "figures.csv", "") for content in (b"1", b"1", b"2")]
    asked = [ask_for(round_=closed, html="a draft", file_name="a.pdf", figures=figures).pk for figures in files]
    assert len(set(asked)) == 2


def test_reading_the_pages_writes_nothing(closed: Round, client: Client) -> None:
    row = ask(closed)
    client.force_login(lead_of(closed))
    client.get(reverse("reports:report_pdf", args=[closed.pk]))
    client.get(reverse("reports:drawing", args=[closed.pk, row.pk]))
    assert Drawing.objects.count() == 1
    assert stands(row) == (DrawingState.WAITING, 0)


def test_of_two_workers_one_draws(closed: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second looks between the first's look and its claim, and claims before it."""
    row = ask(closed)
    taken: list[Drawing | None] = []
    now = timezone.now()

    def between(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith("UPDATE") and not taken:
            taken.append(None)
            taken[0] = claim(now)
        return execute(sql, *rest)

    with connection.execute_wrapper(between):
        assert claim(now) is None
    assert taken == [row]
    assert stands(row) == (DrawingState.DRAWING, 1)


def test_a_worker_that_was_thought_dead_stores_nothing(closed: Round) -> None:
    ask(closed)
    now = timezone.now()
    slow = claim(now)
    assert slow
    assert draw_next(now + LATER)
    kept = Drawing.objects.get()
    draw(slow, now)
    after = Drawing.objects.get()
    assert (after.done_at, after.attempts, after.state) == (kept.done_at, 2, DrawingState.DONE)


def test_whoever_finds_it_taken_up_stops_at_the_next_step(closed: Round, made: list[str]) -> None:
    """The second is still at it: nothing of the first's is stored, and the second's claim stays."""
    row, now = ask(closed), timezone.now()
    first, second = claim(now), claim(now + LATER)
    assert first
    assert second
    draw(first, now)
    assert made == []
    assert stands(row) == (DrawingState.DRAWING, 2)
    draw(second, now)
    assert stands(row) == (DrawingState.DONE, 2)


def test_whoever_finds_it_taken_up_at_the_end_keeps_nothing(closed: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    version = sign_off(by=lead_of(closed), round_=closed)
    now = timezone.now()

    def taken_up_after_the_last_step(html: str, tell: Callable[[int], None]) -> bytes:
        tell(7)
        assert claim(timezone.now() + LATER)
        return b"%PDF"

    monkeypatch.setattr(drawing, "pdf_of", taken_up_after_the_last_step)
    first = claim(now)
    assert first
    draw(first, now)
    assert stands(version.drawing) == (DrawingState.DRAWING, 2)
    assert not VersionPdf.objects.exists()


def test_what_was_given_up_stays_so_until_somebody_asks_again(closed: Round, made: list[str]) -> None:
    row, now = ask(closed), timezone.now()
    claims = [claim(now + LATER * attempt) for attempt in range(MOST_ATTEMPTS)]
    assert give_up_abandoned(now + LATER * MOST_ATTEMPTS) == 1
    last = claims[-1]
    assert last
    draw(last, now)
    assert made == []
    assert stands(row) == (DrawingState.FAILED, MOST_ATTEMPTS)
    assert ask(closed) == row
    assert stands(row) == (DrawingState.WAITING, 0)


def test_what_waited_longest_comes_first_and_another_name_is_another_drawing(closed: Round) -> None:
    first, second = ask(closed), ask_for(round_=closed, html="a draft", file_name="other.pdf")
    assert [claim(timezone.now()) for _ in range(3)] == [first, second, None]


def test_a_claim_is_renewed_with_each_step(closed: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    row, taken = ask(closed), []

    def slow(html: str, tell: Callable[[int], None]) -> bytes:
        tell(1)
        taken.append(claim(timezone.now()))
        return b"%PDF"

    monkeypatch.setattr(drawing, "pdf_of", slow)
    Drawing.objects.update(try_at=timezone.now() - 2 * LATER)
    assert draw_next(timezone.now() - LATER)
    assert taken == [None]
    assert stands(row) == (DrawingState.DONE, 1)


def test_only_what_was_abandoned_for_the_last_time_is_given_up(closed: Round) -> None:
    row, now = ask(closed), timezone.now()
    claim(now)
    Drawing.objects.update(step=5)
    assert give_up_abandoned(now + LATER) == 0
    again = claim(now + LATER)
    assert again
    row.refresh_from_db()
    assert row.step == 0
    claim(now + 2 * LATER)
    assert give_up_abandoned(now + 2 * LATER) == 0
    assert claim(now + 3 * LATER) is None


def test_asking_again_leaves_alone_what_has_not_failed(closed: Round) -> None:
    for state in (DrawingState.WAITING, DrawingState.DRAWING, DrawingState.DONE):
        row = ask(closed, state)
        at = timezone.now()
        done_at = at if state == DrawingState.DONE else None
        Drawing.objects.filter(pk=row.pk).update(state=state, attempts=1, claimed_at=at, done_at=done_at)
        ask_again(row)
        assert stands(row) == (state, 1)


def test_the_log_says_what_kind_of_failure_and_none_of_its_words(
    closed: Round, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(html: str, tell: object) -> bytes:
        raise ValueError("what a member typed")

    ask(closed)
    monkeypatch.setattr(drawing, "pdf_of", fail)
    draw_waiting()
    assert "ValueError" in caplog.text
    assert "typed" not in caplog.text


def killed_at(n: int) -> bool:
    """Whether the worker had so many statements to be killed at."""
    left = n

    def step(execute: Any, *rest: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            raise Killed
        return execute(*rest)

    try:
        with connection.execute_wrapper(step):
            draw_waiting()
    except Killed:
        return True
    return False


@pytest.mark.parametrize("of_version", [False, True])
def test_killed_before_every_statement_it_is_there_once(closed: Round, *, of_version: bool) -> None:
    n, was_killed = 0, True
    while was_killed:
        n += 1
        row = sign_off(by=lead_of(closed), round_=closed).drawing if of_version else ask(closed, f"draft {n}")
        was_killed = killed_at(n)
        draw_waiting(timezone.now() + LATER)
        assert stands(row)[0] == DrawingState.DONE, n
        assert VersionPdf.objects.count() == (n if of_version else 0)
        if of_version:
            actions.take_back_sign_off(by=lead_of(closed), round_=closed, reason="Once more")
    assert n > 10


def test_what_fails_is_tried_three_times_and_then_says_so(
    closed: Round, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(html: str, tell: object) -> bytes:
        raise OSError

    row, now = ask(closed), timezone.now()
    with monkeypatch.context() as patched:
        patched.setattr(drawing, "pdf_of", fail)
        for attempt in range(1, MOST_ATTEMPTS):
            draw_waiting(now)
            assert stands(row) == (DrawingState.WAITING, attempt)
            now += dt.timedelta(minutes=2)
        draw_waiting(now)
    assert stands(row) == (DrawingState.FAILED, MOST_ATTEMPTS)
    client.force_login(lead_of(closed))
    page = reverse("reports:drawing", args=[closed.pk, row.pk])
    assert b"The report could not be made" in client.get(page).content
    assert client.post(page)["Location"] == page
    assert stands(row) == (DrawingState.WAITING, 0)
    draw_waiting()
    assert stands(row)[0] == DrawingState.DONE


def test_what_ends_the_process_each_time_is_given_up(closed: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    def end(html: str, tell: object) -> bytes:
        raise Killed

    row, now = ask(closed), timezone.now()
    monkeypatch.setattr(drawing, "pdf_of", end)
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(Killed):
            draw_waiting(now)
        now += LATER
    assert draw_waiting(now) == 0
    assert give_up_abandoned(now) == 1
    assert stands(row) == (DrawingState.FAILED, MOST_ATTEMPTS)


def test_drafts_go_after_a_day_and_what_is_owed_stays(closed: Round) -> None:
    ask(closed)
    version = sign_off(by=lead_of(closed), round_=closed)
    tomorrow = timezone.now() + DRAFTS_KEPT + dt.timedelta(minutes=1)
    assert clear_outdated(timezone.now()) == 0
    assert clear_outdated(tomorrow) == 1
    assert list(Drawing.objects.all()) == [version.drawing]
    draw_waiting()
    assert clear_outdated(tomorrow) == 1
    assert VersionPdf.objects.get().version == version


def test_the_row_of_a_version_s_drawing_holds_no_second_file(closed: Round) -> None:
    version = sign_off(by=lead_of(closed), round_=closed)
    draw_waiting()
    version.drawing.refresh_from_db()
    assert (bytes(version.drawing.pdf), bytes(version.drawing.html)) == (b"", b"")


def test_a_draft_is_read_only_as_long_as_results_are(closed: Round, client: Client) -> None:
    row = ask(closed)
    draw_waiting()
    client.force_login(lead_of(closed))
    file = reverse("reports:drawn_pdf", args=[closed.pk, row.pk])
    assert client.get(file).content == b"%PDF a draft"
    Round.objects.filter(pk=closed.pk).update(state="open", closed_at=None, unsubmitted_counted=None)
    assert client.get(file).status_code == 403
    assert client.get(reverse("reports:drawing", args=[closed.pk, row.pk])).status_code == 403
