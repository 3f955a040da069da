"""What a lead does around signing off, and how a test looks at what came of it."""

import io
import re
from typing import Any

import pypdf
from django.test import Client
from django.urls import reverse

from assessments import actions
from assessments.models import Round
from reports.models import VersionPdf
from reports.pdf.drawing import draw_waiting
from reports.signed.sign_off import sign_off
from tests.factories import lead_of


def now(round_: Round) -> Round:
    return Round.objects.select_related("organisation", "version__framework").get(pk=round_.pk)


def url(name: str, round_: Round, *more: int) -> str:
    return reverse(f"reports:{name}", args=[round_.pk, *more])


def words(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def press(client: Client, round_: Round, **more: Any) -> Any:
    """Sign off as the page does: what was looked at goes with it. Then the worker makes the file."""
    seen = re.search(r'name="seen" value="(\w{64})"', words(client, url("sign_off", round_)))
    answered = client.post(url("sign_off", round_), {"seen": seen[1] if seen else ""}, **more)
    draw_waiting()
    return answered


def signed(round_: Round) -> VersionPdf:
    """The file of the version that is signed off now."""
    version = sign_off(by=lead_of(round_), round_=now(round_))
    draw_waiting()
    return version.file


def pdf_pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def add(round_: Round, **planned: Any) -> None:
    section = round_.scope.all()[0].section
    given = actions.Planned("Name a lead", **planned)
    actions.add_action(by=lead_of(round_), round_=round_, section=section, planned=given)
