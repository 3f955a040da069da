"""Whatever writes wording leaves in the history what stood there before."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frameworks.actions import publish, retire
from frameworks.choices import Way
from frameworks.exchange.copying import draft_from
from frameworks.exchange.loader import load
from frameworks.history.places import content_models
from frameworks.models import FrameworkVersion, GlossaryTerm, Indicator, Level, WordingChange
from ground.append_only import AppendOnly
from tests.unit.frameworks.test_framework_document import GOOD, document


@pytest.fixture
def draft(db: None) -> FrameworkVersion:
    load(document())
    return FrameworkVersion.objects.get()


def told(since: int = 1) -> list[WordingChange]:
    """The lines after the first `since`, oldest first."""
    return list(WordingChange.objects.order_by("pk")[since:])


def changed(line: WordingChange) -> dict[str, tuple[Any, Any]]:
    before, after = line.before or {}, line.after or {}
    return {name: (before.get(name), after.get(name)) for name in before | after if before.get(name) != after.get(name)}


def test_a_file_that_is_new_is_one_line(draft: FrameworkVersion) -> None:
    (line,) = told(0)
    assert (line.way, line.source, line.kind, line.by, line.version) == (Way.LOADED, "good.yaml", "", None, draft)


def reworded(row: Indicator) -> Indicator:
    row.text = "Other"
    return row


WRITES: dict[str, Callable[[Indicator], object]] = {
    "save": lambda row: reworded(row).save(),
    "some fields": lambda row: reworded(row).save(update_fields=["text"]),
    "update": lambda row: Indicator.objects.filter(pk=row.pk).update(text="Other"),
    "related update": lambda row: row.section.indicators.filter(pk=row.pk).update(text="Other"),
    "bulk_update": lambda row: Indicator.objects.bulk_update([reworded(row)], ["text"]),
    "update_or_create": lambda row: Indicator.objects.update_or_create(
        version=row.version, code=row.code, defaults={"text": "Other"}
    ),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_other_words_are_kept_with_those_before(write: Callable[[Indicator], object], draft: FrameworkVersion) -> None:
    row = draft.indicators.all()[0]
    was = row.text
    write(row)
    (line,) = told()
    assert (line.kind, line.code, line.way, line.version_code) == ("indicator", row.code, Way.EDITED, draft.code)
    assert changed(line) == {"text": (was, "Other")}


@pytest.mark.parametrize("model", content_models(), ids=lambda model: model.__name__)
def test_every_kind_of_row_has_a_history(model: Any, draft: FrameworkVersion) -> None:
    row = model.objects.all()[0]
    name = next(name for name in ("text", "meaning", "description", "title", "label") if hasattr(row, name))
    setattr(row, name, "Other")
    row.save()
    (line,) = told()
    assert line.kind == model._meta.model_name
    assert changed(line).keys() == {name}


def test_order_spaces_and_ends_of_lines_are_no_wording(draft: FrameworkVersion) -> None:
    row = draft.indicators.all()[0]
    row.order, row.text = 900, f" {row.text}\r\n"
    row.save()
    assert told() == []


def test_another_theme_is_kept_by_its_code(draft: FrameworkVersion) -> None:
    row = draft.indicators.exclude(theme=None)[0]
    assert row.theme
    was, row.theme = row.theme.code, None
    row.save()
    assert changed(told()[0]) == {"theme": (was, None)}


def test_what_goes_with_a_row_is_kept_too(draft: FrameworkVersion) -> None:
    section = draft.sections.all()[0]
    gone = {("section", section.code)}
    gone |= {("theme", f"{section.code}/{theme.code}") for theme in section.themes.all()}
    gone |= {("indicator", row.code) for row in section.indicators.all()}
    section.delete()
    lines = told()
    assert {(line.kind, line.code) for line in lines} == gone
    assert all(line.before and line.after is None for line in lines)


def test_new_rows_are_kept(draft: FrameworkVersion) -> None:
    GlossaryTerm.objects.create(version=draft, term="EPR", meaning="Electronic patient record")
    GlossaryTerm.objects.bulk_create([GlossaryTerm(version=draft, term="ODS", meaning="Organisation Data Service")])
    assert [(line.code, line.before, line.after["meaning"]) for line in told() if line.after] == [
        ("EPR", None, "Electronic patient record"),
        ("ODS", None, "Organisation Data Service"),
    ]


def test_a_draft_loaded_again_has_a_line_and_one_for_each_place(draft: FrameworkVersion) -> None:
    row = draft.indicators.all()[0]
    load(document())
    assert told() == []
    load(document(GOOD.replace(row.text, "Said otherwise.")))
    assert [(line.way, line.kind, line.code) for line in told()] == [
        (Way.LOADED, "", ""),
        (Way.LOADED, "indicator", row.code),
    ]


def test_a_copy_is_one_line_and_its_moves_are_lines(draft: FrameworkVersion) -> None:
    publish(version=draft)
    copy = draft_from(version=draft, code="2030")
    retire(version=draft)
    assert [(line.way, line.version_code, line.kind, line.source) for line in told()] == [
        (Way.PUBLISHED, draft.code, "", ""),
        (Way.COPIED, "2030", "", str(draft)),
        (Way.RETIRED, draft.code, "", ""),
    ]
    assert copy.wording_changes.count() == 1


def test_a_new_version_from_a_file_is_compared_with_the_published_one(draft: FrameworkVersion) -> None:
    publish(version=draft)
    row = draft.indicators.all()[0]
    load(
        document(
            GOOD.replace("supersedes: [T-0]", "").replace(row.text, "Said otherwise.").replace(draft.code, "2030-01", 1)
        )
    )
    lines = told(2)[:2]  # what it supersedes has changed too
    assert [(line.kind, line.code, line.version_code) for line in lines] == [
        ("", "", "2030-01"),
        ("indicator", row.code, "2030-01"),
    ]
    assert changed(lines[1]) == {"text": (row.text, "Said otherwise.")}


def test_the_words_of_a_deleted_draft_are_kept(draft: FrameworkVersion) -> None:
    key, number = draft.pk, sum(model._default_manager.count() for model in content_models())
    draft.delete()
    lines = told()
    assert (lines[0].kind, {line.way for line in lines}) == ("", {Way.DELETED})
    assert len(lines) == 1 + number
    assert {line.version_id for line in WordingChange.objects.all()} == {key}


def test_a_failed_write_leaves_no_line(draft: FrameworkVersion) -> None:
    first, second = draft.indicators.all()[:2]
    second.code, second.text = first.code, "Other"
    with pytest.raises(Exception, match=r"(?i)unique"):
        second.save()
    assert WordingChange.objects.count() == 1


def test_many_rows_cost_as_many_queries_as_one(wgll: FrameworkVersion) -> None:
    draft = draft_from(version=wgll, code="2030")

    def cost(number: int) -> int:
        keys = draft.indicators.values_list("pk", flat=True)[:number]
        with CaptureQueriesContext(connection) as captured:
            Indicator.objects.filter(pk__in=list(keys)).update(guidance=f"For {number}")
        return len(captured)

    assert cost(1) == cost(90) <= 9  # SQLite takes 99 lines in one statement


def test_saving_a_row_costs_few_queries(draft: FrameworkVersion) -> None:
    level = Level.objects.all()[0]
    level.label = "Other"
    with CaptureQueriesContext(connection) as captured:
        level.save()
    assert len(captured) <= 11


@pytest.mark.parametrize(
    "attempt",
    [
        lambda line: line.save(),
        lambda line: line.delete(),
        lambda line: WordingChange.objects.update(way="x"),
        lambda line: WordingChange.objects.bulk_update([line], ["way"]),
        lambda line: WordingChange.objects.all().delete(),
        lambda line: WordingChange.objects.bulk_create([line], update_conflicts=True),
    ],
)
def test_lines_never_change(attempt: Callable[[WordingChange], object], draft: FrameworkVersion) -> None:
    line = WordingChange.objects.get()
    with pytest.raises(AppendOnly):
        attempt(line)


def test_the_command_says_which_file_it_was(db: None) -> None:
    call_command("load_frameworks", verbosity=0)
    assert set(WordingChange.objects.filter(kind="").values_list("source", flat=True)) >= {"wgll.yaml", "lcf.yaml"}
