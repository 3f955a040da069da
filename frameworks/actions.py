"""What moves a framework version from state to state."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from frameworks.choices import VersionState
from frameworks.exchange.stored import stored_document
from frameworks.models import FrameworkVersion
from frameworks.moves import move
from frameworks.readiness import Fault, faults_of


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
