"""Frameworks as boards meet them. docs/FRAMEWORK-FORMAT.md explains each field; `frozen` guards what is published."""

from collections.abc import Sequence
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models

from frameworks.choices import DisplayOrder, NonScoreCode, Subject, VariantCode, VersionState, Wording
from frameworks.frozen import DraftOnlyQuerySet, PublishedVersion, VersionContent


class Framework(models.Model):
    """A framework through all its versions."""

    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    short_title = models.CharField(max_length=60)
    publisher = models.CharField(max_length=200)
    subject = models.CharField(max_length=20, choices=Subject)
    audience = models.CharField(max_length=300)
    section_label = models.CharField(max_length=60, help_text="What the framework calls one of its sections.")
    section_label_plural = models.CharField(max_length=60)
    supersedes = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        help_text="The framework whose place it takes. Rounds of that one go on; boards are offered this one.",
    )

    class Meta:
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title

    @property
    def is_individual(self) -> bool:
        return self.subject == Subject.INDIVIDUAL

    def clean(self) -> None:
        """Raise ValidationError where it would, through others or not, take its own place."""
        if self.supersedes and self.pk in self.supersedes.line():
            raise ValidationError({"supersedes": f"{self.supersedes} takes the place of this one."})

    def line(self) -> list[int]:
        """Its own key, that of the framework whose place it takes, that one's, and so on."""
        before = dict(Framework.objects.exclude(supersedes=None).values_list("pk", "supersedes"))
        keys = [self.pk]
        while (key := before.get(keys[-1])) is not None and key not in keys:
            keys.append(key)
        return keys


class FrameworkVersionQuerySet(DraftOnlyQuerySet["FrameworkVersion"]):
    def published(self) -> Self:
        return self.filter(state=VersionState.PUBLISHED)

    def readable(self, *, staff: bool) -> Self:
        """Versions that a signed-in person may read: drafts are for content admins only."""
        return self if staff else self.exclude(state=VersionState.DRAFT)


class FrameworkVersion(VersionContent):
    """The frozen text that a round is answered against. Its state moves only through `frameworks.actions`."""

    version_path: ClassVar[Sequence[str]] = ()

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="versions")
    code = models.CharField(max_length=10, help_text="Year, month and day as far as needed: 2021, 2021-10, 2021-10-04.")
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.DRAFT, editable=False)
    published_on = models.DateField(help_text="When the publisher first published it.")
    updated_on = models.DateField(null=True, blank=True, help_text="When the publisher last updated it.")
    source_url = models.URLField(max_length=300)
    licence = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text="SHA-256 of the document it was last loaded from."
    )

    objects = FrameworkVersionQuerySet.as_manager()

    class Meta:
        ordering = ("framework__title", "-code")
        constraints = (
            models.UniqueConstraint(fields=("framework", "code"), name="one_version_per_framework_and_code"),
        )

    def __str__(self) -> str:
        return f"{self.framework.short_title} {self.code}"

    def content_version(self) -> "FrameworkVersion":
        return self

    @property
    def is_draft(self) -> bool:
        return self.state == VersionState.DRAFT

    @classmethod
    def refuse_fields(cls, values: dict[str, Any]) -> None:
        if "state" in values:
            raise ValueError("A version's state moves through frameworks.actions.")

    def refuse_unless_draft(self) -> None:
        if not self.is_draft:
            raise PublishedVersion(self)
        super().refuse_unless_draft()


class Variant(VersionContent):
    """One of the wordings of a framework: for systems, or for organisations."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="variants")
    code = models.CharField(
        max_length=20, choices=[(code.value, code.label) for code in VariantCode if code != VariantCode.BOTH]
    )
    title = models.CharField(max_length=100)
    description = models.TextField()

    objects = DraftOnlyQuerySet["Variant"].as_manager()

    class Meta:
        ordering = ("code",)
        constraints = (models.UniqueConstraint(fields=("version", "code"), name="one_variant_per_version_and_code"),)

    def __str__(self) -> str:
        return self.title


class Scale(VersionContent):
    """What an indicator can be answered with, and how to choose."""

    version = models.OneToOneField(FrameworkVersion, on_delete=models.CASCADE, related_name="scale")
    code = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    origin = models.TextField(help_text="Whose scale it is.")
    rule = models.TextField(help_text="How to choose a level, as members read it.")
    display = models.CharField(max_length=20, choices=DisplayOrder, default=DisplayOrder.LOWEST_FIRST)

    objects = DraftOnlyQuerySet["Scale"].as_manager()

    def __str__(self) -> str:
        return self.title


class Level(VersionContent):
    version_path: ClassVar[Sequence[str]] = ("scale", "version")

    scale = models.ForeignKey(Scale, on_delete=models.CASCADE, related_name="levels")
    value = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=60)
    description = models.TextField()

    objects = DraftOnlyQuerySet["Level"].as_manager()

    class Meta:
        ordering = ("value",)
        constraints = (models.UniqueConstraint(fields=("scale", "value"), name="one_level_per_scale_and_value"),)

    def __str__(self) -> str:
        return f"{self.value} {self.label}"


class Band(VersionContent):
    """The framework's own word for averages from here up to the next band; without any the usual bands hold."""

    version_path: ClassVar[Sequence[str]] = ("scale", "version")

    scale = models.ForeignKey(Scale, on_delete=models.CASCADE, related_name="bands")
    starts_at = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        help_text="The lowest average that the word is for; of the first band, the lowest level.",
    )
    label = models.CharField(max_length=60)

    objects = DraftOnlyQuerySet["Band"].as_manager()

    class Meta:
        ordering = ("starts_at",)
        constraints = (models.UniqueConstraint(fields=("scale", "starts_at"), name="one_band_per_scale_and_start"),)

    def __str__(self) -> str:
        return self.label


class NonScore(VersionContent):
    version_path: ClassVar[Sequence[str]] = ("scale", "version")

    scale = models.ForeignKey(Scale, on_delete=models.CASCADE, related_name="non_scores")
    code = models.CharField(max_length=20, choices=NonScoreCode)
    label = models.CharField(max_length=60)
    description = models.TextField()

    objects = DraftOnlyQuerySet["NonScore"].as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("scale", "code"), name="one_non_score_per_scale_and_code"),)

    def __str__(self) -> str:
        return self.label


class ExtraField(VersionContent):
    """A box for words that a scoring form offers once a section, beside the scores."""

    version_path: ClassVar[Sequence[str]] = ("scale", "version")

    scale = models.ForeignKey(Scale, on_delete=models.CASCADE, related_name="extra_fields")
    code = models.SlugField(max_length=60)
    label = models.CharField(max_length=60)
    description = models.TextField()

    objects = DraftOnlyQuerySet["ExtraField"].as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("scale", "code"), name="one_extra_field_per_scale_and_code"),)

    def __str__(self) -> str:
        return self.label


class Group(VersionContent):
    """A heading that recurs across sections, such as "I contribute as a leader"."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="groups")
    code = models.SlugField(max_length=60)
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)

    objects = DraftOnlyQuerySet["Group"].as_manager()

    class Meta:
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(fields=("version", "code"), name="one_group_per_version_and_code"),
            models.UniqueConstraint(fields=("version", "order"), name="one_group_per_version_and_order"),
        )

    def __str__(self) -> str:
        return self.title


class GlossaryTerm(VersionContent):
    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="glossary")
    term = models.CharField(max_length=60)
    meaning = models.TextField()

    objects = DraftOnlyQuerySet["GlossaryTerm"].as_manager()

    class Meta:
        ordering = ("term",)
        constraints = (models.UniqueConstraint(fields=("version", "term"), name="one_meaning_per_version_and_term"),)

    def __str__(self) -> str:
        return self.term


class Section(VersionContent):
    """What the framework itself calls a success measure, a competency domain or a theme."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="sections")
    code = models.SlugField(max_length=60)
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    summary = models.TextField()
    summary_by_variant = models.JSONField(
        default=dict, blank=True, help_text='Sentences by variant, such as {"ics": "The system ..."}.'
    )
    summary_wording = models.CharField(max_length=20, choices=Wording, blank=True)
    later_title = models.CharField(max_length=200, blank=True, help_text="What later papers call it.")
    supersedes = models.JSONField(
        default=list,
        blank=True,
        help_text='Codes of earlier sections whose place it takes, such as ["well-led"]; the trend goes on with them.',
    )

    objects = DraftOnlyQuerySet["Section"].as_manager()

    class Meta:
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(fields=("version", "code"), name="one_section_per_version_and_code"),
            models.UniqueConstraint(fields=("version", "order"), name="one_section_per_version_and_order"),
        )

    def __str__(self) -> str:
        return self.title


class Theme(VersionContent):
    """What an indicator is about. Indicators of one theme in one section are counterparts."""

    version_path: ClassVar[Sequence[str]] = ("section", "version")

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="themes")
    code = models.SlugField(max_length=60)
    order = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=100)

    objects = DraftOnlyQuerySet["Theme"].as_manager()

    class Meta:
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(fields=("section", "code"), name="one_theme_per_section_and_code"),
            models.UniqueConstraint(fields=("section", "order"), name="one_theme_per_section_and_order"),
        )

    def __str__(self) -> str:
        return self.label


class IndicatorQuerySet(DraftOnlyQuerySet["Indicator"]):
    def for_variant(self, variant: str) -> Self:
        """What a board answers in `variant`: its own indicators, those of both, and those without variants."""
        return self.filter(variant__in=(variant, VariantCode.BOTH, ""))


class Indicator(VersionContent):
    """One thing to score. Its code stays with it through the versions of a framework, and is never reused."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="indicators", editable=False)
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="indicators")
    code = models.CharField(max_length=30)
    order = models.PositiveSmallIntegerField()
    variant = models.CharField(
        max_length=20, choices=VariantCode, blank=True, help_text="Empty when the framework has no variants."
    )
    theme = models.ForeignKey(Theme, on_delete=models.RESTRICT, null=True, blank=True, related_name="indicators")
    group = models.ForeignKey(Group, on_delete=models.RESTRICT, null=True, blank=True, related_name="indicators")
    question = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Its number in the original.")
    text = models.TextField()
    guidance = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    wording = models.CharField(
        max_length=20, choices=Wording, help_text="As the file says it. A check of these words counts for more."
    )
    supersedes = models.JSONField(
        default=list, blank=True, help_text="Codes of indicators that it replaces; the trend breaks there."
    )

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ("section__order", "order")
        constraints = (
            models.UniqueConstraint(fields=("version", "code"), name="one_indicator_per_version_and_code"),
            models.UniqueConstraint(fields=("section", "order"), name="one_indicator_per_section_and_order"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.version = self.section.version
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Raise ValidationError where code, theme or group do not fit into the section's version."""
        if not self.section_id:
            return
        self.version = self.section.version  # not on any form, so no form checks the constraint on it
        if self.version.indicators.filter(code=self.code).exclude(pk=self.pk).exists():
            raise ValidationError({"code": "Another indicator of this version has this code."})
        if self.theme and self.theme.section_id != self.section_id:
            raise ValidationError({"theme": "Choose a theme of this indicator's section."})
        if self.group and self.group.version_id != self.version_id:
            raise ValidationError({"group": "Choose a group of this indicator's version."})
