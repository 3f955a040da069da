"""Which rounds a framework version is needed for. Here, because frameworks know no rounds."""

from typing import Any

from frameworks.models import FrameworkVersion
from frameworks.signals import running_on

from .models import Round


def connect() -> None:
    """Answer frameworks; called once, when the app is ready."""
    running_on.connect(running_rounds)


def running_rounds(version: FrameworkVersion, **kwargs: Any) -> list[str]:
    """Receiver: a line for each round on `version` that is a draft or open, by organisation."""
    rounds = Round.objects.running().filter(version=version).select_related("organisation")
    return [
        f"{round_.organisation.name}: {round_.get_state_display().lower()}, closes {round_.closing_on:%-d %B %Y}"
        for round_ in rounds.order_by("organisation__name", "pk")
    ]
