"""What the longest section weighs over the wire: a board member sits in a train."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from assessments import actions
from assessments.models import Response
from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from tests.factories import answer, make_round
from wgll_portal.settings import STORAGES

LIMIT = 150_000  # bytes, fonts aside; there are none
FETCHED = re.compile(r'(?:<script[^>]* src|<link[^>]* href)="/static/([^"]+)"')
IMPORTED = re.compile(r"""(?:from|import) ?['"]\./([^'"]+)['"]""")
PICTURE = re.compile(r"""url\(["']?(?:\.\./)?(images/[^"')]+)""")


@pytest.fixture
def collected(tmp_path: Path, settings: Settings) -> Path:
    """Static files as they are served: collected, with hashed names, compressed beside themselves."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = STORAGES
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["admin"])
    return tmp_path


@pytest.fixture
def response(trust: Organisation, wgll: FrameworkVersion) -> Response:
    """Everything answered, every third question with a comment; and once more, since there is a last time to show."""
    earlier = _answered(make_round(trust, wgll).responses.order_by("pk")[0])
    lead = trust.seats.digital_leads()[0].person
    actions.submit_response(response=earlier)
    actions.close_round(by=lead, round_=earlier.round, count_unsubmitted=False)
    round_ = make_round(trust, wgll, members=0, state="draft")
    actions.add_members(by=lead, round_=round_, seats=trust.seats.filter(person=earlier.person))
    actions.open_round(by=lead, round_=round_)
    return _answered(round_.responses.get())


def _answered(response: Response) -> Response:
    answer(response, lambda indicator: 1 + indicator % 5)
    words = [f"{indicator.text} {indicator.guidance}" for indicator in response.round.indicators()]
    given = [
        actions.GivenAnswer(row.indicator_id, level=row.level, comment=words[number - 1], note=words[number - 2])
        for number, row in enumerate(response.answers.order_by("pk"))
        if number % 3 == 0
    ]
    actions.save_answers(response=response, answers=given)
    return response


def size(folder: Path, name: str) -> int:
    """Over the wire, to a browser that knows gzip only: the heaviest of what is served."""
    plain, compressed = folder / name, folder / f"{name}.gz"
    return (compressed if compressed.exists() else plain).stat().st_size


def files_of(folder: Path, html: str) -> set[str]:
    """What the page fetches: style sheet and icon, scripts with all that they import, pictures of the style sheet."""
    names, waiting = set[str](), set(FETCHED.findall(html))
    while waiting:
        name = waiting.pop()
        names.add(name)
        text = (folder / name).read_text()
        found = {f"js/{imported}" for imported in IMPORTED.findall(text)} if name.startswith("js/") else set()
        waiting |= (found | set(PICTURE.findall(text))) - names
    return names


def test_the_longest_section_weighs_less_than_150_kilobytes(
    response: Response, collected: Path, client: Client
) -> None:
    sections = response.round.version.sections.all()
    longest = max(sections, key=lambda section: response.round.indicators().filter(section=section).count())
    client.force_login(response.person)
    address = reverse("assessments:section", args=[response.pk, longest.code])
    page = client.get(address, headers={"accept-encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    files = files_of(collected, client.get(address).content.decode())
    assert len([name for name in files if name.endswith((".mjs", ".js"))]) >= 5
    weights = {"page": len(page.content)} | {name: size(collected, name) for name in files}
    assert sum(weights.values()) < LIMIT, weights
