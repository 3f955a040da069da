"""What takes the place of what: a section through the versions of a framework, one framework after another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from frameworks.choices import VersionState
from frameworks.documents.crosswalk import Side
from frameworks.exchange.stored import stored_document
from frameworks.models import Framework, FrameworkVersion, Indicator, Section


def sections_followed(version: FrameworkVersion) -> Mapping[str, tuple[str, ...]]:
    """Code of a section of `version` → codes of all sections whose place it takes, also by way of versions between.

    One query. A code names the same section in all versions, and one that was let go never comes back.
    """
    return _followed_of(Section.objects.all(), version)


def side_of(version: FrameworkVersion) -> Side:
    """A version as a side of a crosswalk."""
    followed = _followed_of(Indicator.objects.all(), version)
    return Side(stored_document(version), sections_followed(version), followed)


def _followed_of(rows: QuerySet[Any], version: FrameworkVersion) -> dict[str, tuple[str, ...]]:
    found = rows.filter(
        Q(version=version.pk) | ~Q(version__state=VersionState.DRAFT),
        version__framework=version.framework_id,
        version__code__lte=version.code,
    )
    known = list(found.order_by("version__code", "order").values_list("version", "code", "supersedes"))
    named: dict[str, list[str]] = {}
    for _, code, codes in known:
        named.setdefault(code, []).extend(codes)
    return {code: _followed(code, named) for key, code, _ in known if key == version.pk}


def _followed(code: str, named: Mapping[str, list[str]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    waiting = list(named.get(code, ()))
    while waiting:
        one = waiting.pop(0)
        if one not in found and one != code:
            found[one] = None
            waiting += named.get(one, ())
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Successor:
    """A framework that takes the place of another; `since` its first version that can be used was published."""

    code: str
    title: str
    since: date

    @property
    def in_words(self) -> str:
        return f"{self.title} takes its place from {self.since:%-d %B %Y}"


def successors() -> Mapping[int, tuple[Successor, ...]]:
    """Key of a framework → those that take its place, as soon as boards can use them (one query)."""
    versions = FrameworkVersion.objects.published().exclude(framework__supersedes=None).select_related("framework")
    first: dict[Framework, date] = {}
    for version in versions.order_by("framework__title", "published_on"):
        first.setdefault(version.framework, version.published_on)
    found: dict[int, tuple[Successor, ...]] = {}
    for framework, since in first.items():
        assert framework.supersedes_id is not None  # noqa: S101 - excluded above; for the type checker
        one = Successor(framework.code, framework.title, since)
        found[framework.supersedes_id] = (*found.get(framework.supersedes_id, ()), one)
    return found
