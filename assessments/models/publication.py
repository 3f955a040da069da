"""What entered the figures at a closing. Answers can change when a round is reopened; this does not."""

from django.conf import settings
from django.db import models

from assessments.choices import BoardGroup
from frameworks.models import Indicator

from .response import COMMENT_LENGTH, Response
from .round import Round


class Publication(models.Model):
    """The answers that a round's figures are made of, from its closing on until a later publication follows."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="publications")
    number = models.PositiveSmallIntegerField(help_text="1 for the first closing.")
    published_at = models.DateTimeField()

    class Meta:
        ordering = ("round", "number")
        constraints = (models.UniqueConstraint(fields=("round", "number"), name="one_publication_of_each_number"),)

    def __str__(self) -> str:
        return f"{self.round}, publication {self.number}"


class CountedResponse(models.Model):
    """A response whose answers count, as it stood."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="counted")
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="counted")
    group = models.CharField(max_length=15, choices=BoardGroup, help_text="By the seat held at the closing.")
    is_late = models.BooleanField(help_text="Added or changed since the publication before this one.")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("publication", "response"), name="response_counted_once_a_publication"),
        )

    def __str__(self) -> str:
        return f"Counted in {self.publication}"


class CountedAnswer(models.Model):
    """A level or a non-score."""

    counted = models.ForeignKey(CountedResponse, on_delete=models.CASCADE, related_name="answers")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(null=True)
    non_score = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("counted", "indicator"), name="one_counted_answer_per_indicator"),
        )

    def __str__(self) -> str:
        return f"Counted answer to {self.indicator.code}"


class PublishedComment(models.Model):
    """A comment for the board, from here on nobody's: nothing leads back to who wrote it."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="comments")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=COMMENT_LENGTH)
    is_in_report = models.BooleanField(default=False, help_text="Chosen by the digital lead.")

    class Meta:
        ordering = ("indicator__section__order", "indicator__order", "text")

    def __str__(self) -> str:
        return f"Comment on {self.indicator.code}"


class Reopening(models.Model):
    """A round that was opened again, or whose sign-off was taken back, and why."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="reopenings")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    was_signed_off = models.BooleanField(help_text="The sign-off was taken back; answers stayed frozen.")
    reason = models.TextField(max_length=COMMENT_LENGTH)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.round}, {self.at:%-d %B %Y}"
