"""The page and the file of two versions side by side."""

import csv
import io
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from frameworks.actions import publish
from frameworks.exchange.copying import draft_from
from frameworks.models import FrameworkVersion, Indicator
from organisations.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(signed_in: Callable[[User], Client]) -> Client:
    return signed_in(User.objects.create_user("reader@board.example", "Reader"))


@pytest.fixture
def draft(wgll: FrameworkVersion) -> FrameworkVersion:
    """WGLL with one indicator reworded, so that a spreadsheet would take it for a formula, and one less."""
    draft = draft_from(version=wgll, code="2027")
    Indicator.objects.filter(version=draft, code="WL-ICS-01").update(text="=1+1")
    draft.indicators.get(code="WL-ICS-02").delete()
    return draft


def address(name: str = "crosswalk", code: str = "wgll", version: str = "2021-10") -> str:
    return reverse(f"frameworks:{name}", args=[code, version])


def shown(client: Client, other: str, **more: str) -> str:
    response = client.get(address(), {"other": other, **more})
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def test_a_version_beside_another(reader: Client, draft: FrameworkVersion) -> None:
    publish(version=draft)
    page = shown(reader, "wgll/2027")
    for line in ("Same words: 141", "Same code, other words: 1", "Only on the left: 1"):
        assert f"<li>{line}</li>" in page
    assert "<strong>WL-ICS-01</strong> =1+1" in page
    differences = shown(reader, "wgll/2027", differences="on")
    assert differences.count("<strong>WL-ICS-0") == 3
    assert "<strong>WL-ORG-01" not in differences
    assert address() in reader.get(reverse("frameworks:version", args=["wgll", "2021-10"])).content.decode()


def test_before_anything_is_chosen_there_is_the_choice(
    reader: Client, frameworks: None, draft: FrameworkVersion
) -> None:
    publish(version=draft)
    page = reader.get(address())
    assert next(key for key, _ in page.context["form"].fields["other"].choices) == "wgll/2027"
    assert page.status_code == 200
    assert "Put beside" in page.content.decode()
    assert "Left:" not in page.content.decode()


@pytest.mark.parametrize("other", ["", "wgll/2021-10", "nothing/2020"])
def test_what_cannot_be_chosen_is_said(other: str, reader: Client, frameworks: None) -> None:
    for name in ("crosswalk", "crosswalk_file"):
        response = reader.get(address(name), {"other": other})
        assert response.status_code == 422
        assert "Choose " in response.content.decode()


def test_drafts_are_for_content_admins(reader: Client, draft: FrameworkVersion) -> None:
    assert "wgll/2027" not in reader.get(address()).content.decode()
    assert reader.get(address(), {"other": "wgll/2027"}).status_code == 422
    assert reader.get(address(version="2027")).status_code == 404
    reader.force_login(User.objects.create_user("editor@portal.example", "Editor", is_staff=True))
    assert reader.get(address(), {"other": "wgll/2027"}).status_code == 200


def test_the_file_has_every_pair_and_no_formula(reader: Client, draft: FrameworkVersion) -> None:
    publish(version=draft)
    response = reader.get(address("crosswalk_file"), {"other": "wgll/2027", "differences": "on"})
    assert response["Content-Disposition"] == 'attachment; filename="crosswalk-wgll-2021-10-wgll-2027.csv"'
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0][:5] == ["What", "Section, WGLL 2021-10", "Code, WGLL 2021-10", "Words, WGLL 2021-10", "Relation"]
    assert [row[0] for row in rows].count("Success measure") == 7
    assert [row[0] for row in rows].count("Indicator") == 143
    (reworded,) = [row for row in rows if row[2] == "WL-ICS-01"]
    assert (reworded[4], reworded[7]) == ("Same code, other words", "'=1+1")


def test_it_takes_as_many_queries_whatever_the_size(reader: Client, frameworks: None) -> None:
    counts = []
    for code, version, other in (
        ("wgll", "2021-10", "lcf/2024-02"),
        ("digital-boards", "2020-07", "lcf/2024-02"),
    ):
        reader.get(address(code=code, version=version), {"other": other})
        with CaptureQueriesContext(connection) as captured:
            reader.get(address(code=code, version=version), {"other": other})
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 36
