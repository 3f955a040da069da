"""What moves a framework version from state to state, and what notes that its words were checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from frameworks.choices import Part, VersionState, Wording
from frameworks.exchange.stored import stored_document
from frameworks.models import FrameworkVersion, WordingCheck
from frameworks.moves import move
from frameworks.readiness import Fault, faults_of
from frameworks.signals import wording_checked
from frameworks.wording import Words


class IncompleteVersion(Exception):
    """The draft cannot be published yet; `faults` says why."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{fault.where}: {fault.message}" for fault in faults))
        self.faults = faults


@transaction.atomic
def publish(*, version: FrameworkVersion, by: AbstractBaseUser | None = None) -> None:
    """Freeze a draft: rounds may use it from now on. `by` is None when a command does it.

    Raises WrongState unless it is a draft, IncompleteVersion unless it passes the checks that a file must pass.
    """
    # Nobody writes into the version between the check and the move: triggers wait for this lock.
    held = FrameworkVersion.objects.select_for_update().get(pk=version.pk)
    if held.is_draft and (faults := faults_of(stored_document(held))):
        raise IncompleteVersion(faults)
    move(version, VersionState.PUBLISHED, by)


def retire(*, version: FrameworkVersion, by: AbstractBaseUser | None = None) -> None:
    """Offer a published version to no new round; old results keep it. Raises WrongState unless it is published."""
    move(version, VersionState.RETIRED, by)


@dataclass(frozen=True, slots=True)
class Finding:
    """What somebody found who held words against a source, such as an edition and its page."""

    status: Wording
    checked_on: date
    source: str = ""
    note: str = ""


@transaction.atomic
def check_wording(*, version: FrameworkVersion, words: Sequence[Words], found: Finding, by: AbstractBaseUser) -> None:
    """Note what was found of these words. It holds in every version that says the same, published or not.

    Nothing of a version changes, nor any earlier check: the later one counts.
    """
    WordingCheck.objects.bulk_create(
        WordingCheck(
            framework_id=version.framework_id,
            **{name: getattr(one, name) for name in ("part", "code", "digest")},
            **{name: getattr(found, name) for name in ("status", "checked_on", "source", "note")},
            checked_by_id=by.pk,
        )
        for one in words
    )
    counts = [(kind, sum(one.part == kind for one in words)) for kind in Part]
    what = ", ".join(f"{kind.label.lower()}: {number}" for kind, number in counts if number)
    wording_checked.send(FrameworkVersion, version=version, what=f"{what} ({found.status.label})", by=by)
