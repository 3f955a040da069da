"""Dataclasses as JSON holds them, and back: what is kept with a row must be read again years later."""

import dataclasses
import datetime as dt
import json
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from django.core.serializers.json import DjangoJSONEncoder

Kind = TypeVar("Kind")


def as_plain(thing: Any) -> dict[str, Any]:
    """A dataclass as JSON knows it: dates as "2026-11-22", tuples as lists, None as null."""
    plain: dict[str, Any] = json.loads(json.dumps(dataclasses.asdict(thing), cls=DjangoJSONEncoder))
    return plain


def from_plain(kind: type[Kind], plain: dict[str, Any]) -> Kind:
    """What `as_plain` made of a `kind`, read back; a field that it did not have yet has its default.

    Raises TypeError where one is missing that has none.
    """
    read: Kind = _thing(kind, plain)
    return read


@cache
def _fields(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _thing(kind: Any, plain: dict[str, Any]) -> Any:
    return kind(**{name: _value(hint, plain[name]) for name, hint in _fields(kind).items() if name in plain})


def _value(hint: Any, plain: Any) -> Any:
    if plain is None:
        return None
    if get_origin(hint) is UnionType:  # a figure or None
        return _value(get_args(hint)[0], plain)
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], part) for part in plain)
    if dataclasses.is_dataclass(hint):
        return _thing(hint, plain)
    return dt.date.fromisoformat(plain) if hint is dt.date else plain
