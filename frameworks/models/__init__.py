"""Frameworks as boards meet them, what others scored on them, who changed their words and who checked them."""

from frameworks.models.comparators import ComparatorFigures
from frameworks.models.content import (
    Band,
    ExtraField,
    Framework,
    FrameworkVersion,
    FrameworkVersionQuerySet,
    GlossaryTerm,
    Group,
    Indicator,
    IndicatorQuerySet,
    Level,
    NonScore,
    Scale,
    Section,
    Theme,
    Variant,
)
from frameworks.models.history import WordingChange
from frameworks.models.wording import WordingCheck

__all__ = [
    "Band",
    "ComparatorFigures",
    "ExtraField",
    "Framework",
    "FrameworkVersion",
    "FrameworkVersionQuerySet",
    "GlossaryTerm",
    "Group",
    "Indicator",
    "IndicatorQuerySet",
    "Level",
    "NonScore",
    "Scale",
    "Section",
    "Theme",
    "Variant",
    "WordingChange",
    "WordingCheck",
]
