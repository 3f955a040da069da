"""The states of a version and the moves between them."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet

from frameworks.choices import VersionState, Way
from frameworks.history.watching import told_of
from frameworks.history.writer import Origin, coming_from
from frameworks.models import FrameworkVersion
from frameworks.signals import version_moved

MOVES = {
    VersionState.PUBLISHED: VersionState.DRAFT,
    VersionState.RETIRED: VersionState.PUBLISHED,
}


class WrongState(Exception):
    """The version is not in the state that the move starts from."""


@transaction.atomic
def move(version: FrameworkVersion, state: VersionState, by: AbstractBaseUser | None) -> None:
    """Compare and set in one statement, past the model's guard, which lets nothing but drafts be written."""
    rows: QuerySet[FrameworkVersion] = QuerySet(FrameworkVersion).filter(pk=version.pk, state=MOVES[state])
    if not rows.update(state=state):
        raise WrongState(f"Only a {MOVES[state].label.lower()} version can be {state.label.lower()}.")
    version.state = state
    with coming_from(Origin(Way(state.value), by=by)):
        told_of(version)
    version_moved.send(FrameworkVersion, version=version, done=state.value, by=by)
