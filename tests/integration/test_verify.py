"""The public page that tells whether a file or a reference is a report that was signed off."""

import re

import pytest
from django.conf import settings as portal
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments import actions
from assessments.models import Round
from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from reports.models import ReportVersion
from reports.models.version import ALPHABET, new_reference
from reports.pdf import archive, drawing
from reports.pdf.drawing import draw_waiting
from reports.signed.sign_off import sign_off
from reports.signed.verification import of_file, of_reference
from reports.signed.verify_views import LARGEST_FILE
from tests.factories import lead_of, make_round

PAGE = "/verify/"
PDF = b"%PDF-1.7 what the board signed off"


@pytest.fixture
def version(trust: Organisation, digital_boards: FrameworkVersion, monkeypatch: pytest.MonkeyPatch) -> ReportVersion:
    monkeypatch.setattr(drawing, "pdf_of", lambda html, tell: PDF + html.encode())
    monkeypatch.setattr(archive, "archive_copy", lambda pdf, figures, source: pdf + figures.content)
    round_ = make_round(trust, digital_boards, members=5, state="closed", answers=lambda member, indicator: 2)
    return again(round_)


def again(round_: Round) -> ReportVersion:
    version = sign_off(by=lead_of(round_), round_=Round.objects.get(pk=round_.pk))
    draw_waiting()
    return version


def words(client: Client, status: int = 200, **sent: object) -> str:
    answered = client.post(PAGE, sent)
    assert answered.status_code == status
    return re.sub(r"\s+", " ", answered.content.decode())


def upload(content: bytes, name: str = "report.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_file_is_known_to_anybody_and_what_became_of_it_is_said(version: ReportVersion, client: Client) -> None:
    file, day = bytes(version.file.content), f"{version.signed_off_at:%-d %B %Y}"
    page = words(client, file=upload(file, "renamed.doc"))
    assert "This report is unchanged" in page
    assert f"version 1 of the report of {version.round.organisation.name}, signed off on {day}" in page
    assert version.file.sha256 in page
    actions.take_back_sign_off(by=lead_of(version.round), round_=version.round, reason="A secret reason")
    page = words(client, file=upload(file))
    assert "The sign-off has been taken back since" in page
    assert "A secret reason" not in page
    again(version.round)
    assert "superseded by version 2" in words(client, file=upload(file))


def test_an_archive_copy_is_known_and_called_a_copy(version: ReportVersion, client: Client) -> None:
    page = words(client, file=upload(bytes(version.archive_copy.content)))
    assert "This archive copy is unchanged" in page
    assert "The file is a copy, with the figures attached, of version 1 of the report of" in page
    assert version.reference in page
    assert version.file.sha256 in page
    assert version.archive_copy.sha256 not in page


def test_a_reference_tells_what_it_may_and_nothing_else(version: ReportVersion, client: Client) -> None:
    for typed in (version.reference, version.reference.lower().replace("-", " "), f" {version.reference} "):
        page = words(client, reference=typed)
        assert "A report with this reference was signed off" in page
    round_ = version.round
    assert all(told in page for told in (round_.organisation.name, round_.version.framework.title, "Signed off"))
    assert version.file.sha256 in page
    assert version.figures["round_dates"] in page
    assert lead_of(round_).name not in page
    assert version.figures["summary"]["overall_note"] not in page


@pytest.mark.parametrize("typed", ["7KQM-2XWD-N4HT-9RBC", "-", "%", "ß" * 100, "0O1IL", "1' or 1=1"])
def test_other_references_are_nobodys(version: ReportVersion, client: Client, typed: str) -> None:
    assert "No report has this reference" in words(client, reference=typed)


def test_a_draft_cannot_be_verified(version: ReportVersion, client: Client) -> None:
    for content in (b"", PDF, b"\0" * 100_000):
        assert "Not a report of this portal, or it was changed" in words(client, file=upload(content))


def test_what_is_missing_or_too_much_is_said_beside_the_field(client: Client, db: None) -> None:
    assert "Choose a file or enter a reference." in words(client, 422)
    assert "not both" in words(client, 422, reference="7KQM", file=upload(b"x"))
    assert "too large" in words(client, 422, file=upload(b"x" * (LARGEST_FILE + 1)))
    assert words(client, 422, reference="7" * 101)
    assert words(client, 422, reference="7\0K")
    assert client.get(PAGE).status_code == 200
    assert client.put(PAGE).status_code == 405
    assert client.post(PAGE, b"--x\r\njunk", content_type="multipart/form-data; boundary=x").status_code in (400, 422)


def test_too_many_tries_are_told_to_wait(client: Client, db: None) -> None:
    most = int(portal.ACCOUNT_RATE_LIMITS["verify_report"].split("/")[0])
    for _ in range(most):
        client.post(PAGE, {"reference": "7KQM"})
    answered = client.post(PAGE, {"reference": "7KQM"})
    assert answered.status_code == 429
    assert b"You can try again from" in answered.content
    assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize(
    ("kind", "own"), [("reference", 1), ("file", 1), ("copy", 2), ("unknown file", 2), ("unknown reference", 1)]
)
def test_it_is_read_in_one_query_or_two(version: ReportVersion, client: Client, kind: str, own: int) -> None:
    """The rest counts tries, which are kept in the cache's table."""
    sent = {
        "reference": {"reference": version.reference},
        "file": {"file": upload(bytes(version.file.content))},
        "copy": {"file": upload(bytes(version.archive_copy.content))},
        "unknown file": {"file": upload(b"x")},
        "unknown reference": {"reference": "7KQM-2XWD-N4HT-9RBC"},
    }[kind]
    with CaptureQueriesContext(connection) as queries:
        client.post(PAGE, sent)
    assert len([query for query in queries if "reports_" in query["sql"]]) == own
    assert len(queries) <= own + 12


def test_references_are_typeable_and_differ() -> None:
    made = {new_reference() for _ in range(1000)}
    assert len(made) == 1000
    assert all(re.fullmatch(rf"(?:[{ALPHABET}]{{4}}-){{3}}[{ALPHABET}]{{4}}", reference) for reference in made)
    assert not set("01ILO") & set(ALPHABET)


def test_the_page_is_named_where_versions_are(version: ReportVersion, client: Client) -> None:
    client.force_login(lead_of(version.round))
    assert PAGE in client.get(reverse("reports:results", args=[version.round.pk])).content.decode()


EXAMPLES = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # nothing is written
)


@EXAMPLES
@given(place=st.integers(0), change=st.integers(1, 255))
def test_any_changed_or_missing_byte_makes_another_file(version: ReportVersion, place: int, change: int) -> None:
    content = bytes(version.file.content)
    place %= len(content)
    changed = bytearray(content)
    assert of_file([bytes(changed)]) is not None
    changed[place] ^= change
    assert of_file([bytes(changed)]) is None
    assert of_file([content[:place], content[place + 1 :]]) is None


@EXAMPLES
@given(place=st.integers(0, 15), other=st.sampled_from(ALPHABET))
def test_any_other_sign_makes_another_reference(version: ReportVersion, place: int, other: str) -> None:
    letters = list(version.reference.replace("-", ""))
    is_same, letters[place] = letters[place] == other, other
    assert (of_reference("".join(letters)) is not None) == is_same
