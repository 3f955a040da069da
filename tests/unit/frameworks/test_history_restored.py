"""Earlier words come back into a draft, and only there."""

from collections.abc import Callable
from typing import Any

import pytest

from frameworks.actions import publish
from frameworks.choices import Way
from frameworks.editing import ChangedMeanwhile
from frameworks.exchange.copying import CodeTaken, draft_from
from frameworks.exchange.loader import load
from frameworks.exchange.stored import stored_document
from frameworks.frozen import PublishedVersion
from frameworks.history.places import Place, content_models
from frameworks.history.restoring import (
    CannotRestore,
    can_be_restored,
    restore,
    restore_into_new_draft,
    restoring,
    row_at,
    target_of,
)
from frameworks.models import FrameworkVersion, Indicator, Theme, WordingChange
from organisations.models import AuditEvent, User
from tests.unit.frameworks.test_framework_document import document


@pytest.fixture
def draft(db: None) -> FrameworkVersion:
    load(document())
    return FrameworkVersion.objects.get()


@pytest.fixture
def ada(db: None) -> User:
    return User.objects.create_user("ada@portal.example", "Ada", is_staff=True)


def last(kind: str = "indicator") -> WordingChange:
    return WordingChange.objects.filter(kind=kind).latest("pk")


def put_back(line: WordingChange, draft: FrameworkVersion, by: User) -> None:
    restore(line=line, draft=draft, by=by, seen=restoring(line).seen)


def reworded(draft: FrameworkVersion, text: str) -> Indicator:
    row = draft.indicators.all()[0]
    row.text = text
    row.save()
    return row


def test_the_words_before_come_back_and_the_history_says_so(draft: FrameworkVersion, ada: User) -> None:
    was = draft.indicators.all()[0].text
    row = reworded(draft, "Other")
    put_back(last(), draft, ada)
    row.refresh_from_db()
    assert row.text == was
    line = last()
    assert (line.way, line.by, line.before["text"], line.after["text"]) == (Way.RESTORED, ada, "Other", was)  # type: ignore[index]
    assert AuditEvent.objects.latest("pk").subject == f"{draft}: Indicator {row.code} (earlier words)"


def test_only_the_words_that_the_line_took_away_come_back(draft: FrameworkVersion, ada: User) -> None:
    reworded(draft, "Other")
    line = last()
    row = draft.indicators.all()[0]
    row.guidance = "Since then"
    row.save()
    put_back(line, draft, ada)
    row.refresh_from_db()
    assert row.guidance == "Since then"
    assert row.text != "Other"


@pytest.mark.parametrize("model", content_models(), ids=lambda model: model.__name__)
def test_every_kind_of_row_comes_back_after_it_was_changed(model: Any, draft: FrameworkVersion, ada: User) -> None:
    said = stored_document(draft)
    row = model.objects.all()[0]
    name = next(name for name in ("text", "meaning", "description", "title", "label") if hasattr(row, name))
    setattr(row, name, "Other")
    row.save()
    put_back(last(model._meta.model_name), draft, ada)
    assert stored_document(FrameworkVersion.objects.get()) == said


REMOVABLE = [model for model in content_models() if model.__name__ not in {"FrameworkVersion", "Theme", "Group"}]


@pytest.mark.parametrize("model", REMOVABLE, ids=lambda model: model.__name__)
def test_every_kind_of_row_comes_back_after_it_was_removed(model: Any, draft: FrameworkVersion, ada: User) -> None:
    row = model.objects.order_by("-pk")[0]
    row.delete()
    line = last(model._meta.model_name)
    assert restoring(line).is_gone
    put_back(line, draft, ada)
    found = row_at(draft, Place(line.kind, line.code))
    assert found
    assert found.pk != row.pk


def test_a_row_that_is_gone_comes_back_last_in_its_section(draft: FrameworkVersion, ada: User) -> None:
    row = draft.indicators.all()[0]
    row.delete()
    put_back(last(), draft, ada)
    back = list(draft.indicators.all())[-1]
    assert (back.code, back.text, back.theme, back.group) == (row.code, row.text, row.theme, row.group)


def test_a_section_comes_back_before_what_was_in_it(draft: FrameworkVersion, ada: User) -> None:
    draft.sections.all()[0].delete()
    lines = {(line.kind, line.code): line for line in WordingChange.objects.exclude(kind="")}
    with pytest.raises(CannotRestore, match="Theme leading is not in Tiny 2026-01 any more"):
        put_back(lines["indicator", "T-1"], draft, ada)
    put_back(lines["section", "leading"], draft, ada)
    with pytest.raises(CannotRestore, match="Theme leading/plan is not in"):
        put_back(lines["indicator", "T-1"], draft, ada)
    put_back(lines["theme", "leading/plan"], draft, ada)
    put_back(lines["indicator", "T-1"], draft, ada)
    assert [(row.code, row.theme) for row in draft.indicators.all()] == [("T-1", Theme.objects.get())]


def test_whoever_was_shown_other_words_is_told(draft: FrameworkVersion, ada: User) -> None:
    reworded(draft, "Other")
    line = last()
    seen = restoring(line).seen
    reworded(draft, "Newer")
    with pytest.raises(ChangedMeanwhile):
        restore(line=line, draft=draft, by=ada, seen=seen)
    assert draft.indicators.all()[0].text == "Newer"
    assert [other.after["text"] for other in restoring(line).later if other.after] == ["Newer"]


def test_what_is_published_is_never_touched(draft: FrameworkVersion, ada: User) -> None:
    reworded(draft, "Other")
    line = last()
    publish(version=draft)
    with pytest.raises(PublishedVersion):
        restore(line=line, draft=draft, by=ada, seen=restoring(line).seen)
    with pytest.raises(CodeTaken):
        restore_into_new_draft(line=line, version=draft, code=draft.code, by=ada, seen=restoring(line).seen)
    new = restore_into_new_draft(line=line, version=draft, code="2030", by=ada, seen=restoring(line).seen)
    assert draft.indicators.all()[0].text == "Other"
    assert new.indicators.all()[0].text == "The system has a plan."
    assert target_of(line) == new


def test_a_refusal_leaves_no_new_draft(draft: FrameworkVersion, ada: User) -> None:
    draft.sections.all()[0].delete()
    line = last()
    with pytest.raises(CannotRestore):
        restore_into_new_draft(line=line, version=draft, code="2030", by=ada, seen="")
    assert FrameworkVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("write", "restorable"),
    [
        (lambda draft: reworded(draft, "Other"), True),
        (lambda draft: draft.indicators.all()[0].delete(), True),
        (lambda draft: draft.glossary.create(term="EPR", meaning="Electronic patient record"), False),
    ],
)
def test_only_words_that_went_can_be_restored(
    write: Callable[[FrameworkVersion], object], restorable: bool, draft: FrameworkVersion
) -> None:
    write(draft)
    assert can_be_restored(WordingChange.objects.latest("pk")) is restorable


def test_a_draft_copied_since_takes_the_words_of_a_published_version(draft: FrameworkVersion, ada: User) -> None:
    reworded(draft, "Other")
    line = last()
    publish(version=draft)
    copy = draft_from(version=draft, code="2030")
    put_back(line, copy, ada)
    assert [row.text for row in (draft.indicators.all()[0], copy.indicators.all()[0])] == [
        "Other",
        "The system has a plan.",
    ]
