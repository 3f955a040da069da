"""The trail as CSV, safe to open in a spreadsheet."""

from collections.abc import Iterable

from ground import spreadsheets
from ground.spreadsheets import moment
from organisations.audit_trail.queries import Line

HEADER = ("When", "What happened", "By", "Details")


def csv_of(lines: Iterable[Line]) -> str:
    """CSV with a header, times in Europe/London."""
    return spreadsheets.csv_of(HEADER, ((moment(line.at), line.event, line.by, line.subject) for line in lines))
