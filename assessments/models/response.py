"""What one member answers in one round."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments.choices import ResponseState, RoundState
from assessments.scoring.types import NonScore
from frameworks.models import Indicator
from organisations.models import Seat

from .round import Round

COMMENT_LENGTH = 2000


class ResponseQuerySet(models.QuerySet["Response"]):
    def that_count(self, round_: Round) -> Self:
        """Responses whose answers enter the figures: submitted ones, and started ones if the lead chose so."""
        states = [ResponseState.SUBMITTED]
        if round_.unsubmitted_counted:
            states.append(ResponseState.STARTED)
        return self.filter(round=round_, state__in=states)

    def in_sight(self) -> Self:
        """Of rounds that have opened; a draft is the lead's own business. A member keeps what they wrote."""
        return self.exclude(round__opened_at=None)

    def listed(self) -> Self:
        """Those that a member's first page shows: a cancelled round asks nothing and gives nothing."""
        return self.filter(round__state__in=(RoundState.OPEN, RoundState.CLOSED))


class Response(models.Model):
    """Linked to the person so that they can save, resume and change their answers; nobody else is shown it."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="responses")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="responses")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="responses")
    state = models.CharField(max_length=10, choices=ResponseState, default=ResponseState.INVITED)
    invited_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ("round", "person__name")
        constraints = (
            models.UniqueConstraint(fields=("round", "person"), name="one_response_per_member_and_round"),
            models.CheckConstraint(
                condition=(Q(state=ResponseState.SUBMITTED) & Q(submitted_at__isnull=False))
                | (~Q(state=ResponseState.SUBMITTED) & Q(submitted_at=None)),
                name="submitted_response_has_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"Response of {self.person} to {self.round}"

    @property
    def is_submitted(self) -> bool:
        return self.state == ResponseState.SUBMITTED


class AnswerQuerySet(models.QuerySet["Answer"]):
    def given(self) -> Self:
        """With a level or a non-score; a comment alone is not an answer."""
        return self.exclude(level=None, non_score="")


class Answer(models.Model):
    """One indicator answered: a level or a non-score, never both; or, so far, only a comment."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    non_score = models.CharField(max_length=20, blank=True, choices=[(code, code) for code in NonScore])
    comment = models.TextField(blank=True, max_length=COMMENT_LENGTH, help_text="For the board, shown without a name.")
    changed_at = models.DateTimeField()

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("response", "indicator"), name="one_answer_per_indicator"),
            models.CheckConstraint(condition=Q(level=None) | Q(non_score=""), name="answer_is_a_level_or_a_non_score"),
        )

    def __str__(self) -> str:
        return f"Answer to {self.indicator.code}"
