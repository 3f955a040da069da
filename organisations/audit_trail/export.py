"""The trail as CSV, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable

from django.utils import timezone

from organisations.audit_trail.queries import Line

HEADER = ("When", "What happened", "By", "Details")
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_of(lines: Iterable[Line]) -> str:
    """CSV with a header, times in Europe/London; starts with a byte order mark, so that Excel reads UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for line in lines:
        when = timezone.localtime(line.at).isoformat(sep=" ", timespec="seconds")
        writer.writerow([when, *map(defused, (line.event, line.by, line.subject))])
    return "\ufeff" + text.getvalue()


def defused(cell: str) -> str:
    """The cell with an apostrophe in front if a spreadsheet would take it for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
