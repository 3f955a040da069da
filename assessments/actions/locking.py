"""Taking a round for oneself while something is done to it."""

from assessments.lifecycle import RoundMove, check
from assessments.models import Round


def locked_round(round_: Round, move: RoundMove) -> Round:
    """The round as it stands now, locked until the transaction ends. Raises NotNow if its state forbids `move`."""
    locked = Round.objects.select_for_update(of=("self",)).select_related("organisation", "version__framework")
    fresh = locked.get(pk=round_.pk)
    check(move, fresh.state)
    return fresh
