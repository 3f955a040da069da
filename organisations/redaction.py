"""The one exception to "lines of the audit trail never change" (docs/PERSONAL-DATA.md).

What identifies a person can be taken out of a line; what happened, when, and on which board stays. Whoever calls this
writes a line saying so, in the same transaction.
"""

import json
import re
from collections.abc import Collection
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db.models import Q, QuerySet

from organisations.audit import SUBJECT_LENGTH
from organisations.models import AuditEvent

Words = Collection[str]


def redact_trail(words: Words, replacement: str) -> int:
    """Put `replacement` in the place of each of `words` (names, addresses) in every line; returns how many lines."""
    # Every line is read: databases differ in which letters they take for the same in another case.
    rows = [(key, subject, redacted(subject, words, replacement)) for key, subject in _subjects()]
    found = [(key, without) for key, subject, without in rows if without != subject]
    for key, without in found:
        _lines().filter(pk=key).update(subject=without[:SUBJECT_LENGTH])
    return len(found)


def redact_admin_log(words: Words, replacement: str) -> int:
    """The same for what Django's admin noted; returns how many entries."""
    found = 0
    for entry in list(LogEntry.objects.all()):
        before = (entry.object_repr, entry.change_message)
        entry.object_repr = redacted(entry.object_repr, words, replacement)[:200]
        entry.change_message = _redacted_message(entry.change_message, words, replacement)
        if before != (entry.object_repr, entry.change_message):
            entry.save(update_fields=["object_repr", "change_message"])
            found += 1
    return found


def forget_addresses(lines: Q) -> int:
    """Clear the network address of the lines that `lines` names; returns how many had one."""
    return _lines().filter(lines, network_address__isnull=False).update(network_address=None)


def redacted(text: str, words: Words, replacement: str) -> str:
    """`text` with each whole word of `words`, in whatever case, replaced; longer ones first.

    >>> redacted("Ann Lee, Chair; Joann Lee", ["Ann Lee"], "Former member 1")
    'Former member 1, Chair; Joann Lee'
    """
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", lambda found: replacement, text, flags=re.IGNORECASE)


def _redacted_message(message: str, words: Words, replacement: str) -> str:
    """The admin keeps JSON, in which é is \\u00e9; an older entry may be plain text."""
    try:
        content = json.loads(message)
    except ValueError:
        return redacted(message, words, replacement)
    without = _redacted_content(content, words, replacement)
    return message if without == content else json.dumps(without)


def _redacted_content(content: Any, words: Words, replacement: str) -> Any:
    match content:
        case str():
            return redacted(content, words, replacement)
        case list():
            return [_redacted_content(entry, words, replacement) for entry in content]
        case dict():
            return {key: _redacted_content(entry, words, replacement) for key, entry in content.items()}
    return content


def _subjects() -> list[tuple[int, str]]:
    return list(_lines().order_by().values_list("pk", "subject"))


def _lines() -> QuerySet[AuditEvent]:
    """Lines that can be written: past the guard of the model's own query set."""
    return QuerySet(AuditEvent)
