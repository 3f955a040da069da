"""The database itself refuses what goes around the models: each model, each kind of write, each path."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, models, transaction

from frameworks import database_guard
from frameworks.actions import publish, retire
from frameworks.choices import Part, Wording
from frameworks.database_guard import REFUSAL
from frameworks.exchange.loader import load
from frameworks.frozen import VersionContent
from frameworks.models import Framework, FrameworkVersion, Indicator, Level, WordingCheck
from ground.append_only import AppendOnly
from ground.triggers import REMOVE
from tests.unit.frameworks.test_framework_document import document

CONTENT = [model for model in apps.get_app_config("frameworks").get_models() if issubclass(model, VersionContent)]
Path = Callable[[Any], object]


def plain(row: models.Model) -> models.QuerySet[Any]:
    """The row, by a query set that knows nothing of versions."""
    return models.QuerySet(type(row)).filter(pk=row.pk)


def words_of(row: models.Model) -> str:
    """The name of a field of the row that holds words."""
    return next(field.name for field in row._meta.fields if field.name in {"title", "label", "text", "meaning", "note"})


def sql(statement: str) -> Path:
    """Run `statement` with the row's table, key, a column that holds words, and all its columns."""

    def run(row: models.Model) -> None:
        names = [f'"{field.column}"' for field in row._meta.fields]
        words = {"table": row._meta.db_table, "key": row.pk, "column": words_of(row)}
        said = statement.format(**words, all=", ".join(names), rest=", ".join(names[1:]))
        with connection.cursor() as cursor:
            cursor.execute(said)

    return run


def copy_of(row: models.Model) -> models.Model:
    row.pk = None
    row._state.adding = True
    return row


COPY = "INSERT INTO {table} ({rest}) SELECT {rest} FROM {table} WHERE id = {key}"
WRITES: dict[str, Path] = {
    "update: instance": lambda row: row.save_base(raw=True),
    "update: query set": lambda row: plain(row).update(**{words_of(row): "x"}),
    "update: in bulk": lambda row: plain(row).bulk_update([row], [words_of(row)]),
    "update: SQL": sql("UPDATE {table} SET {column} = 'x' WHERE id = {key}"),
    "update: SQL that changes nothing": sql("UPDATE {table} SET {column} = {column}"),
    "delete: query set": lambda row: plain(row)._raw_delete("default"),
    "delete: SQL": sql("DELETE FROM {table} WHERE id = {key}"),
    "insert: instance": lambda row: copy_of(row).save_base(raw=True),
    "insert: in bulk": lambda row: plain(row).bulk_create([copy_of(row)]),
    "insert: in bulk, over what there is": lambda row: plain(row).bulk_create(
        [row], update_conflicts=True, unique_fields=["pk"], update_fields=[words_of(row)]
    ),
    "insert: SQL": sql(COPY),
}
if connection.vendor == "sqlite":
    everything = "SELECT {all} FROM {table} WHERE id = {key}"
    WRITES["insert: SQL that replaces"] = sql("INSERT OR REPLACE INTO {table} ({all}) " + everything)
    WRITES["update: SQL that replaces"] = sql("UPDATE OR REPLACE {table} SET id = {key} WHERE id = {key}")
else:
    WRITES["delete: SQL, all at once"] = sql("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table} CASCADE")


@pytest.fixture
def draft(db: None) -> FrameworkVersion:
    load(document())
    return FrameworkVersion.objects.get()


def error_of(attempt: Callable[[], object]) -> str:
    """What the database says to the attempt, which is undone; nothing where it lets it pass."""
    try:
        with transaction.atomic():
            attempt()
            transaction.set_rollback(True)
    except IntegrityError as refused:
        return str(refused)
    return ""


@pytest.mark.parametrize("model", CONTENT, ids=lambda model: model.__name__)
def test_drafts_can_be_written_and_nothing_else(model: type[VersionContent], draft: FrameworkVersion) -> None:
    """One test for all paths, each undone before the next: loading and publishing for each would take a minute."""
    assert refused(model) == set()
    publish(version=draft)
    before = list(models.QuerySet(model).values())
    assert refused(model) == set(WRITES)
    retire(version=draft)
    assert refused(model) == set(WRITES)
    assert [row | {"state": ""} for row in models.QuerySet(model).values()] == [row | {"state": ""} for row in before]


def refused(model: type[models.Model]) -> set[str]:
    """The paths by which a row of the model cannot be written."""
    return {path for path, write in WRITES.items() if REFUSAL in error_of(lambda: write(models.QuerySet(model)[0]))}  # noqa: B023


def test_a_check_of_the_wording_is_added_and_never_changed(draft: FrameworkVersion) -> None:
    check = WordingCheck.objects.create(
        framework=draft.framework,
        part=Part.INDICATOR,
        code="T-1",
        digest="0" * 64,
        status=Wording.CONFIRMED,
        checked_on=dt.date(2027, 3, 1),
        checked_by=get_user_model().objects.create_user("editor@portal.example", "Editor"),
    )
    with pytest.raises(AppendOnly):
        check.save()
    with pytest.raises(AppendOnly):
        WordingCheck.objects.update(status=Wording.SEEN)
    assert refused(WordingCheck) == set(WRITES) - {"insert: instance", "insert: in bulk", "insert: SQL"}


def second(version: FrameworkVersion) -> FrameworkVersion:
    return FrameworkVersion.objects.create(
        framework=version.framework,
        code="2026-02",
        title="Second",
        published_on="2026-02-01",
        source_url="https://e.org",
    )


def test_nothing_moves_into_or_out_of_a_published_version(draft: FrameworkVersion) -> None:
    other = second(draft)
    scale = Level.objects.all()[0].scale
    publish(version=draft)
    assert REFUSAL in error_of(lambda: plain(draft.indicators.all()[0]).update(version=other))
    new = apps.get_model("frameworks", "Scale").objects.create(version=other, code="other", title="Other")
    level = Level.objects.create(scale=new, value=3, label="More")
    assert REFUSAL in error_of(lambda: plain(level).update(scale=scale))
    assert REFUSAL in error_of(lambda: plain(level).update(id=scale.levels.all()[0].pk))
    assert REFUSAL not in error_of(lambda: plain(level).update(value=4))


@pytest.mark.parametrize(
    ("start", "to", "also", "passes"),
    [
        ("draft", "published", {}, True),
        ("draft", "retired", {}, False),
        ("published", "retired", {}, True),
        ("published", "retired", {"title": "Other"}, False),
        ("published", "draft", {}, False),
        ("published", "published", {"note": "Other"}, False),
        ("retired", "published", {}, False),
        ("retired", "draft", {}, False),
    ],
)
def test_the_state_moves_one_way(
    start: str, to: str, also: dict[str, str], passes: bool, draft: FrameworkVersion
) -> None:
    for move in {"draft": (), "published": (publish,), "retired": (publish, retire)}[start]:
        move(version=draft)
    said = error_of(lambda: plain(draft).update(state=to, **also))
    assert (REFUSAL not in said) is passes


def test_no_version_starts_as_published(draft: FrameworkVersion) -> None:
    other = FrameworkVersion(framework=draft.framework, code="2027", published_on="2027-01-01", state="published")
    assert REFUSAL in error_of(lambda: other.save_base(raw=True))


def test_a_framework_keeps_all_its_words_once_published(draft: FrameworkVersion) -> None:
    framework = plain(draft.framework)
    words = ("title", "short_title", "publisher", "audience", "section_label", "section_label_plural")
    changes: list[dict[str, Any]] = [{"code": "other"}, {"subject": "individual"}, {"id": 999}]
    changes += [{field: "Put better"} for field in words]
    assert not any(REFUSAL in error_of(lambda: framework.update(**change)) for change in changes)  # noqa: B023
    publish(version=draft)
    assert all(REFUSAL in error_of(lambda: framework.update(**change)) for change in changes)  # noqa: B023
    before = Framework.objects.create(code="before", title="Before", subject="organisation")
    assert not error_of(lambda: framework.update(supersedes=before))


def test_the_guard_can_be_taken_away_and_put_back(draft: FrameworkVersion) -> None:
    """As the migration does it, in either direction."""
    publish(version=draft)

    def reword() -> int:
        return models.QuerySet(Indicator).update(text="x")

    def reword_unguarded() -> None:
        with connection.cursor() as cursor:
            for trigger in database_guard.triggers(connection):
                cursor.execute(trigger.statement(REMOVE[connection.vendor]))
        reword()

    assert error_of(reword_unguarded) == ""
    assert REFUSAL in error_of(reword)
