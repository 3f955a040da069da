"""The figures as JSON and back. docs/report-figures.schema.json publishes the format."""

from typing import Any

from ground.plain_data import as_plain, from_plain
from reports.exports.figures import Figures

SCHEMA_FILE = "report-figures.schema.json"
SCHEMA_ID = "urn:wgll-portal:report-figures:1"
FORMAT_VERSION = 1  # goes up when a reader of the old format could misread the new one


def document_of(figures: Figures) -> dict[str, Any]:
    """The figures as JSON knows them: dates as "2026-11-22", a figure that does not exist as null."""
    return {"schema": SCHEMA_ID, "format_version": FORMAT_VERSION} | as_plain(figures)


def figures_in(document: dict[str, Any]) -> Figures:
    """What `document_of` wrote, read back. Raises TypeError where a part is missing that every version has."""
    return from_plain(Figures, document)
