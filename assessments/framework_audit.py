"""Framework moves in the audit trail. Here, because frameworks and organisations do not know each other."""

from typing import Any

from frameworks.models import FrameworkVersion
from frameworks.signals import version_moved
from organisations.audit import record
from organisations.choices import AuditedEvent
from organisations.models import User

EVENTS = {
    "loaded": AuditedEvent.FRAMEWORK_LOADED,
    "published": AuditedEvent.FRAMEWORK_PUBLISHED,
    "retired": AuditedEvent.FRAMEWORK_RETIRED,
}


def connect() -> None:
    """Listen to frameworks; called once, when the app is ready."""
    version_moved.connect(version_has_moved)


def version_has_moved(version: FrameworkVersion, done: str, by: User | None, **kwargs: Any) -> None:
    """Receiver: a version was loaded, published or retired."""
    record(EVENTS[done], organisation=None, by=by, subject=str(version))
