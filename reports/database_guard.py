"""The rule that a signed-off version, its PDF and its archive copy never change, once more, in the database itself.

The models answer first, and in words (`ground/append_only.py`); this is for what goes around them. What becomes of a
version (superseded, taken back) is read from other rows, so that nothing of it ever has to be written.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from ground.triggers import of_added_rows, put_up, take_down

REFUSAL = "what was signed off cannot be changed"


def install(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the guard on every table of kept rows that there is. Any guard that stands already is made anew."""
    remove(_apps, editor)
    put_up(editor, of_added_rows(editor.connection, "reports", REFUSAL))


def remove(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the guard away."""
    take_down(editor, of_added_rows(editor.connection, "reports", REFUSAL))
