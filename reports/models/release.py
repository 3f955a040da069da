"""That a board lets the others of its system show its signed-off figures beside theirs."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments.models import Round
from organisations.models import Organisation


class Release(models.Model):
    """From when, by whom and to which system; a row stays when it is taken back, so that what was allowed is known."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="releases")
    icb = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Whose system it is: of a trust's round its ICB on that day, of an ICB's the ICB itself.",
    )
    released_at = models.DateTimeField()
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("round",), condition=Q(taken_back_at=None), name="one_release_at_a_time"),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="release_is_taken_back_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.round}, to the system of {self.icb}"
