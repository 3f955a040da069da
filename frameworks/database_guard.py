"""The rule of `frozen` once more, as triggers: no statement, from whatever path, changes what is published.

Nor does one change what is only ever added to, such as the checks of a wording.

`frozen` answers first, and in words; this is for what goes around it, such as SQL of one's own. A migration that alters
a table of this app takes the guard away before and puts it back after: SQLite makes an altered table anew, without its
triggers. Inserting `install` as the last step of such a migration also guards tables that are new.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from frameworks.frozen import VersionContent
from ground.append_only import AppendOnlyModel

VERSIONS, FRAMEWORKS = "frameworks_frameworkversion", "frameworks_framework"
REFUSAL = "published text cannot be changed"
PREFIX = "guard_"

INSTALL = {
    "sqlite": (
        "CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {{condition}} THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END IF; "
        "RETURN COALESCE(NEW, OLD); END $$",
        "CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()",
    ),
}
REMOVE = {"sqlite": "DROP TRIGGER IF EXISTS {name}", "postgresql": "DROP FUNCTION IF EXISTS {name}() CASCADE"}

# Before the rest. A transaction that writes into a draft holds on to the draft's state, so that nobody publishes it
# meanwhile; SQLite lets in one writer at a time anyway.
STATE_FUNCTION = (
    "CREATE OR REPLACE FUNCTION guard_state(version bigint) RETURNS varchar LANGUAGE plpgsql AS $$ "
    "DECLARE found varchar; BEGIN "
    "SELECT state INTO found FROM frameworks_frameworkversion WHERE id = version FOR SHARE; "
    "RETURN found; END $$"
)
STATE = {
    "sqlite": "(SELECT state FROM frameworks_frameworkversion WHERE id = {})",
    "postgresql": "guard_state({})",
}
STORED = "(SELECT {column} FROM {table} WHERE id = NEW.id)"
THROUGH = "(SELECT {column}_id FROM {table} WHERE {table}.id = {row}.{parent}_id)"
ANY_PUBLISHED = "EXISTS (SELECT 1 FROM frameworks_frameworkversion WHERE state <> 'draft')"
PUBLISHED_OF = "EXISTS (SELECT 1 FROM frameworks_frameworkversion WHERE framework_id = {} AND state <> 'draft')"
SAME = {"sqlite": "IS", "postgresql": "IS NOT DISTINCT FROM"}


@dataclass(frozen=True, slots=True)
class Trigger:
    """Refuses `event` (INSERT, UPDATE, DELETE, TRUNCATE) on `table` where `condition` holds."""

    table: str
    event: str
    condition: str

    def statement(self, template: str) -> str:
        each = "STATEMENT" if self.event == "TRUNCATE" else "ROW"
        name = f"{PREFIX}{self.table}_{self.event.lower()}"
        return template.format(name=name, table=self.table, event=self.event, condition=self.condition, each=each)


def install(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the guard on every table of the app that there is. Any guard that stands already is made anew."""
    remove(_apps, editor)
    if editor.connection.vendor == "postgresql":
        editor.execute(STATE_FUNCTION)
    for trigger in triggers(editor.connection):
        for template in INSTALL[editor.connection.vendor]:
            editor.execute(trigger.statement(template), params=None)


def remove(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the guard away."""
    for trigger in triggers(editor.connection):
        editor.execute(trigger.statement(REMOVE[editor.connection.vendor]), params=None)


def triggers(connection: BaseDatabaseWrapper) -> list[Trigger]:
    """All that guards the tables that there are, in the database's own words."""
    tables = connection.introspection.table_names()
    content: list[type[VersionContent]] = [
        model
        for model in apps.get_app_config("frameworks").get_models()
        if issubclass(model, VersionContent) and model.version_path and model._meta.db_table in tables
    ]
    found = [*_of_versions(connection), *_of_frameworks(connection)]
    for model in content:
        found += _of_content(model, STATE[connection.vendor])
    kept = [table for table in _kept_tables() if table in tables]
    if connection.vendor == "postgresql":
        found += [Trigger(table, "TRUNCATE", ANY_PUBLISHED) for table in {trigger.table for trigger in found}]
        found += [Trigger(table, "TRUNCATE", "TRUE") for table in kept]
    return [*found, *(trigger for table in kept for trigger in _of_kept(table))]


def _of_content(model: type[VersionContent], state: str) -> Iterator[Trigger]:
    """A row may be written where the version that it is in, and the one that it would be in, are drafts.

    The row that is stored under the same key counts too: SQLite's REPLACE takes it away without a word.
    """
    table = model._meta.db_table
    stored = state.format(STORED.format(column=_version_of(model, table), table=table))
    old, new = (state.format(_version_of(model, row)) for row in ("OLD", "NEW"))
    yield Trigger(table, "INSERT", f"{new} <> 'draft' OR {stored} <> 'draft'")
    yield Trigger(table, "UPDATE", f"{old} <> 'draft' OR {new} <> 'draft' OR {stored} <> 'draft'")
    yield Trigger(table, "DELETE", f"{old} <> 'draft'")


def _kept_tables() -> list[str]:
    models = apps.get_app_config("frameworks").get_models()
    return [model._meta.db_table for model in models if issubclass(model, AppendOnlyModel)]


def _of_kept(table: str) -> Iterator[Trigger]:
    """Rows are added; the one that is stored under the same key stays, as above."""
    stored = STORED.format(column="id", table=table)
    yield Trigger(table, "INSERT", f"{stored} IS NOT NULL")
    yield Trigger(table, "UPDATE", "TRUE")
    yield Trigger(table, "DELETE", "TRUE")


def _version_of(model: type[VersionContent], row: str) -> str:
    """An expression for the key of the version to which `row` belongs."""
    first, *rest = model.version_path
    if not rest:
        return f"{row}.{first}_id"
    parent = model._meta.get_field(first).related_model
    assert isinstance(parent, type)  # noqa: S101 - a foreign key's, once the models are loaded; for the type checker
    table = parent._meta.db_table
    return THROUGH.format(column=rest[0], table=table, row=row, parent=first)


def _of_versions(connection: BaseDatabaseWrapper) -> Iterator[Trigger]:
    """A version starts as a draft. Once published it is retired, and nothing else of it changes."""
    with connection.cursor() as cursor:
        columns = [column.name for column in connection.introspection.get_table_description(cursor, VERSIONS)]
    rest = [name for name in columns if name != "state"]
    old, new = (f"({', '.join(f'{row}.{name}' for name in rest)})" for row in ("OLD", "NEW"))
    drafted = "OLD.state = 'draft' AND NEW.state IN ('draft', 'published') AND NEW.id = OLD.id"
    retired = f"OLD.state = 'published' AND NEW.state = 'retired' AND {new} {SAME[connection.vendor]} {old}"
    stored = STORED.format(column="state", table=VERSIONS)
    yield Trigger(VERSIONS, "INSERT", f"NEW.state <> 'draft' OR {stored} <> 'draft'")
    yield Trigger(VERSIONS, "UPDATE", f"NOT ({drafted} OR {retired})")
    yield Trigger(VERSIONS, "DELETE", "OLD.state <> 'draft'")


def _of_frameworks(connection: BaseDatabaseWrapper) -> Iterator[Trigger]:
    """Rounds, results and addresses hang on a framework's code and subject once a version has been published."""
    kept = "NEW.id = OLD.id AND NEW.code = OLD.code AND NEW.subject = OLD.subject"
    yield Trigger(FRAMEWORKS, "INSERT", PUBLISHED_OF.format("NEW.id"))
    yield Trigger(FRAMEWORKS, "UPDATE", f"NOT ({kept}) AND {PUBLISHED_OF.format('OLD.id')}")
    yield Trigger(FRAMEWORKS, "DELETE", PUBLISHED_OF.format("OLD.id"))
