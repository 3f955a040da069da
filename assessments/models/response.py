"""What one member answers in one round."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments.choices import RESULTS_EXIST, ResponseState, RoundState
from assessments.scoring.types import NonScore
from frameworks.models import ExtraField, Indicator, Section
from organisations.models import Seat

from .round import Round

COMMENT_LENGTH = 2000
REFLECTION_LENGTH = 4000


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
        return self.filter(round__state__in=(RoundState.OPEN, *RESULTS_EXIST))


class Response(models.Model):
    """Linked to the person so that they can save, resume and change their answers; nobody else is shown it."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="responses")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="responses")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="responses")
    state = models.CharField(max_length=10, choices=ResponseState, default=ResponseState.INVITED)
    invited_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(
        default=0, help_text="Grows by one with each save, so that a page can ask for news."
    )
    shared_with = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="shared_responses",
        help_text="The chair whom the member lets read their self-assessment; individual frameworks only.",
    )
    shared_at = models.DateTimeField(null=True, blank=True)

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
            models.CheckConstraint(
                condition=Q(shared_with=None, shared_at=None) | Q(shared_with__isnull=False, shared_at__isnull=False),
                name="shared_response_has_a_reader_and_a_time",
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
    """One indicator answered: a level or a non-score, never both; or, so far, only words.

    Choice, comment and note each keep the moment at which the member made them: the later change stands (`merging`).
    """

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    non_score = models.CharField(max_length=20, blank=True, choices=[(code, code) for code in NonScore])
    chosen_at = models.DateTimeField(null=True, blank=True)
    comment = models.TextField(blank=True, max_length=COMMENT_LENGTH, help_text="For the board, shown without a name.")
    commented_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True, max_length=COMMENT_LENGTH, help_text="To self: nobody else is shown it.")
    noted_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0, help_text="The response's, when this row was last written.")

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("response", "indicator"), name="one_answer_per_indicator"),
            models.CheckConstraint(condition=Q(level=None) | Q(non_score=""), name="answer_is_a_level_or_a_non_score"),
        )

    def __str__(self) -> str:
        return f"Answer to {self.indicator.code}"

    @property
    def choice(self) -> str:
        """The level's number or the non-score's code, "" while neither is chosen."""
        return self.non_score if self.level is None else str(self.level)

    @choice.setter
    def choice(self, choice: str) -> None:
        self.level = int(choice) if choice.isdecimal() else None
        self.non_score = "" if choice.isdecimal() else choice

    @property
    def changed_at(self) -> dt.datetime | None:
        """When the member last changed anything about it."""
        return max(filter(None, (self.chosen_at, self.commented_at, self.noted_at)), default=None)


class Reflection(models.Model):
    """What a member wrote about a whole section in one of the scale's boxes, such as examples or development needs."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="reflections")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+")
    box = models.ForeignKey(ExtraField, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True, max_length=REFLECTION_LENGTH)
    written_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0, help_text="The response's, when this row was last written.")

    class Meta:
        ordering = ("section__order", "box")
        constraints = (
            models.UniqueConstraint(fields=("response", "section", "box"), name="one_reflection_per_section_and_box"),
        )

    def __str__(self) -> str:
        return f"{self.box.label}: {self.section}"
