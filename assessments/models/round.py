"""A round: one organisation answers one framework version."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from assessments.choices import DEFAULT_MINIMUM_GROUP, RESULTS_EXIST, RoundState
from assessments.disclosure import SMALLEST_MINIMUM_GROUP
from frameworks.models import FrameworkVersion, Indicator, IndicatorQuerySet, Section
from organisations.models import Organisation

REMINDER_DAYS = (7, 1)


def default_reminder_days() -> list[int]:
    """A week before closing, and the day before."""
    return list(REMINDER_DAYS)


class RoundQuerySet(models.QuerySet["Round"]):
    def with_results(self) -> Self:
        return self.filter(state__in=RESULTS_EXIST)

    def running(self) -> Self:
        """Not yet over: a second one of the same framework would compete with it."""
        return self.filter(state__in=(RoundState.DRAFT, RoundState.OPEN))


class Round(models.Model):
    """Privacy terms, framework version, variant and scope are frozen once it opens."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="rounds")
    version = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="rounds")
    variant = models.CharField(max_length=20, blank=True, help_text="Empty when the framework has no variants.")
    sections = models.ManyToManyField(Section, through="RoundSection", related_name="rounds")
    state = models.CharField(max_length=10, choices=RoundState, default=RoundState.DRAFT)
    minimum_group = models.PositiveSmallIntegerField(
        default=DEFAULT_MINIMUM_GROUP, validators=[MinValueValidator(SMALLEST_MINIMUM_GROUP)]
    )
    closing_on = models.DateField(help_text="Members can answer until the end of this day (Europe/London).")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="rounds_started")
    started_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="Of the last closing; empty while it is open.")
    signed_off_at = models.DateTimeField(null=True, blank=True)
    unsubmitted_counted = models.BooleanField(
        null=True, blank=True, help_text="Chosen once, at closing, before anybody has seen a result."
    )

    reminder_days = models.JSONField(
        default=default_reminder_days, help_text="So many days before closing, whoever is still due is reminded."
    )
    reminded_for = models.DateField(
        null=True,
        blank=True,
        help_text="The last day of reminding that the portal has seen to.",
    )

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ("-started_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "version"),
                condition=Q(state__in=(RoundState.DRAFT, RoundState.OPEN)),
                name="one_running_round_per_framework_version",
            ),
            models.CheckConstraint(
                condition=Q(minimum_group__gte=SMALLEST_MINIMUM_GROUP), name="round_minimum_group_at_least_three"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(RoundState.OPEN, *RESULTS_EXIST)) | Q(opened_at__isnull=False),
                name="open_round_has_opening_time",
            ),
            models.CheckConstraint(
                condition=(~Q(state__in=RESULTS_EXIST) & Q(closed_at=None))
                | (Q(state__in=RESULTS_EXIST) & Q(closed_at__isnull=False, unsubmitted_counted__isnull=False)),
                name="closed_round_has_closing_time_and_terms",
            ),
            models.CheckConstraint(
                condition=(~Q(state=RoundState.SIGNED_OFF) & Q(signed_off_at=None))
                | (Q(state=RoundState.SIGNED_OFF) & Q(signed_off_at__isnull=False)),
                name="signed_off_round_has_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.version.framework.short_title}, {self.started_at:%B %Y}"

    def indicators(self) -> IndicatorQuerySet:
        """The indicators in scope, in the framework's order."""
        return Indicator.objects.filter(section__in=self.sections.all()).for_variant(self.variant)

    def is_past_closing(self, now: dt.datetime | None = None) -> bool:
        """Whether the closing date is over in Europe/London."""
        return timezone.localdate(now) > self.closing_on

    @property
    def is_draft(self) -> bool:
        return self.state == RoundState.DRAFT

    @property
    def is_open(self) -> bool:
        return self.state == RoundState.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state == RoundState.CLOSED

    @property
    def is_signed_off(self) -> bool:
        return self.state == RoundState.SIGNED_OFF

    @property
    def has_results(self) -> bool:
        """Whether answers are frozen and results can be read."""
        return self.state in RESULTS_EXIST


class RoundSection(models.Model):
    """A section in the scope of a round, with the level that the board aims for there."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="scope")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+")
    target = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("section__order",)
        constraints = (models.UniqueConstraint(fields=("round", "section"), name="section_once_in_a_round"),)

    def __str__(self) -> str:
        return f"{self.section} in {self.round}"
