"""Every write to a version's rows leaves lines in the history, in the transaction of that write.

`frozen` calls this around its writes, so it knows no model by import. A write is read before and after, and what
differs is kept: rows in bulk cost as many queries as one.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import CASCADE, Model, QuerySet

from frameworks.choices import Way
from frameworks.history.places import (
    Place,
    Words,
    content_models,
    is_content,
    with_what_they_point_to,
    wording_fields,
    words_of,
)
from frameworks.history.writer import Origin, coming_from, origin, writer

_as_a_whole: ContextVar[bool] = ContextVar("as_a_whole", default=False)


@dataclass(slots=True)
class Read:
    """What stood in one version, or in a part of it."""

    framework: int
    code: str
    words: Words = field(default_factory=dict)


Found = dict[int, Read]  # by the key of the version


@contextmanager
def noted(rows: QuerySet[Any], names: Collection[str]) -> Iterator[None]:
    """Write the fields `names` of stored `rows` inside; what they say before and after is compared."""
    if _as_a_whole.get() or not _is_wording(rows.model, names):
        yield
        return
    with transaction.atomic():
        same: QuerySet[Any] = QuerySet(rows.model).filter(pk__in=list(rows.order_by().values_list("pk", flat=True)))
        before = _read([same.select_for_update(of=("self",), no_key=True)])
        yield
        _record(before, _read([same]))


@contextmanager
def noted_row(row: Model) -> Iterator[None]:
    """The same for one row, which may be new."""
    if _as_a_whole.get():
        yield
        return
    rows: QuerySet[Any] = QuerySet(type(row))
    with transaction.atomic():
        stored = rows.filter(pk=row.pk).select_for_update(of=("self",), no_key=True)
        before = _read([stored]) if row.pk else {}
        yield
        _record(before, _read([rows.filter(pk=row.pk)]))


@contextmanager
def noted_new(rows: list[Any]) -> Iterator[None]:
    """The same for rows that are made in bulk."""
    with transaction.atomic(savepoint=False):  # as bulk_create itself
        yield
        if rows and not _as_a_whole.get():
            _record({}, _read([QuerySet(type(rows[0])).filter(pk__in=[row.pk for row in rows])]))


@contextmanager
def noted_removal(rows: QuerySet[Any]) -> Iterator[None]:
    """The same for rows that are deleted, with all that hangs on them."""
    if _as_a_whole.get():
        yield
        return
    with transaction.atomic():
        gone = _read(_with_what_hangs_on(rows))
        versions = [] if rows.model.version_path else list(rows)
        yield
        if not versions:
            _record(gone, {})
            return
        with coming_from(Origin(Way.DELETED, by=writer())):
            for version in versions:
                told_of(version)
            _record(gone, {})


@contextmanager
def noted_as_a_whole(version: Any, before: Words | None) -> Iterator[None]:
    """`version` is written anew inside: one line says so, then one for each place that says otherwise than `before`."""
    token = _as_a_whole.set(True)
    try:
        yield
    finally:
        _as_a_whole.reset(token)
    told_of(version)
    if before is not None:
        now = Read(version.framework_id, version.code, all_words(version))
        _record({version.pk: Read(now.framework, now.code, before)}, {version.pk: now})


def told_of(version: Any) -> None:
    """A line about the version as a whole."""
    _lines([_line(version.pk, Read(version.framework_id, version.code))])


def all_words(version: Any) -> Words:
    """Everything that a version says; a constant number of queries."""
    found = _read([QuerySet(model).filter(**{model.version_lookup("pk"): version.pk}) for model in content_models()])
    return found[version.pk].words


def _read(parts: Iterable[QuerySet[Any]]) -> Found:
    found: Found = {}
    for rows in parts:
        for row in with_what_they_point_to(rows.order_by()):
            version = row.content_version()
            read = found.setdefault(version.pk, Read(version.framework_id, version.code))
            read.words |= words_of([row])
    return found


def _is_wording(model: Any, names: Collection[str]) -> bool:
    return any({field.name, field.attname} & {*names} for field in wording_fields(model))


def _with_what_hangs_on(rows: QuerySet[Any]) -> Iterator[QuerySet[Any]]:
    """The rows, and those that go with them."""
    yield rows
    for relation in rows.model._meta.related_objects:
        model = relation.related_model
        if relation.on_delete is CASCADE and is_content(model):
            yield from _with_what_hangs_on(QuerySet(model).filter(**{f"{relation.field.name}__in": rows.order_by()}))


def _record(before: Found, after: Found) -> None:
    """A line for each place that says something else than before."""
    nothing = Read(0, "")
    lines = []
    for key in dict.fromkeys((*before, *after)):
        was, now = before.get(key, nothing), after.get(key, nothing)
        for place in dict.fromkeys((*was.words, *now.words)):
            pair = was.words.get(place), now.words.get(place)
            if pair[0] != pair[1]:
                lines.append(_line(key, after.get(key) or was, place, *pair))
    _lines(lines)


def _line(version: int, read: Read, place: Place | None = None, before: Any = None, after: Any = None) -> Any:
    came = origin()
    line: type[Any] = apps.get_model("frameworks", "WordingChange")
    return line(
        by=writer(),
        framework_id=read.framework,
        version_id=version,
        version_code=read.code,
        way=came.way,
        source=came.source[:200],
        kind=place.kind if place else "",
        code=place.code if place else "",
        before=before,
        after=after,
    )


def _lines(lines: list[Any]) -> None:
    if lines:
        type(lines[0]).objects.bulk_create(lines)
