"""What others scored on the sections of a framework: data that is loaded beside it, and shown for orientation."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from django.db import transaction

from frameworks.documents.problems import Problem
from frameworks.documents.yaml_reader import Tree, Unreadable, read_yaml
from frameworks.models import ComparatorFigures, Framework

TEXTS = ("code", "framework", "name", "published", "source", "caveat")


@dataclass(frozen=True, slots=True)
class Comparator:
    """Others' figures by section code, on a scale from `lowest` to `highest`; `caveat` says what they are worth."""

    name: str
    caveat: str
    source: str
    lowest: int
    highest: int
    figures: tuple[tuple[str, Fraction], ...]

    def figure(self, section: str) -> Fraction | None:
        """What others scored on that section."""
        return dict(self.figures).get(section)


def comparator_for(framework: Framework, variant: str) -> Comparator | None:
    """The newest comparator of a framework in that variant, if there is one (one query)."""
    row = framework.comparators.filter(variant=variant).order_by("-published_on").first()
    if row is None:
        return None
    figures = tuple((section, Fraction(figure)) for section, figure in row.figures.items())
    return Comparator(row.name, row.caveat, row.source, row.lowest, row.highest, figures)


def load_comparator(content: bytes, file: str) -> list[Problem]:
    """Store the document, in place of what was loaded from it before; or say all that is wrong, and store nothing."""
    try:
        tree = read_yaml(content, file)
    except Unreadable as unreadable:
        return list(unreadable.problems)
    problems = _problems(tree)
    if not problems:
        _store(tree.data)
    return problems


def _store(said: Mapping[str, Any]) -> None:
    framework = Framework.objects.get(code=said["framework"])
    rows = [
        ComparatorFigures(
            framework=framework, code=said["code"], variant=variant, figures=figures,
            name=said["name"], caveat=said["caveat"], source=said["source"],
            published_on=dt.date.fromisoformat(said["published"]), lowest=said["lowest"], highest=said["highest"],
        )
        for variant, figures in said["figures"].items()
    ]  # fmt: skip
    with transaction.atomic():
        framework.comparators.filter(code=said["code"]).delete()
        ComparatorFigures.objects.bulk_create(rows)


def _problems(tree: Tree) -> list[Problem]:
    said = tree.data if isinstance(tree.data, dict) else {}
    found = [tree.problem((name,), "is needed, as text") for name in TEXTS if not isinstance(said.get(name), str)]
    found += [
        tree.problem((name,), "is needed, as a whole number")
        for name in ("lowest", "highest")
        if not isinstance(said.get(name), int)
    ]
    return found or [*_wrong_day(tree), *_wrong_figures(tree)]


def _wrong_day(tree: Tree) -> list[Problem]:
    try:
        dt.date.fromisoformat(tree.data["published"])
    except ValueError:
        return [tree.problem(("published",), "is no date, such as 2026-03-30")]
    return []


def _wrong_figures(tree: Tree) -> list[Problem]:
    """Figures must be numbers on the scale, for sections that the framework has."""
    framework = Framework.objects.filter(code=tree.data["framework"]).first()
    if framework is None:
        return [tree.problem(("framework",), f"no framework '{tree.data['framework']}' is loaded")]
    known = set(framework.versions.values_list("sections__code", flat=True))
    by_variant = tree.data.get("figures")
    if not isinstance(by_variant, dict) or not all(isinstance(figures, dict) for figures in by_variant.values()):
        return [tree.problem(("figures",), "is needed: by variant, then by section")]
    return [
        tree.problem(("figures", variant, section), f"'{figure}' is no number on the scale, or the section is unknown")
        for variant, figures in by_variant.items()
        for section, figure in figures.items()
        if section not in known or not _is_on_scale(figure, tree.data)
    ]


def _is_on_scale(figure: object, said: Mapping[str, Any]) -> bool:
    try:
        return bool(said["lowest"] <= Decimal(str(figure)) <= said["highest"])
    except InvalidOperation:
        return False
