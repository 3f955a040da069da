"""The fixed words of a framework document; docs/framework.schema.json allows the same ones."""

from django.db import models


class Subject(models.TextChoices):
    """Whom a framework scores."""

    ORGANISATION = "organisation", "The organisation or system"
    INDIVIDUAL = "individual", "The individual board member"


class VersionState(models.TextChoices):
    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    RETIRED = "retired", "Retired"


class VariantCode(models.TextChoices):
    """Whom an indicator is asked of, in a framework that is worded differently for systems and organisations."""

    ICS = "ics", "Integrated care system"
    ORGANISATION = "organisation", "Organisation"
    BOTH = "both", "Both"


class NonScoreCode(models.TextChoices):
    """The answers that are not a level. A non-score is not a zero (product rule §2)."""

    CANNOT_JUDGE = "cannot-judge", "Cannot judge"
    NOT_APPLICABLE = "not-applicable", "Not applicable"
    NO_CHANCE = "no-chance", "No chance to demonstrate"


class Wording(models.TextChoices):
    """How sure we are that an indicator says what the published framework says."""

    RECALLED = "recalled", "Recalled, to be confirmed"
    SEEN = "seen", "Seen in a source"
    CONFIRMED = "confirmed", "Confirmed"


class Part(models.TextChoices):
    """Whose words a check of the wording is about."""

    INDICATOR = "indicator", "Indicator"
    SUMMARY = "summary", "Summary of a section"


class DisplayOrder(models.TextChoices):
    """The order in which a scale's levels are offered."""

    LOWEST_FIRST = "lowest first", "Lowest first"
    HIGHEST_FIRST = "highest first", "Highest first"


class Way(models.TextChoices):
    """How wording came to change, or what else happened to a version."""

    EDITED = "edited", "Changed here"
    RESTORED = "restored", "Earlier words restored"
    LOADED = "loaded", "Loaded from a file"
    COPIED = "copied", "Draft made from another version"
    PUBLISHED = "published", "Published"
    RETIRED = "retired", "Retired"
    DELETED = "deleted", "Draft deleted"
