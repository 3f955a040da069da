"""Which rounds a framework version is needed for. Here, because frameworks know no rounds."""

from typing import Any

from django.urls import reverse

from frameworks.models import FrameworkVersion
from frameworks.signals import previews, running_on

from .models import Round

EVERYBODY = "everybody"  # in the address of a preview, where the framework asks everyone the same


def connect() -> None:
    """Answer frameworks; called once, when the app is ready."""
    running_on.connect(running_rounds)
    previews.connect(ways_to_preview)


def running_rounds(version: FrameworkVersion, **kwargs: Any) -> list[str]:
    """Receiver: a line for each round on `version` that is a draft or open, by organisation."""
    rounds = Round.objects.running().filter(version=version).select_related("organisation")
    return [
        f"{round_.organisation.name}: {round_.get_state_display().lower()}, closes {round_.closing_on:%-d %B %Y}"
        for round_ in rounds.order_by("organisation__name", "pk")
    ]


def ways_to_preview(version: FrameworkVersion, code: str = "", **kwargs: Any) -> list[tuple[str, str]]:
    """Receiver: words and address for each wording of `version`, at the section `code` or else the first, and on paper.

    None while the version has no section or no scale: then there is nothing that a member could answer.
    """
    first = code or version.sections.values_list("code", flat=True).first()
    if not first or not hasattr(version, "scale"):
        return []
    wordings = [(row.code, f" for: {row.title}") for row in version.variants.all()] or [(EVERYBODY, "")]
    sections = [
        (f"Preview{whom}", reverse("assessments:preview", args=[version.pk, variant, first]))
        for variant, whom in wordings
    ]
    forms = [
        (f"Paper form{whom}", reverse("assessments:paper_form", args=[version.pk, variant]))
        for variant, whom in wordings
    ]
    return sections + forms
