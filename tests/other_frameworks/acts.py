"""What people do with a framework, each through the pages: load it, run a round on it, answer, take files away."""

import datetime as dt
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Response, Round
from frameworks.documents.document import FrameworkDocument, read_document
from frameworks.models import FrameworkVersion
from organisations.choices import SeatRole
from organisations.models import Organisation, User
from tests.factories import lead_for, make_seat

HERE = Path(__file__).parent
CYBER, NURSING = HERE / "cyber.yaml", HERE / "nursing.yaml"


def said_in(file: Path) -> FrameworkDocument:
    document = read_document(file.read_bytes(), file.name)
    assert isinstance(document, FrameworkDocument), document
    return document


def words(answered: Any) -> str:
    """A page's words, or what a refused form says."""
    assert answered.status_code == 200, " ".join(answered.content.decode().split())[-3000:]
    return " ".join(answered.content.decode().split())


def page(client: Client, name: str, *keys: object) -> str:
    return words(client.get(reverse(name, args=keys)))


def content_admin() -> User:
    user = User.objects.create_user("content@portal.example", "Content", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="frameworks"))
    return user


def upload_and_publish(client: Client, content: bytes) -> FrameworkVersion:
    """As a content admin does: look at what the file would do, accept, publish."""
    client.force_login(content_admin())
    address = reverse("admin:frameworks_frameworkversion_upload")
    shown = client.post(address, {"file": SimpleUploadedFile("framework.yaml", content)})
    client.post(address, {"signed": shown.context["proposal"].signed})
    version = FrameworkVersion.objects.latest("pk")
    client.post(reverse("admin:frameworks_frameworkversion_publish", args=[version.pk]))
    version.refresh_from_db()
    return version


def round_on(client: Client, trust: Organisation, version: FrameworkVersion, **terms: Any) -> Round:
    """The digital lead, signed in from here on, starts a round for the six others and opens it."""
    lead = lead_for(trust)
    client.force_login(lead)
    others = trust.seats.exclude(person=lead)
    if not others:
        for role in (SeatRole.CHAIR, *[SeatRole.NON_EXECUTIVE] * 5):
            make_seat(trust, role=role)
    seats = [seat.pk for seat in others.all()]
    chosen = client.post(reverse("assessments:choose_framework", args=[trust.ods_code]), {"version": version.pk})
    closing = timezone.localdate() + dt.timedelta(days=10)
    posted = {f"closing_on_{part}": getattr(closing, part) for part in ("day", "month", "year")}
    posted |= {"sections": [section.pk for section in version.sections.all()], "seats": seats, "minimum_group": "5"}
    words(client.post(chosen["Location"], posted | terms, follow=True))
    round_ = Round.objects.latest("pk")
    client.post(reverse("assessments:open", args=[round_.pk]))
    return round_


def answer_all(client: Client, response: Response, choices: Sequence[str], **more: str) -> list[str]:
    """The member signs in, answers section by section and submits. Gives the pages as they were before answering."""
    client.force_login(response.person)
    given, seen = iter(choices), []
    for scoped in response.round.scope.all():
        address = reverse("assessments:section", args=[response.pk, scoped.section.code])
        seen.append(words(client.get(address)))
        posted = dict(more)
        for indicator in response.round.indicators().filter(section=scoped.section):
            posted |= {f"answer-{indicator.pk}": next(given), f"initial-answer-{indicator.pk}": ""}
        assert client.post(address, posted).status_code == 302
    assert client.post(reverse("assessments:submit", args=[response.pk])).status_code == 302
    return seen


def close(client: Client, round_: Round, lead: User) -> None:
    client.force_login(lead)
    assert client.post(reverse("assessments:close", args=[round_.pk])).status_code == 302


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(found.extract_text() for found in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def files_of(client: Client, round_: Round) -> tuple[dict[str, Any], str, list[tuple[Any, ...]]]:
    """The figures as JSON, as CSV, and all rows of the workbook."""
    content = {
        suffix: client.get(reverse("reports:figures", args=[round_.pk, suffix])).content
        for suffix in ("json", "csv", "xlsx")
    }
    book = openpyxl.load_workbook(io.BytesIO(content["xlsx"]))
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    return json.loads(content["json"]), content["csv"].decode("utf-8-sig"), rows
