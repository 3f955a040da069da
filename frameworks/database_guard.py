"""The rule of `frozen` once more, as triggers: no statement, from whatever path, changes what is published.

Nor does one change what is only ever added to, such as the checks of a wording.

`frozen` answers first, and in words; this is for what goes around it, such as SQL of one's own. A migration that alters
a table of this app takes the guard away before and puts it back after: SQLite makes an altered table anew, without its
triggers. Inserting `install` as the last step of such a migration also guards tables that are new.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from frameworks.frozen import VersionContent
from ground.triggers import Trigger, of_added_rows, put_up, take_down

VERSIONS, FRAMEWORKS = "frameworks_frameworkversion", "frameworks_framework"
REFUSAL = "published text cannot be changed"

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


def install(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the guard on every table of the app that there is. Any guard that stands already is made anew."""
    remove(_apps, editor)
    if editor.connection.vendor == "postgresql":
        editor.execute(STATE_FUNCTION)
    put_up(editor, triggers(editor.connection))


def remove(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the guard away."""
    take_down(editor, triggers(editor.connection))


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
    if connection.vendor == "postgresql":
        found += [_refusing(table, "TRUNCATE", ANY_PUBLISHED) for table in {trigger.table for trigger in found}]
    return [*found, *of_added_rows(connection, "frameworks", REFUSAL)]


def _refusing(table: str, event: str, condition: str) -> Trigger:
    return Trigger(table, event, condition, REFUSAL)


def _of_content(model: type[VersionContent], state: str) -> Iterator[Trigger]:
    """A row may be written where the version that it is in, and the one that it would be in, are drafts.

    The row that is stored under the same key counts too: SQLite's REPLACE takes it away without a word.
    """
    table = model._meta.db_table
    stored = state.format(STORED.format(column=_version_of(model, table), table=table))
    old, new = (state.format(_version_of(model, row)) for row in ("OLD", "NEW"))
    yield _refusing(table, "INSERT", f"{new} <> 'draft' OR {stored} <> 'draft'")
    yield _refusing(table, "UPDATE", f"{old} <> 'draft' OR {new} <> 'draft' OR {stored} <> 'draft'")
    yield _refusing(table, "DELETE", f"{old} <> 'draft'")


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
    rest = [name for name in _columns(connection, VERSIONS) if name != "state"]
    old, new = _values("OLD", rest), _values("NEW", rest)
    drafted = "OLD.state = 'draft' AND NEW.state IN ('draft', 'published') AND NEW.id = OLD.id"
    retired = f"OLD.state = 'published' AND NEW.state = 'retired' AND {new} {SAME[connection.vendor]} {old}"
    stored = STORED.format(column="state", table=VERSIONS)
    yield _refusing(VERSIONS, "INSERT", f"NEW.state <> 'draft' OR {stored} <> 'draft'")
    yield _refusing(VERSIONS, "UPDATE", f"NOT ({drafted} OR {retired})")
    yield _refusing(VERSIONS, "DELETE", "OLD.state <> 'draft'")


def _of_frameworks(connection: BaseDatabaseWrapper) -> Iterator[Trigger]:
    """Once a version has been published, a framework says what it said, save which other it takes the place of.

    Rounds, results and addresses hang on its code and subject; its title and labels stand in every report.
    """
    rest = [name for name in _columns(connection, FRAMEWORKS) if name != "supersedes_id"]
    old, new = _values("OLD", rest), _values("NEW", rest)
    kept = f"{new} {SAME[connection.vendor]} {old}"
    yield _refusing(FRAMEWORKS, "INSERT", PUBLISHED_OF.format("NEW.id"))
    yield _refusing(FRAMEWORKS, "UPDATE", f"NOT ({kept}) AND {PUBLISHED_OF.format('OLD.id')}")
    yield _refusing(FRAMEWORKS, "DELETE", PUBLISHED_OF.format("OLD.id"))


def _columns(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def _values(row: str, columns: list[str]) -> str:
    return f"({', '.join(f'{row}.{name}' for name in columns)})"
