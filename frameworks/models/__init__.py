"""Frameworks as boards meet them, what others scored on them, and how far their words have been checked."""

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
    "WordingCheck",
]
