"""All comparisons."""

from collections.abc import Iterator

from benchmarks.boards import BOARD, seat_members
from benchmarks.databases import Database
from benchmarks.finding import Finding
from benchmarks.ratios import pages, reports, saving


def run(database: Database) -> Iterator[Finding]:
    """Each comparison as it comes; a report costs the same whatever the database is."""
    ours, floors, reader, *_ = seat_members(BOARD)
    yield from saving.findings(ours, floors)
    yield from pages.findings(reader)
    if not database.is_server:
        yield from reports.findings()
