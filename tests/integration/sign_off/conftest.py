"""A report that is drawn in no time."""

import pytest

from reports.pdf import archive, drawing


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report that is drawn in no time, for tests that look at what becomes of it."""
    monkeypatch.setattr(drawing, "pdf_of", lambda html, tell: f"%PDF {html}".encode())
    monkeypatch.setattr(archive, "archive_copy", lambda pdf, figures, source: pdf + figures.content)
