"""Putting earlier words back into a draft: what stood there before a line of the history was written.

What is published is never touched. Codes and places among others stay as they are; a row that has gone since comes
back under its code, as the last of its kind.
"""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ForeignKey, QuerySet

from frameworks.choices import VersionState, Way
from frameworks.documents.changes import TextChange
from frameworks.editing import ChangedMeanwhile, Part, last_place
from frameworks.exchange.copying import draft_from
from frameworks.frozen import VersionContent
from frameworks.history.in_words import place_in_words, text_changes
from frameworks.history.places import (
    CODES,
    PLACED,
    Place,
    Said,
    is_content,
    mark_of,
    said_by,
    with_what_they_point_to,
    wording_fields,
)
from frameworks.history.writer import Origin, coming_from
from frameworks.models import FrameworkVersion, WordingChange
from frameworks.signals import draft_edited

CHANGED = "Somebody else has changed this place since you were shown it. This is what it says now."


class CannotRestore(Exception):
    """The earlier words do not fit into the draft as it is; the message says why, for a person to read."""


@dataclass(frozen=True, slots=True)
class Restoring:
    """What restoring would do to `target`, which is a draft, or the version from which a draft has to be made first.

    `later` are the lines of the same place that came after, newest first: their words would go. `seen`, the mark
    of what stands there or "" of nothing, goes back with the press of the button.
    """

    target: FrameworkVersion
    place: str
    is_gone: bool
    texts: tuple[TextChange, ...]
    later: tuple[WordingChange, ...]
    seen: str


def can_be_restored(line: WordingChange) -> bool:
    """Whether the line tells of words that went."""
    return bool(line.kind and line.before and _earlier(line, is_gone=False))


def restoring(line: WordingChange) -> Restoring:
    """What restoring the words before `line` would do now. Writes nothing."""
    target, place = target_of(line), Place(line.kind, line.code)
    row = row_at(target, place)
    now = said_by(row) if row else None
    texts = text_changes(line.kind, now, {**(now or {}), **_earlier(line, is_gone=row is None)})
    same_place = target.wording_changes.filter(kind=line.kind, code=line.code, pk__gt=line.pk)
    return Restoring(
        target=target,
        place=place_in_words(place, target.framework.section_label),
        is_gone=row is None,
        texts=texts,
        later=tuple(same_place.select_related("by")),
        seen=mark_of(row) if row else "",
    )


def target_of(line: WordingChange) -> FrameworkVersion:
    """The line's own version if that is a draft, else the newest draft, else the newest version."""
    versions = FrameworkVersion.objects.filter(framework=line.framework_id).select_related("framework")
    drafts = versions.filter(state=VersionState.DRAFT).order_by("-code")
    return drafts.filter(pk=line.version_id).first() or drafts.first() or versions.order_by("-code")[0]


@transaction.atomic
def restore_into_new_draft(
    *, line: WordingChange, version: FrameworkVersion, code: str, by: AbstractBaseUser, seen: str
) -> FrameworkVersion:
    """A new draft of `version` under `code` with the earlier words. Raises CodeTaken, else as `restore`."""
    draft = draft_from(version=version, code=code)
    restore(line=line, draft=draft, by=by, seen=seen)
    return draft


@transaction.atomic
def restore(*, line: WordingChange, draft: FrameworkVersion, by: AbstractBaseUser, seen: str) -> None:
    """Let the place of `line` say in `draft` what it said before that line.

    `seen` is the mark of the place when `by` was shown it. Raises ChangedMeanwhile if it says something else by now,
    CannotRestore if the words do not fit, PublishedVersion unless `draft` is one.
    """
    held = FrameworkVersion.objects.select_for_update(of=("self",)).select_related("framework").get(pk=draft.pk)
    held.refuse_unless_draft()
    place = Place(line.kind, line.code)
    row = row_at(held, place)
    if seen != (mark_of(row) if row else ""):
        raise ChangedMeanwhile(CHANGED)
    with coming_from(Origin(Way.RESTORED, f"from {line.version_code}, before {line.at:%-d %B %Y}", by)):
        _write(row or _new_row(held, place), held, _earlier(line, is_gone=row is None))
    what = f"{place_in_words(place, held.framework.section_label)} (earlier words)"
    draft_edited.send(FrameworkVersion, version=held, done="changed" if row else "added", what=what, by=by)


def row_at(version: FrameworkVersion, place: Place) -> VersionContent | None:
    """The row that stands at a place of a version."""
    rows = with_what_they_point_to(_rows_of(version, place.kind))
    section, _, code = place.code.rpartition("/") if place.kind == "theme" else ("", "", place.code)
    if section:
        rows = rows.filter(section__code=section)
    name = CODES.get(place.kind, "code")
    found: VersionContent | None = (rows.filter(**{name: code}) if name else rows).first()
    return found


def _rows_of(version: FrameworkVersion, kind: str) -> QuerySet[Any]:
    model: Any = apps.get_model("frameworks", kind)
    assert is_content(model)  # noqa: S101 - the history knows no others; for the type checker
    return QuerySet(model).filter(**{model.version_lookup("pk"): version.pk})


def _earlier(line: WordingChange, *, is_gone: bool) -> Said:
    """The words to put back: all of a row that has gone, else those that `line` took away."""
    before, after = line.before or {}, line.after
    if is_gone or after is None:
        return dict(before) if is_gone else {name: said for name, said in before.items() if name not in PLACED}
    return {name: said for name, said in before.items() if said != after.get(name) and name not in PLACED}


def _new_row(version: FrameworkVersion, place: Place) -> VersionContent:
    """An empty row for a place where there is none, in the part of the version that it belongs to."""
    model: Any = apps.get_model("frameworks", place.kind)
    parent = model.version_path[0]
    if parent == "version":
        return model(version=version)  # type: ignore[no-any-return]
    above = Place("scale", "") if parent == "scale" else Place("section", place.code.rpartition("/")[0])
    return model(**{parent: _needed(version, above)})  # type: ignore[no-any-return]


def _write(row: VersionContent, version: FrameworkVersion, said: Said) -> None:
    for field in wording_fields(type(row)):  # in their order: a theme is one of its section
        if field.name not in said:
            continue
        name, value = field.name, said[field.name]
        if isinstance(field, ForeignKey):
            setattr(row, name, _pointed_to(row, version, name, value) if value else None)
        else:
            setattr(row, name, field.to_python(value))
    if row.pk is None and isinstance(row, Part):
        row.order = last_place(row) + 1
    try:
        row.full_clean(exclude={"version"} if row._meta.model_name == "indicator" else None)
    except ValidationError as fault:
        raise CannotRestore(" ".join(fault.messages)) from None
    row.save()


def _pointed_to(row: Any, version: FrameworkVersion, name: str, code: str) -> VersionContent:
    place = Place(name, f"{row.section.code}/{code}" if name == "theme" else code)
    return _needed(version, place)


def _needed(version: FrameworkVersion, place: Place) -> VersionContent:
    row = row_at(version, place)
    if row is None:
        name = place_in_words(place, version.framework.section_label)
        raise CannotRestore(f"{name} is not in {version} any more, and these words belong to it. Restore that first.")
    return row
