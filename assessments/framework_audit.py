"""Framework moves in the audit trail. Here, because frameworks and organisations do not know each other."""

from typing import Any

from frameworks.models import FrameworkVersion
from frameworks.signals import draft_edited, version_moved, wording_checked
from organisations.audit import record
from organisations.choices import AuditedEvent
from organisations.models import User

EVENTS = {
    "loaded": AuditedEvent.FRAMEWORK_LOADED,
    "published": AuditedEvent.FRAMEWORK_PUBLISHED,
    "retired": AuditedEvent.FRAMEWORK_RETIRED,
}
EDITS = {
    "added": AuditedEvent.ADMIN_ADDED,
    "changed": AuditedEvent.ADMIN_CHANGED,
    "moved": AuditedEvent.ADMIN_CHANGED,
    "removed": AuditedEvent.ADMIN_DELETED,
}


def connect() -> None:
    """Listen to frameworks; called once, when the app is ready."""
    version_moved.connect(version_has_moved)
    draft_edited.connect(draft_was_edited)
    wording_checked.connect(wording_was_checked)


def version_has_moved(version: FrameworkVersion, done: str, by: User | None, **kwargs: Any) -> None:
    """Receiver: a version was loaded, published or retired."""
    record(EVENTS[done], organisation=None, by=by, subject=str(version))


def draft_was_edited(version: FrameworkVersion, done: str, what: str, by: User, **kwargs: Any) -> None:
    """Receiver: a part of a draft was added, changed, moved or removed. Says what, never the words themselves."""
    subject = f"{version}: {what}" + (" moved" if done == "moved" else "")
    record(EDITS[done], organisation=None, by=by, subject=subject)


def wording_was_checked(version: FrameworkVersion, what: str, by: User, **kwargs: Any) -> None:
    """Receiver: somebody held words of a version against a source."""
    record(AuditedEvent.FRAMEWORK_WORDING_CHECKED, organisation=None, by=by, subject=f"{version}: {what}")
