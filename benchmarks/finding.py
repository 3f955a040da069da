"""What a benchmark found: one line each."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was measured, what came out, and whether the goal was met (None: there is none)."""

    name: str
    outcome: str
    goal: str = ""
    is_met: bool | None = None

    def __str__(self) -> str:
        verdict = {True: "met", False: "MISSED", None: ""}[self.is_met]
        goal = f"   goal: {self.goal}: {verdict}" if self.goal else ""
        return f"{self.name:<58} {self.outcome}{goal}"


def middle(figures: Sequence[float]) -> str:
    """The median with its spread, in words: "1.52 (1.47 to 1.60)"."""
    return f"{statistics.median(figures):.2f} ({min(figures):.2f} to {max(figures):.2f})"


def percentile(figures: Sequence[float], share: float) -> float:
    """The smallest figure that a `share` of them do not exceed; endless for none at all."""
    return math.inf if not figures else sorted(figures)[max(0, math.ceil(len(figures) * share) - 1)]
