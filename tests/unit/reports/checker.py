"""A checker of PDF/UA-1 and PDF/A-3 that is not ours: `page` (page-validation on PyPI), tried on veraPDF's corpus.

veraPDF itself and PAC are on none of the registries that the project builds from.
"""

import page

# The checker takes a carriage return that ends a stream's data for a part of the line end after it. ISO 32000-1 leaves
# that open; veraPDF, qpdf and every reader go by the length that is written there.
LENGTH = "STREAM-LENGTH-001"


def complaints(content: bytes, profile: str) -> list[str]:
    """What the checker finds wrong, each as rule and message. `profile` is "ua1" or "3a"."""
    report = page.validate_pdf_bytes(content, profile=profile)
    said = [f"{one.rule_id}: {one.message}" for one in report.failures]
    assert report.rules.total > 100
    assert report.is_compliant or said
    return [one for one in said if not (LENGTH in one and b"\r\nendstream" in content)]
