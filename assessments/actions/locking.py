"""Taking a round for oneself while something is done to it."""

from assessments.lifecycle import RoundMove, check
from assessments.models import Round


def locked_round(round_: Round, move: RoundMove) -> Round:
    """The round as it stands now, locked until the transaction ends. Raises NotNow if its state forbids `move`.

    Its key stays free: rows that refer to it can be written meanwhile by whoever this one may have to wait for.
    """
    rounds = Round.objects.select_for_update(of=("self",), no_key=True)
    locked = rounds.select_related("organisation", "version__framework")
    fresh = locked.get(pk=round_.pk)
    check(move, fresh.state)
    return fresh
