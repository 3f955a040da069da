"""What the board settled on, beside what its members gave."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models

from assessments.choices import AgreedBy
from frameworks.models import Indicator

from .round import Round

REASON_LENGTH = 2000


class AgreedPosition(models.Model):
    """The level that the board agreed for an indicator, with reason, dissent, date and method (product rule §2)."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="positions")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=12, choices=AgreedBy)
    reason = models.TextField(blank=True, max_length=REASON_LENGTH)
    dissent = models.TextField(
        blank=True, max_length=REASON_LENGTH, help_text="What was held against it, without saying by whom."
    )
    agreed_on = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    revision = models.PositiveIntegerField(
        default=1,
        validators=[MinValueValidator(1)],
        help_text="Grows by one with each change, so that of two people recording at once neither is overwritten.",
    )

    class Meta:
        ordering = ("indicator__section__order", "indicator__order")
        constraints = (
            models.UniqueConstraint(fields=("round", "indicator"), name="one_agreed_position_per_indicator"),
        )

    def __str__(self) -> str:
        return f"Agreed for {self.indicator.code}"

    @property
    def mark(self) -> str:
        """Tells this position, as it stands, from what was before it and what will be after."""
        return f"{self.pk}.{self.revision}"
