"""What moves a framework version from state to state."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet

from .choices import VersionState
from .models import FrameworkVersion, Level
from .signals import version_moved

FEWEST_LEVELS = 2

MOVES = {
    VersionState.PUBLISHED: VersionState.DRAFT,
    VersionState.RETIRED: VersionState.PUBLISHED,
}


class WrongState(Exception):
    """The version is not in the state that the move starts from."""


class IncompleteVersion(Exception):
    """The draft cannot be answered yet."""


@transaction.atomic
def publish(*, version: FrameworkVersion, by: AbstractBaseUser | None = None) -> None:
    """Freeze a draft: rounds may use it from now on. `by` is None when a command does it.

    Raises WrongState unless it is a draft, IncompleteVersion unless it has levels and every section has indicators.
    """
    _hold(version)
    if Level.objects.filter(scale__version=version).count() < FEWEST_LEVELS:
        raise IncompleteVersion(f"{version} needs a scale of at least two levels.")
    if not version.sections.exists() or version.sections.filter(indicators=None).exists():
        raise IncompleteVersion(f"{version} needs at least one section, and each section needs an indicator.")
    _move(version, VersionState.PUBLISHED, by)


def retire(*, version: FrameworkVersion, by: AbstractBaseUser | None = None) -> None:
    """Offer a published version to no new round; old results keep it. Raises WrongState unless it is published."""
    _move(version, VersionState.RETIRED, by)


def _hold(version: FrameworkVersion) -> None:
    """Nobody writes into the version between the check and the move: triggers wait for this lock."""
    FrameworkVersion.objects.select_for_update().get(pk=version.pk)


@transaction.atomic
def _move(version: FrameworkVersion, state: VersionState, by: AbstractBaseUser | None) -> None:
    """Compare and set in one statement, past the model's guard, which lets nothing but drafts be written."""
    rows: QuerySet[FrameworkVersion] = QuerySet(FrameworkVersion).filter(pk=version.pk, state=MOVES[state])
    if not rows.update(state=state):
        raise WrongState(f"Only a {MOVES[state].label.lower()} version can be {state.label.lower()}.")
    version.state = state
    version_moved.send(FrameworkVersion, version=version, done=state.value, by=by)
