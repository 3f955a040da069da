"""All that an editor can do to a framework, and some of what nobody may: each by numbers that are drawn at random."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction

from assessments import actions
from frameworks.actions import IncompleteVersion, publish, retire
from frameworks.documents.canonical import as_yaml
from frameworks.documents.document import FrameworkDocument, read_document
from frameworks.editing import add_part, change_part, move_part, remove_part
from frameworks.exchange.copying import draft_from
from frameworks.exchange.importing import Proposal, accept, proposal_of
from frameworks.exchange.stored import stored_document
from frameworks.frozen import PublishedVersion
from frameworks.history.restoring import CannotRestore, can_be_restored, restore, restoring
from frameworks.models import FrameworkVersion, Indicator, Level, Section, WordingChange
from frameworks.moves import WrongState
from tests.integration.random_edits.world import World

# What an editor may be told instead: nothing is written then.
REFUSALS = (IncompleteVersion, WrongState, CannotRestore, ValidationError, PublishedVersion)
WORDS = ("Reworded.", "Put the other way round.", "Every system is patched, every day.", "x")


class Editing:
    """The framework of a world under one sequence of edits. `a` and `b` choose among what there is."""

    def __init__(self, world: World) -> None:
        self.world, self.by, self.made = world, world.editor, 0

    def do(self, kind: str, a: int, b: int) -> None:
        with suppress(*REFUSALS), transaction.atomic():
            EDITS[kind](self, a, b)

    def draft(self) -> FrameworkVersion:
        """The draft that is there, else a new one of the newest version."""
        newest = FrameworkVersion.objects.select_related("framework").order_by("-code")[0]
        if newest.is_draft:
            return newest
        return draft_from(version=newest, code=_year_after(newest))

    def section(self, number: int) -> Section:
        found: Section = _one(self.draft().sections.all(), number)
        return found

    def indicator(self, number: int) -> Indicator:
        found: Indicator = _one(self.draft().indicators.select_related("section__version"), number)
        return found

    def new_code(self) -> str:
        self.made += 1
        return f"NEW-{self.made}"


def _year_after(version: FrameworkVersion) -> str:
    return str(int(version.code[:4]) + 1)


def _one(rows: "models.QuerySet[Any]", number: int) -> Any:
    """One of the rows; a draft that has none left refuses what it was chosen for."""
    found = list(rows)
    if not found:
        raise ValidationError("There is none.")
    return found[number % len(found)]


def reword(editing: Editing, a: int, b: int) -> None:
    change_part(part=editing.indicator(a), changes={"text": WORDS[b % len(WORDS)]}, by=editing.by)


def rename_section(editing: Editing, a: int, b: int) -> None:
    change_part(part=editing.section(a), changes={"title": WORDS[b % len(WORDS)]}, by=editing.by)


def reorder_sections(editing: Editing, a: int, b: int) -> None:
    move_part(part=editing.section(a), place=b, by=editing.by)


def reorder(editing: Editing, a: int, b: int) -> None:
    move_part(part=editing.indicator(a), place=b, by=editing.by)


def move(editing: Editing, a: int, b: int) -> None:
    move_part(part=editing.indicator(a), place=a, section=editing.section(b), by=editing.by)


def add(editing: Editing, a: int, b: int) -> None:
    text = WORDS[b % len(WORDS)]
    part = Indicator(section=editing.section(a), code=editing.new_code(), text=text, wording="recalled", order=1)
    add_part(part=part, by=editing.by)


def add_section(editing: Editing, a: int, b: int) -> None:
    """With an indicator in it: an empty one cannot be published."""
    part = Section(
        version=editing.draft(), code=editing.new_code().lower(), title=WORDS[b % len(WORDS)], summary="New", order=1
    )
    add_part(part=part, by=editing.by)
    add(editing, -1, b)


def remove(editing: Editing, a: int, b: int) -> None:
    remove_part(part=editing.indicator(a), by=editing.by)


def remove_section(editing: Editing, a: int, b: int) -> None:
    remove_part(part=editing.section(a), by=editing.by)


def supersede(editing: Editing, a: int, b: int) -> None:
    """Another meaning: a new code, which names the old one."""
    part = editing.indicator(a)
    changes = {"code": editing.new_code(), "supersedes": [part.code], "text": WORDS[b % len(WORDS)]}
    change_part(part=part, changes=changes, by=editing.by)


def merge(editing: Editing, a: int, b: int) -> None:
    """One indicator takes the place of another, and keeps its code."""
    part, other = editing.indicator(a), editing.indicator(b)
    if part != other:
        change_part(part=part, changes={"supersedes": [*part.supersedes, other.code]}, by=editing.by)
        remove_part(part=other, by=editing.by)


def use_old_code(editing: Editing, a: int, b: int) -> None:
    """A code that an answered version has, for words of another meaning."""
    code = _one(editing.world.first.indicators.all(), b).code
    part = Indicator(section=editing.section(a), code=code, text="Another thing.", wording="seen", order=1)
    add_part(part=part, by=editing.by)


def publish_it(editing: Editing, a: int, b: int) -> None:
    publish(version=editing.draft(), by=editing.by)


def retire_one(editing: Editing, a: int, b: int) -> None:
    retire(version=_one(FrameworkVersion.objects.all(), a), by=editing.by)


def import_changed(editing: Editing, a: int, b: int) -> None:
    """A file that says an indicator otherwise: of a draft, of a new version, or of one that is published."""
    version = _one(FrameworkVersion.objects.select_related("framework"), b)
    said = stored_document(version)
    changed = replace(
        _worded(said, a, b), version=replace(said.version, code=_year_after(version)) if b % 3 == 0 else said.version
    )
    read = read_document(as_yaml(changed), "uploaded.yaml")
    assert isinstance(read, FrameworkDocument) or version.is_draft  # of which a section may have no indicators left
    proposal = proposal_of(read, editing.by) if isinstance(read, FrameworkDocument) else None
    if isinstance(proposal, Proposal):
        accept(signed=proposal.signed, by=editing.by)


def _worded(said: FrameworkDocument, a: int, b: int) -> FrameworkDocument:
    entries = list(said.indicators)
    if entries:
        entries[a % len(entries)] = replace(entries[a % len(entries)], text=WORDS[b % len(WORDS)])
    return replace(said, indicators=tuple(entries[::-1]))


def restore_words(editing: Editing, a: int, b: int) -> None:
    lines = [line for line in WordingChange.objects.order_by("pk") if can_be_restored(line)]
    if lines:
        line = lines[a % len(lines)]
        draft = editing.draft()
        restore(line=line, draft=draft, by=editing.by, seen=restoring(line).seen)


def tamper(editing: Editing, a: int, b: int) -> None:
    """What nobody may do, with what was answered: past the actions, and past the models."""
    attempts: tuple[Callable[[Indicator], object], ...] = (
        lambda row: row.save(),
        lambda row: row.delete(),
        lambda row: Indicator.objects.filter(pk=row.pk).update(text="Other words."),
        lambda row: models.QuerySet(Indicator).filter(pk=row.pk).update(text="Other words."),
        lambda row: models.QuerySet(Indicator).filter(pk=row.pk).update(code="OTHER"),
        lambda row: models.QuerySet(Level).filter(scale__version=row.version_id).update(value=models.F("value") + 7),
        lambda row: change_part(part=row, changes={"text": "Other words."}, by=editing.by),
        lambda row: remove_part(part=row, by=editing.by),
        lambda row: move_part(part=row.section, place=9, by=editing.by),
    )
    row = _one(editing.world.first.indicators.select_related("section__version"), b)
    row.text = "Other words."
    with pytest.raises((PublishedVersion, DatabaseError)), transaction.atomic():
        attempts[a % len(attempts)](row)


def go_on_answering(editing: Editing, a: int, b: int) -> None:
    """A member of the open round answers what is still open, as if nothing had happened to the framework."""
    response = _one(editing.world.open.responses.order_by("pk"), a)
    asked = _one(editing.world.open.indicators(), 3 + b % 2)
    actions.save_answers(response=response, answers=[actions.GivenAnswer(asked.pk, level=b % 4)])


EDITS: dict[str, Callable[[Editing, int, int], None]] = {
    edit.__name__: edit
    for edit in (
        *(reword, rename_section, reorder_sections, reorder, move, add, add_section, remove, remove_section, supersede),
        *(merge, use_old_code, publish_it, retire_one, import_changed, restore_words, tamper, go_on_answering),
    )
}
