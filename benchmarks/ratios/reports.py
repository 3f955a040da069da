"""What a board gets at the end of a round: its results and its report."""

from collections.abc import Callable, Iterable, Iterator

import yaml
from django.conf import settings
from weasyprint import HTML  # type: ignore[import-untyped]

from assessments.demo.seed import seed
from assessments.models import Answer, Round
from assessments.queries.results import results_for
from benchmarks.finding import Finding
from benchmarks.ratios.measure import compare
from reports.content.document import BoardReport
from reports.pdf.rendering import STATIC, fetch_static, render_pdf, report_html
from reports.signed.versions import report_of


def findings() -> Iterator[Finding]:
    """On the demonstration's closed round."""
    closed = demonstration_round()
    yield compare(
        "results of a closed round, one plain query for its answers",
        lambda: results_for(closed),
        lambda: list(_answers_of(closed)),
        calls=5,
    )
    report = report_of(closed)
    yield compare(
        "board report as PDF, WeasyPrint alone on the same HTML",
        lambda: render_pdf(report),
        _weasyprint_alone(report),
        calls=1,
        at_most=1.3,
    )


def demonstration_round() -> Round:
    """The demonstration's boards, and the closed round of the longest framework among them."""
    seed(yaml.safe_load((settings.BASE_DIR / "fixtures/demo/boards.yaml").read_text(encoding="utf-8")))
    return Round.objects.with_results().filter(version__framework__code="wgll")[0]


def _answers_of(closed: Round) -> Iterable[tuple[int, int, int | None, str]]:
    rows = Answer.objects.filter(response__round=closed)
    return rows.values_list("response_id", "indicator_id", "level", "non_score")


def _weasyprint_alone(report: BoardReport) -> Callable[[], object]:
    html = report_html(report)
    return lambda: HTML(string=html, base_url=STATIC, url_fetcher=fetch_static).write_pdf(pdf_variant="pdf/ua-1")
