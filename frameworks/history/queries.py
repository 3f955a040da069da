"""The history as somebody reads it: lines newest first, by version, place and person."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from frameworks.documents.changes import TextChange
from frameworks.history.in_words import place_in_words, text_changes
from frameworks.history.places import Place
from frameworks.history.restoring import can_be_restored
from frameworks.models import Framework, WordingChange

NOBODY = "A command"
Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One change of one place. `done` is "new", "taken out" or ""; `texts` what it said before and says since."""

    key: int
    at: dt.datetime
    by: str
    way: str
    source: str
    version: str
    place: str
    place_key: str
    done: str
    texts: tuple[TextChange, ...]
    can_be_restored: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody wants to see: each empty for all. Keys as in `Offered`."""

    version: str = ""
    place: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """What one can choose by: key and words of each version, place and person of which there are lines."""

    versions: Choices
    places: Choices
    people: Choices


def lines_of(framework: Framework, chosen: Chosen) -> QuerySet[WordingChange]:
    """The lines, newest first. `in_words` makes a page of them readable."""
    lines = framework.wording_changes.select_related("by").order_by("-pk")
    if chosen.version:
        lines = lines.filter(version_id=int(chosen.version))
    if chosen.place:
        kind, _, code = chosen.place.partition(":")
        lines = lines.filter(kind=kind, code=code)
    if chosen.person:
        lines = lines.filter(by_id=int(chosen.person))
    return lines


def in_words(lines: Iterable[WordingChange], section_label: str) -> tuple[Line, ...]:
    """The lines for a reader; they ask the database for nothing."""
    return tuple(_line(line, section_label) for line in lines)


def offered(framework: Framework) -> Offered:
    """What the history of a framework can be narrowed to; three queries."""
    rows = framework.wording_changes.order_by()
    codes = dict(rows.values_list("version_id", "version_code").distinct())  # a draft's code may have changed
    places = sorted(Place(*row) for row in rows.exclude(kind="").values_list("kind", "code").distinct())
    people = rows.exclude(by=None).values_list("by_id", "by__name").distinct()
    return Offered(
        versions=[(str(key), code) for key, code in sorted(codes.items(), key=lambda item: item[1], reverse=True)],
        places=[(key_of(place), place_in_words(place, framework.section_label)) for place in places],
        people=[(str(key), name) for key, name in sorted(people, key=lambda row: row[1])],
    )


def key_of(place: Place) -> str:
    """The place as an address has it."""
    return f"{place.kind}:{place.code}"


def _line(line: WordingChange, section_label: str) -> Line:
    place = Place(line.kind, line.code)
    return Line(
        key=line.pk,
        at=line.at,
        by=str(line.by) if line.by else NOBODY,
        way=line.get_way_display(),
        source=line.source,
        version=line.version_code,
        place=place_in_words(place, section_label),
        place_key=key_of(place),
        done="" if not line.kind or (line.before and line.after) else "new" if line.after else "taken out",
        texts=text_changes(line.kind, line.before, line.after) if line.kind else (),
        can_be_restored=can_be_restored(line),
    )
