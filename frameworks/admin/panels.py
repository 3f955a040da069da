"""What can be opened in the tree of a draft: a part's form, a new part's, where to move it, or whether to remove it."""

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from frameworks.admin.parts import MoveForm, PartForm, form_of
from frameworks.editing import (
    ChangedMeanwhile,
    Part,
    StillUsed,
    add_part,
    change_part,
    move_part,
    name_of,
    order_mark,
    remove_part,
    siblings,
    whole_mark,
)
from frameworks.history.places import mark_of, place_of
from frameworks.history.queries import key_of
from frameworks.models import FrameworkVersion, Group, Indicator, Section, Theme
from frameworks.tree import ref_of

KINDS: dict[str, type[Any]] = {"section": Section, "theme": Theme, "group": Group, "indicator": Indicator}
OF_A_SECTION = {"theme", "indicator"}
PERMISSIONS = {"edit": "change", "add": "add", "move": "change", "remove": "delete"}
NO_SUCH_PART = "This version has no such part. Somebody may have removed it."


@dataclass(frozen=True, slots=True)
class Panel:
    """`ref` is its place on the page; `seen` is what the editor was shown, `now` what the part says since."""

    deed: str
    ref: str
    part: Part
    name: str
    form: forms.Form | PartForm | None
    seen: str
    conflict: str = ""
    now: tuple[tuple[str, str], ...] = ()

    @property
    def kind(self) -> str:
        return str(self.part._meta.model_name)

    @property
    def place(self) -> str:
        """Where the history finds what the part said before."""
        return key_of(place_of(self.part))


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a panel that was sent: shown again if `refused`, else a message and the place to go back to."""

    panel: Panel | None = None
    message: str = ""
    ref: str = ""
    is_error: bool = False
    status: int = 200

    @property
    def refused(self) -> bool:
        return self.panel is not None


def part_of(version: FrameworkVersion, ref: str) -> Part:
    """The part of `version` called "indicator-12". 404 unless there is one."""
    kind, _, key = ref.partition("-")
    if kind not in KINDS or not (key.isascii() and key.isdecimal()) or len(key) > 18:
        raise Http404(NO_SUCH_PART)
    where = "section__version" if kind in OF_A_SECTION else "version"
    rows = KINDS[kind].objects.filter(**{where: version})
    part: Part = get_object_or_404(rows.select_related(where), pk=key)
    return part


def allowed(request: HttpRequest, verb: str, part: Part) -> None:
    """Raise PermissionDenied unless the person may add, change or delete such parts."""
    if not request.user.has_perm(f"frameworks.{verb}_{part._meta.model_name}"):
        raise PermissionDenied


def panel_of(request: HttpRequest, version: FrameworkVersion, deeds: tuple[str, ...]) -> Panel | None:
    """What the address opens, filled with what was posted, if anything was. 404 for a part that is not there."""
    for deed in deeds:
        if ref := request.GET.get(deed):
            part = _new(version, ref) if deed == "add" else part_of(version, ref)
            allowed(request, PERMISSIONS[deed], part)
            name = f"new {part._meta.verbose_name}" if deed == "add" else name_of(part)
            seen = request.POST.get("seen") or _mark(deed, version, part)
            form = _form(deed, version, part, request.POST if request.method == "POST" else None)
            return Panel(deed, f"add-{ref}" if deed == "add" else ref, part, name, form, seen)
    return None


def _mark(deed: str, version: FrameworkVersion, part: Part) -> str:
    """What the editor is shown, as a word, and what the deed would overwrite if it has changed."""
    if deed == "move":
        return order_mark(version)
    if deed == "add":
        return ""
    return whole_mark(part) if deed == "remove" else mark_of(part)


def _new(version: FrameworkVersion, ref: str) -> Part:
    """A part to be added: "section", "group", or "indicator-3" for one in the section of key 3."""
    kind, _, key = ref.partition("-")
    if kind in OF_A_SECTION:
        part: Part = KINDS[kind](section=part_of(version, f"section-{key}"))
        return part
    if kind in KINDS and not key:
        whole: Part = KINDS[kind](version=version)
        return whole
    raise Http404(NO_SUCH_PART)


def _form(deed: str, version: FrameworkVersion, part: Part, data: Any) -> forms.Form | PartForm | None:
    if deed == "remove":
        return None
    if deed == "move":
        assert isinstance(part, Indicator)  # noqa: S101 - see `panel_of`
        place = list(siblings(part).values_list("pk", flat=True)).index(part.pk) + 1
        return MoveForm(version, data, initial={"section": part.section_id, "place": place})
    return form_of(version, part, data)


def deed_of(panel: Panel, version: FrameworkVersion, by: AbstractBaseUser, seen: str) -> Done:
    """Do what the panel says, or say why not, with all that was typed. Raises PublishedVersion."""
    if panel.form is not None and not panel.form.is_valid():
        return Done(panel, status=422)
    try:
        return DEEDS[panel.deed](panel, by, seen)
    except ValidationError as refusal:
        assert panel.form  # noqa: S101 - what has no form checks no field
        for field, why in refusal.message_dict.items():
            panel.form.add_error(field if field in panel.form.fields else None, why)
        return Done(panel, status=422)
    except ChangedMeanwhile as why:
        return _conflict(panel, version, str(why))
    except StillUsed as why:
        return Done(message=f"{_named(panel)} was not removed. {why}", ref=panel.ref, is_error=True)


def _edit(panel: Panel, by: AbstractBaseUser, seen: str) -> Done:
    assert isinstance(panel.form, PartForm)  # noqa: S101 - for the type checker
    changed = change_part(part=panel.part, changes=panel.form.stored_values(), by=by, seen=seen)
    return Done(message=f"{_named(panel)} is saved." if changed else "Nothing was changed.", ref=panel.ref)


def _add(panel: Panel, by: AbstractBaseUser, seen: str) -> Done:
    assert isinstance(panel.form, PartForm)  # noqa: S101 - for the type checker
    for name, value in panel.form.stored_values().items():
        setattr(panel.part, name, value)
    part: Any = panel.part
    added = add_part(part=part, by=by)
    return Done(message=f"{_capital(name_of(added))} is added.", ref=ref_of(added))


def _move(panel: Panel, by: AbstractBaseUser, seen: str) -> Done:
    assert panel.form  # noqa: S101 - for the type checker
    section, place = panel.form.cleaned_data["section"], panel.form.cleaned_data["place"]
    moved = move_part(part=panel.part, place=place, section=section, by=by, seen=seen)
    left = f" Its theme “{moved.left_theme}” is not there: give it another." if moved.left_theme else ""
    return Done(message=f"{_named(panel)} is now {moved.place} of {moved.of} in “{section}”.{left}", ref=panel.ref)


def _remove(panel: Panel, by: AbstractBaseUser, seen: str) -> Done:
    remove_part(part=panel.part, by=by, seen=seen)
    around = "" if isinstance(panel.part, Section | Group) else ref_of(panel.part.section)
    return Done(message=f"{_named(panel)} is removed.", ref=around)


DEEDS = {"edit": _edit, "add": _add, "move": _move, "remove": _remove}


def _conflict(panel: Panel, version: FrameworkVersion, why: str) -> Done:
    """The panel once more, with what the part says now: whoever saves again does it knowingly."""
    stored = type(panel.part).objects.filter(pk=panel.part.pk).first()
    if stored is None:
        return Done(message=why, is_error=True)
    now = _differing(panel.form, stored) if isinstance(panel.form, PartForm) else ()
    seen = _mark(panel.deed, version, stored)
    return Done(replace(panel, conflict=why, seen=seen, now=now), status=409)


def _differing(form: PartForm, stored: Part) -> tuple[tuple[str, str], ...]:
    """Label and stored value of each field in which the form says otherwise."""
    said = form.stored_values()
    return tuple(
        (str(form.fields[name].label or name).capitalize(), str(getattr(stored, name)))
        for name in said
        if name in form.fields and getattr(stored, name) != said[name]
    )


def _named(panel: Panel) -> str:
    return _capital(panel.name)


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
