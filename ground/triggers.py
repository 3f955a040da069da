"""Rules that the database keeps itself, on SQLite and PostgreSQL: triggers that refuse a write, whatever its path.

A migration that alters a guarded table takes its triggers away before and puts them back after: SQLite makes an altered
table anew, without its triggers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from ground.append_only import AppendOnlyModel

PREFIX = "guard_"
INSTALL = {
    "sqlite": (
        "CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF {condition} THEN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'restrict_violation'; END IF; "
        "RETURN COALESCE(NEW, OLD); END $$",
        "CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()",
    ),
}
REMOVE = {"sqlite": "DROP TRIGGER IF EXISTS {name}", "postgresql": "DROP FUNCTION IF EXISTS {name}() CASCADE"}
STORED = "EXISTS (SELECT 1 FROM {table} WHERE {same})"


@dataclass(frozen=True, slots=True)
class Trigger:
    """Refuses `event` (INSERT, UPDATE, DELETE, TRUNCATE) on `table` where `condition` holds, saying `refusal`."""

    table: str
    event: str
    condition: str
    refusal: str

    def statement(self, template: str) -> str:
        """One of the templates above, filled in."""
        each = "STATEMENT" if self.event == "TRUNCATE" else "ROW"
        name = f"{PREFIX}{self.table}_{self.event.lower()}"
        return template.format(
            name=name, table=self.table, event=self.event, condition=self.condition, each=each, refusal=self.refusal
        )


def put_up(editor: BaseDatabaseSchemaEditor, triggers: Iterable[Trigger]) -> None:
    """Install each. None of them may stand already."""
    for trigger in triggers:
        for template in INSTALL[editor.connection.vendor]:
            editor.execute(trigger.statement(template), params=None)


def take_down(editor: BaseDatabaseSchemaEditor, triggers: Iterable[Trigger]) -> None:
    """Remove each that stands."""
    for trigger in triggers:
        editor.execute(trigger.statement(REMOVE[editor.connection.vendor]), params=None)


def of_added_rows(connection: BaseDatabaseWrapper, app: str, refusal: str) -> Iterator[Trigger]:
    """What keeps the rows of an app's `AppendOnlyModel`s, as far as their tables are there.

    Rows are added; one that is stored under the same key, or under anything else that is there once, stays: SQLite's
    REPLACE takes it away without a word.
    """
    tables = set(connection.introspection.table_names())
    for model in apps.get_app_config(app).get_models():
        table = model._meta.db_table
        if not issubclass(model, AppendOnlyModel) or table not in tables:
            continue
        stored = (_stored(table, columns) for columns in _there_once(model))
        yield Trigger(table, "INSERT", " OR ".join(stored), refusal)
        yield Trigger(table, "UPDATE", "TRUE", refusal)
        yield Trigger(table, "DELETE", "TRUE", refusal)
        if connection.vendor == "postgresql":
            yield Trigger(table, "TRUNCATE", "TRUE", refusal)


def _there_once(model: type[models.Model]) -> Iterator[list[str]]:
    """The columns of each thing that no two rows of the model share."""
    columns = {field.name: str(field.column) for field in model._meta.concrete_fields}
    yield from ([columns[field.name]] for field in model._meta.concrete_fields if field.unique)
    yield from ([columns[name] for name in constraint.fields] for constraint in model._meta.total_unique_constraints)


def _stored(table: str, columns: list[str]) -> str:
    return STORED.format(table=table, same=" AND ".join(f"{table}.{column} = NEW.{column}" for column in columns))
