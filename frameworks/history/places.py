"""Rows of a version as places and what stands there, in plain data. A place outlives its row: it is known by its code.

Where a row stands among others (its `order`) is not wording, and neither are keys, states and digests.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeGuard

from django.apps import apps
from django.db.models import Field, ForeignKey, Model, QuerySet

from frameworks.documents.canonical import tidy
from frameworks.documents.document import plainly

if TYPE_CHECKING:  # the guard of these rows tells the history of each write
    from frameworks.frozen import VersionContent

Said = dict[str, Any]  # by the name of the field, as JSON holds it


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """`kind` is a model's name in lower case; `code` is empty where a version has one of them only."""

    kind: str
    code: str


Words = dict[Place, Said]

PLACED = frozenset({"section"})  # where a row stands is no wording; it matters only to a row that has gone
CODES = {"frameworkversion": "", "scale": "", "level": "value", "band": "starts_at", "glossaryterm": "term"}


def content_models() -> list[type["VersionContent"]]:
    """The models whose rows say something, those that others hang on first."""
    return [model for model in apps.get_app_config("frameworks").get_models() if is_content(model)]


def words_of(rows: Iterable["VersionContent"]) -> Words:
    """What the rows of one version say."""
    return {place_of(row): said_by(row) for row in rows}


def place_of(row: "VersionContent") -> Place:
    """Where in its version the row stands, by its code."""
    kind = str(row._meta.model_name)
    name = CODES.get(kind, "code")
    code = str(_plain(getattr(row, name))) if name else ""
    return Place(kind, f"{row.section.code}/{code}" if kind == "theme" else code)  # type: ignore[attr-defined]


def said_by(row: "VersionContent") -> Said:
    """The row's wording and what belongs to it; rows that it points to by their codes."""
    return {field.name: _plain(getattr(row, field.name)) for field in wording_fields(type(row))}


def mark_of(row: "VersionContent") -> str:
    """A short word for all that the row says, wherever it stands. Another word: somebody has changed it."""
    return digest_of({name: said for name, said in said_by(row).items() if name not in PLACED})


def digest_of(said: Any) -> str:
    """A short word for plain data. Others have another."""
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def wording_fields(model: type["VersionContent"]) -> Iterator[Field[Any, Any]]:
    """The fields that a history keeps."""
    parents = model.version_path[:1] or ("framework", "code")  # a version's own code is its name
    for field in model._meta.concrete_fields:
        points_elsewhere = isinstance(field, ForeignKey) and not is_content(field.related_model)
        if field.editable and not field.primary_key and not points_elsewhere and field.name not in {"order", *parents}:
            yield field


def with_what_they_point_to(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows with all that `words_of` asks of them, in one query."""
    model = rows.model
    pointed = {field.name for field in wording_fields(model) if isinstance(field, ForeignKey)}
    return rows.select_related("__".join((*model.version_path, "framework")), *sorted(pointed))


def is_content(model: Any) -> TypeGuard[type["VersionContent"]]:
    """Whether rows of this model belong to a version."""
    return hasattr(model, "version_path")


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: tidy(said) for name, said in value.items()}
    if isinstance(value, Model):
        return getattr(value, "code", None)
    if isinstance(value, Decimal):
        return plainly(value)
    return value.isoformat() if hasattr(value, "isoformat") else tidy(value)
