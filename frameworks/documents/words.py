"""By what words are known to be the same, whatever space stands between them. No database."""

import hashlib
import json
from collections.abc import Mapping


def digest_of_text(text: str) -> str:
    """Of what an indicator says. Guidance is no part of it: that is ours, and claims no source."""
    return _digest([text])


def digest_of_summary(summary: str, by_variant: Mapping[str, str]) -> str:
    """Of a section's summary, and of how it is put to each variant."""
    return _digest([summary, *(f"{code}: {words}" for code, words in sorted(by_variant.items()))])


def _digest(texts: list[str]) -> str:
    plain = [" ".join(text.split()) for text in texts]
    return hashlib.sha256(json.dumps(plain).encode()).hexdigest()
