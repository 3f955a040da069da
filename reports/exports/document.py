"""The figures as JSON and back. docs/report-figures.schema.json publishes the format."""

import dataclasses
import datetime as dt
import json
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from django.core.serializers.json import DjangoJSONEncoder

from reports.exports.figures import Figures

SCHEMA_FILE = "report-figures.schema.json"
SCHEMA_ID = "urn:wgll-portal:report-figures:1"
FORMAT_VERSION = 1  # goes up when a reader of the old format could misread the new one


def document_of(figures: Figures) -> dict[str, Any]:
    """The figures as JSON knows them: dates as "2026-11-22", a figure that does not exist as null."""
    plain: dict[str, Any] = json.loads(json.dumps(dataclasses.asdict(figures), cls=DjangoJSONEncoder))
    return {"schema": SCHEMA_ID, "format_version": FORMAT_VERSION} | plain


def figures_in(document: dict[str, Any]) -> Figures:
    """What `document_of` wrote, read back. Raises KeyError or TypeError for anything else."""
    figures: Figures = _thing(Figures, document)
    return figures


@cache
def _fields(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _thing(kind: Any, data: dict[str, Any]) -> Any:
    return kind(**{name: _value(hint, data[name]) for name, hint in _fields(kind).items()})


def _value(hint: Any, data: Any) -> Any:
    if data is None:
        return None
    if get_origin(hint) is UnionType:  # a figure or None
        return _value(get_args(hint)[0], data)
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], part) for part in data)
    if dataclasses.is_dataclass(hint):
        return _thing(hint, data)
    return dt.date.fromisoformat(data) if hint is dt.date else data
