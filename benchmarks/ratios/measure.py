"""Running two things in turn and comparing what they cost."""

import gc
import statistics
import time
from collections.abc import Callable

from benchmarks.finding import Finding, middle

ROUNDS = 25  # many short ones: what else the machine does then meets both sides


def compare(
    name: str, ours: Callable[[], object], floor: Callable[[], object], *, calls: int, at_most: float | None = None
) -> Finding:
    """CPU time of `ours` against `floor`, in turn, `calls` of each a round; one round first that is not counted.

    `at_most`: the goal for the median of the rounds' ratios. The database server's own CPU is not in it.
    """
    rounds = [(cpu(ours, calls), cpu(floor, calls)) for _ in range(ROUNDS + 1)][1:]
    ratios = [mine / theirs for mine, theirs in rounds]
    mine, theirs = (statistics.median(column) * 1000 for column in zip(*rounds, strict=True))
    return Finding(
        name,
        f"{mine:8.2f} ms against {theirs:8.2f} ms: {middle(ratios)} x",
        f"at most {at_most:g} x" if at_most else "",
        statistics.median(ratios) <= at_most if at_most else None,
    )


def cpu(call: Callable[[], object], calls: int) -> float:
    """Seconds of this process for one of so many calls."""
    gc.collect()
    began = time.process_time()
    for _ in range(calls):
        call()
    return (time.process_time() - began) / calls
