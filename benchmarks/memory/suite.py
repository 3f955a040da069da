"""The worker makes one report after another for weeks: what it takes must not grow."""

import resource
import statistics
from collections.abc import Iterator
from pathlib import Path

from assessments.models import Round
from benchmarks.databases import Database
from benchmarks.finding import Finding
from benchmarks.ratios.reports import demonstration_round
from reports.models import Drawing
from reports.models.drawing import DRAFTS_KEPT
from reports.pdf.drawing import ask_for, clear_outdated, draw_waiting
from reports.pdf.rendering import report_html
from reports.signed.versions import report_of

REPORTS = 200
SLICE = REPORTS // 10
GROWTH = 1.05  # of what is held, from the second tenth (everything is loaded by then) to the last
PAGE = resource.getpagesize()


def run(database: Database) -> Iterator[Finding]:
    """The demonstration's report, 200 times on the worker's way: asked for, drawn, kept, cleared away."""
    round_ = demonstration_round()
    held = [_held_after(round_, number) for number in range(REPORTS)]
    before, after = (statistics.median(part) for part in (held[SLICE : 2 * SLICE], held[-SLICE:]))
    yield Finding(
        f"memory of the worker over {REPORTS} reports, last tenth against second",
        f"{after / 2**20:.0f} MB against {before / 2**20:.0f} MB: {after / before:.2f} x",
        f"at most {GROWTH:g} x",
        after / before <= GROWTH,
    )


def _held_after(round_: Round, number: int) -> int:
    """Bytes that the process holds after one more report, which differs from the others."""
    html = report_html(report_of(round_)).replace("</body>", f"<p>Copy {number}</p></body>")
    drawing = ask_for(round_=round_, html=html, file_name="report.pdf")
    draw_waiting()
    clear_outdated(drawing.made_at + DRAFTS_KEPT)
    if Drawing.objects.exists():
        raise RuntimeError("a report was not drawn, or not cleared away")
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE
