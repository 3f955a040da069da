"""What an editor does to the parts of a draft: adds, changes, moves and removes sections, themes, groups, indicators.

Each action holds on to the version, so that two editors come one after the other, and takes what its editor was shown
(`seen`): nobody overwrites unknowingly what somebody else has just written.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Max, QuerySet, RestrictedError

from frameworks.history.places import digest_of, mark_of, with_what_they_point_to
from frameworks.models import FrameworkVersion, Group, Indicator, Section, Theme
from frameworks.signals import draft_edited

Part = Section | Theme | Group | Indicator
AnyPart = TypeVar("AnyPart", Section, Theme, Group, Indicator)
PLACE_FIELDS = frozenset({"version", "section", "order"})  # these say where a part is: `move_part` changes them


class ChangedMeanwhile(Exception):
    """Somebody else has changed, moved or removed what the editor was shown. Nothing was written."""


class StillUsed(Exception):
    """Indicators hold on to the theme or group that was to be removed."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a part now stands: `place` of `of`, counted from 1, and the theme that it had to leave behind, or ""."""

    place: int
    of: int
    left_theme: str = ""


def whole_mark(part: Part) -> str:
    """The mark of a part with all that goes when it goes: of a section also its themes and indicators."""
    if not isinstance(part, Section):
        return mark_of(part)
    indicators = with_what_they_point_to(part.indicators.order_by("pk"))
    return digest_of([mark_of(row) for row in (part, *part.themes.order_by("pk"), *indicators)])


def order_mark(version: FrameworkVersion) -> str:
    """A short word for which parts a version has, and in which order."""
    whole: list[QuerySet[Any]] = [version.sections.all(), version.groups.all()]
    inner: list[QuerySet[Any]] = [Theme.objects.filter(section__version=version), version.indicators.all()]
    found = [list(rows.order_by("order").values_list("pk", flat=True)) for rows in whole]
    found += [list(rows.order_by("section", "order").values_list("section", "pk")) for rows in inner]
    return digest_of(found)


@transaction.atomic
def add_part(*, part: AnyPart, by: AbstractBaseUser) -> AnyPart:
    """Store a new part, the last of its kind in its section or version. Gives the part, stored.

    Raises PublishedVersion unless the version is a draft, ValidationError where a field does not fit.
    """
    version = _held(part)
    part.order = last_place(part) + 1
    _check(part)
    part.save()
    _tell(version, "added", part, by)
    return part


@transaction.atomic
def change_part(*, part: Part, changes: Mapping[str, Any], by: AbstractBaseUser, seen: str = "") -> tuple[str, ...]:
    """Give fields of a part other values; its place is for `move_part`. Gives the names of those that really changed.

    `seen` is the part's mark when the editor was shown it. Raises ChangedMeanwhile, PublishedVersion, and
    ValidationError where a field does not fit; ValueError if `changes` names a place.
    """
    if placed := PLACE_FIELDS & changes.keys():
        raise ValueError(f"Parts are moved by move_part: {', '.join(sorted(placed))}.")
    version = _held(part)
    stored = _unchanged(part, seen)
    changed = tuple(name for name, value in changes.items() if getattr(stored, name) != value)
    for name in changed:
        setattr(stored, name, changes[name])
    if changed:
        _check(stored)
        stored.save()
        _tell(version, "changed", stored, by, *changed)
    return changed


@transaction.atomic
def move_part(*, part: Part, place: int, by: AbstractBaseUser, section: Section | None = None, seen: str = "") -> Moved:
    """Put a part at `place` (from 1; the end, if there are fewer) among its kind; an indicator also into `section`.

    An indicator keeps its theme where the other section has one of the same code, and has none otherwise.
    `seen` is the version's order mark when the editor was shown it. Raises ChangedMeanwhile, PublishedVersion, and
    ValueError for a section of another version or a part that stays in its section.
    """
    version = _held(part)
    if seen and seen != order_mark(version):
        raise ChangedMeanwhile("Somebody else has just moved, added or removed something. This is the order now.")
    stored = _stored(part)
    left_theme = _put_into(stored, section) if section else ""
    others: list[Any] = [row for row in siblings(stored) if row.pk != stored.pk]
    place = min(max(place, 1), len(others) + 1)
    _number([*others[: place - 1], stored, *others[place - 1 :]])
    stored.save()  # the row that was moved, to whoever listens; its neighbours only make room
    _tell(version, "moved", stored, by)
    return Moved(place, len(others) + 1, left_theme)


@transaction.atomic
def remove_part(*, part: Part, by: AbstractBaseUser, seen: str = "") -> None:
    """Take a part out of a draft, a section with all that is in it.

    `seen` is its `whole_mark` when the editor was shown it. Raises StillUsed for a theme or group that indicators have,
    ChangedMeanwhile, PublishedVersion.
    """
    version = _held(part)
    stored = _unchanged(part, seen, whole_mark)
    try:
        stored.delete()
    except RestrictedError:
        users = Indicator.objects.filter(**{_kind(part): part}).values_list("code", flat=True)
        raise StillUsed(f"{', '.join(users)} still belong to it. Give them another {_kind(part)} first.") from None
    _number(list(siblings(part)))
    _tell(version, "removed", part, by)


def siblings(part: Part) -> QuerySet[Any]:
    """The parts among which this one has its place, in order."""
    if isinstance(part, Section | Group):
        return type(part).objects.filter(version=part.version_id).order_by("order")
    return type(part).objects.filter(section=part.section_id).order_by("order")


def last_place(part: Part) -> int:
    """The highest number among the parts of its kind there; 0 if there are none."""
    return siblings(part).aggregate(last=Max("order"))["last"] or 0


def name_of(part: Part) -> str:
    """ "indicator WGLL-1-01", "section well-led"."""
    return f"{_kind(part)} {part.code}"


def _kind(part: Part) -> str:
    return str(part._meta.model_name)


def _held(part: Part) -> FrameworkVersion:
    """The part's version, locked until the end of the action. The part's own `save` refuses what is published."""
    version = part.version if isinstance(part, Section | Group) else part.section.version
    return FrameworkVersion.objects.select_for_update(of=("self",)).select_related("framework").get(pk=version.pk)


def _stored(part: Part) -> Any:
    stored = type(part).objects.filter(pk=part.pk).first()
    if stored is None:
        raise ChangedMeanwhile(f"Somebody else has just removed {name_of(part)}.")
    return stored


def _unchanged(part: Part, seen: str, mark: Callable[[Part], str] = mark_of) -> Any:
    stored = _stored(part)
    if seen and seen != mark(stored):
        raise ChangedMeanwhile(f"Somebody else has just changed {name_of(stored)}. It now says what you see here.")
    return stored


def _check(part: Part) -> None:
    """Raise ValidationError where a field does not fit. Only `Indicator.clean` knows an indicator's version."""
    part.full_clean(exclude={"version"} if isinstance(part, Indicator) else None)


def _put_into(part: Part, section: Section) -> str:
    """Store an indicator as the last of another section; gives the theme that stays behind."""
    if not isinstance(part, Indicator) or section.version_id != part.version_id:
        raise ValueError("Only indicators move to another section, and only within their version.")
    if section.pk == part.section_id:
        return ""
    theme, part.section = part.theme, section
    part.theme = section.themes.filter(code=theme.code).first() if theme else None
    part.order = last_place(part) + 1
    part.save()
    return theme.label if theme and not part.theme else ""


def _number(rows: Sequence[Any]) -> None:
    """Store `rows` as 1, 2, 3 and so on, in a number of queries that does not grow with them.

    No two may have the same number even for a moment, so those that move step aside first.
    """
    wanted = {row.pk: number for number, row in enumerate(rows, start=1)}
    displaced = [row for row in rows if row.order != wanted[row.pk]]
    aside = max((row.order for row in rows), default=0) + len(rows) + 1
    for numbers in (dict(zip((row.pk for row in displaced), count(aside), strict=False)), wanted):
        for row in displaced:
            row.order = numbers[row.pk]
        if displaced:
            type(displaced[0]).objects.bulk_update(displaced, ["order"])


def _tell(version: FrameworkVersion, done: str, part: Part, by: AbstractBaseUser, *fields: str) -> None:
    what = f"{name_of(part)} ({', '.join(fields)})" if fields else name_of(part)
    draft_edited.send(FrameworkVersion, version=version, done=done, what=what, by=by)
