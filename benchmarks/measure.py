"""Running two things in turn and comparing what they cost."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 9


@dataclass(frozen=True, slots=True)
class Ratio:
    """CPU seconds of ours and of the floor per call (medians), and their ratio round by round."""

    name: str
    ours: float
    floor: float
    ratios: tuple[float, ...]

    def __str__(self) -> str:
        low, middle, high = min(self.ratios), statistics.median(self.ratios), max(self.ratios)
        times = f"{self.ours * 1000:8.1f} ms against {self.floor * 1000:7.1f} ms"
        return f"{self.name:<44} {times}   {middle:5.2f} x ({low:.2f} to {high:.2f})"


def compare(name: str, ours: Callable[[], object], floor: Callable[[], object], *, calls: int) -> Ratio:
    """CPU time of `ours` against `floor`, in turn, `calls` of each a round; one round first that is not counted."""
    rounds = [(_cpu(ours, calls), _cpu(floor, calls)) for _ in range(ROUNDS + 1)][1:]
    return Ratio(
        name,
        statistics.median(mine for mine, _ in rounds),
        statistics.median(theirs for _, theirs in rounds),
        tuple(mine / theirs for mine, theirs in rounds),
    )


def _cpu(call: Callable[[], object], calls: int) -> float:
    gc.collect()
    began = time.process_time()
    for _ in range(calls):
        call()
    return (time.process_time() - began) / calls
