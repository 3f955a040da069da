"""More than a hundred bad files: each is answered with a clear report, none writes a row, and all of them soon."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from organisations.models import User
from tests.broken_frameworks import BROKEN, GOOD
from tests.broken_frameworks.workbooks import broken_workbooks, good, scrambled

# openpyxl warns of parts that it cannot place; what it then reads is checked as ever.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")]
MOST_SECONDS = 20
MORE_YAML = (
    ("too large", b"#" * 2_000_001, "larger than 2 MB"),
    ("a hundred thousand rows", GOOD.encode() + b"  - {}\n" * 100_000, "more than 50,000 values"),
    ("a hundred thousand codes", b"- T-1\n" * 100_000, "more than 50,000 values"),
    ("a hundred thousand aliases", b"- &a x\n" + b"- *a\n" * 100_000, "refers to another part"),
    ("names without end", b"x" * 1_900_000 + b": 1\n", "this is not YAML"),
    ("brackets without end", b"[" * 1_000_000, "nested more than 12 deep"),
    ("spreadsheet by name only", GOOD.encode(), "this is not an Excel workbook"),
)


@pytest.fixture
def admin(signed_in: Callable[[User], Client]) -> Client:
    return signed_in(User.objects.create_superuser("editor@portal.example", "Editor"))


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def faults(client: Client, name: str, content: bytes) -> Any:
    """What is said about the file; None if it is good."""
    file = "tiny.xlsx" if content.startswith(b"PK") or "spreadsheet" in name else "tiny.yaml"
    response = client.post(
        reverse("admin:frameworks_frameworkversion_upload"), {"file": SimpleUploadedFile(file, content)}
    )
    assert response.status_code in {200, 422}, name
    assert len(response.content) < 400_000, name
    if response.status_code == 200:
        return None
    return response.context.get("faults") or [str(response.context["form"].errors)]


def said_in(found: Any, said: str) -> bool:
    return any(said.lower() in fault.lower() for fault in found or ())


def test_a_hundred_bad_files(admin: Client) -> None:
    cases = [(broken.name, broken.content, broken.said[0][2]) for broken in BROKEN if broken.name != "too large"]
    cases += [*MORE_YAML, *broken_workbooks()]
    assert len(cases) > 100
    before, started = rows(), time.process_time()
    wrong = [
        (name, found[:3] if found else found)
        for name, content, said in cases
        if not said_in(found := faults(admin, name, content), said)
    ]
    assert wrong == []
    assert (taken := time.process_time() - started) < MOST_SECONDS, taken
    assert rows() == before


def test_scrambled_workbooks_are_no_accident(admin: Client) -> None:
    before, started = rows(), time.process_time()
    found = [faults(admin, name, content) for name, content, _ in scrambled(60)]
    assert sum(bool(one) for one in found) > 20
    assert time.process_time() - started < MOST_SECONDS
    assert rows() == before


def test_the_workbook_that_they_are_made_from_is_good(admin: Client) -> None:
    assert faults(admin, "good", good()) is None
