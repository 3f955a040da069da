"""Files that are opened in a spreadsheet: CSV in which no cell acts as a formula."""

import csv
import datetime as dt
import io
from collections.abc import Iterable

from django.utils import timezone

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_of(header: Iterable[str], rows: Iterable[Iterable[str | float | None]]) -> str:
    """The rows under their header, every text defused; starts with a byte order mark, so that Excel reads UTF-8.

    A number is no text: -0.3 stays what it is. None is an empty cell.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows([defused(cell) if isinstance(cell, str) else cell for cell in row] for row in (header, *rows))
    return "\ufeff" + text.getvalue()


def defused(cell: str) -> str:
    """The cell with an apostrophe in front if a spreadsheet would take it for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell


def moment(at: dt.datetime | None) -> str:
    """A moment in Europe/London as spreadsheets read it, "2026-11-22 14:05:00"; "" for none."""
    return timezone.localtime(at).isoformat(sep=" ", timespec="seconds") if at else ""
