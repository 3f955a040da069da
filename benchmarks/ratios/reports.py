"""What a board gets at the end of a round: its results and its report."""

from collections.abc import Callable, Iterable, Iterator

import yaml
from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import HTML  # type: ignore[import-untyped]

from assessments.demo.seed import seed
from assessments.models import Answer, Round
from assessments.queries.results import results_for
from benchmarks.finding import Finding
from benchmarks.ratios.measure import compare
from reports.content import board_report
from reports.document import BoardReport
from reports.pdf import STATIC, fetch_static, render_pdf


def findings() -> Iterator[Finding]:
    """On the demonstration's closed round."""
    seed(yaml.safe_load((settings.BASE_DIR / "fixtures/demo/boards.yaml").read_text(encoding="utf-8")))
    closed = Round.objects.with_results().filter(version__framework__code="wgll")[0]
    yield compare(
        "results of a closed round, one plain query for its answers",
        lambda: results_for(closed),
        lambda: list(_answers_of(closed)),
        calls=5,
    )
    report = board_report(results_for(closed))
    yield compare(
        "board report as PDF, WeasyPrint alone on the same HTML",
        lambda: render_pdf(report),
        _weasyprint_alone(report),
        calls=1,
        at_most=1.3,
    )


def _answers_of(closed: Round) -> Iterable[tuple[int, int, int | None, str]]:
    rows = Answer.objects.filter(response__round=closed)
    return rows.values_list("response_id", "indicator_id", "level", "non_score")


def _weasyprint_alone(report: BoardReport) -> Callable[[], object]:
    html = render_to_string("reports/board_report.html", {"report": report})
    return lambda: HTML(string=html, base_url=STATIC, url_fetcher=fetch_static).write_pdf(pdf_variant="pdf/ua-1")
