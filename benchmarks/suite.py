"""The comparisons. Each goal in docs/PERFORMANCE.md is one of them."""

from collections.abc import Callable, Iterator
from io import StringIO
from itertools import cycle

from django.conf import settings
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client
from weasyprint import HTML  # type: ignore[import-untyped]

from assessments.models import Response, Round
from assessments.queries.results import results_for
from benchmarks import floors
from benchmarks.measure import Ratio, compare
from reports.content import board_report
from reports.document import BoardReport
from reports.pdf import STATIC, fetch_static, render_pdf

SECTION = "smart-foundations"  # the longest success measure for a trust: 17 indicators


def run() -> Iterator[Ratio]:
    """Each comparison's ratio, as it comes."""
    _prepare()
    response = Response.objects.filter(round__state="open", state="invited").select_related("person", "round")[0]
    client = Client()
    client.force_login(response.person)
    yield _section_page(client, response)
    yield _section_save(client, response)
    closed = Round.objects.closed().filter(version__framework__code="wgll")[0]
    yield compare("results of a closed round, worked out", lambda: results_for(closed), _read_answers(closed), calls=5)
    yield _board_report(board_report(results_for(closed)))


def _prepare() -> None:
    settings.ROOT_URLCONF = "benchmarks.floors"
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    for command in ("migrate", "load_frameworks"):
        call_command(command, verbosity=0)
    call_command("seed_demo", stdout=StringIO())


def _section_page(client: Client, response: Response) -> Ratio:
    url = f"/responses/{response.pk}/sections/{SECTION}/"
    floors.finished_page = client.get(url).content
    return compare("section page, its own markup ready-made", _get(client, url), _get(client, "/floor/page/"), calls=20)


def _section_save(client: Client, response: Response) -> Ratio:
    """Each call changes every answer of the section, so that neither side has nothing to write."""
    indicators = response.round.indicators().filter(section__code=SECTION).values_list("pk", flat=True)
    forms = [{f"answer-{pk}": str(level) for pk in indicators} for level in (2, 3)]
    url, floor = f"/responses/{response.pk}/sections/{SECTION}/", f"/floor/save/{response.pk}/"
    return compare(
        "saving a section, the same rows in a bare upsert",
        _post(client, url, forms),
        _post(client, floor, forms),
        calls=20,
    )


def _read_answers(closed: Round) -> Callable[[], object]:
    rows = floors.answers_of(closed)
    return lambda: list(rows.all())


def _board_report(report: BoardReport) -> Ratio:
    html = render_to_string("reports/board_report.html", {"report": report})

    def alone() -> object:
        return HTML(string=html, base_url=STATIC, url_fetcher=fetch_static).write_pdf(pdf_variant="pdf/ua-1")

    return compare("board report, WeasyPrint alone on the same HTML", lambda: render_pdf(report), alone, calls=1)


def _get(client: Client, url: str) -> Callable[[], object]:
    return lambda: client.get(url)


def _post(client: Client, url: str, forms: list[dict[str, str]]) -> Callable[[], object]:
    turns = cycle(forms)
    return lambda: client.post(url, next(turns))
