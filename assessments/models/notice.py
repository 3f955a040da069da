"""An e-mail that is owed to somebody, and what became of it: docs/adr/0009-mail-that-is-owed.md."""

import datetime as dt
from email.utils import parseaddr
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments.choices import NoticeKind, NoticeState

from .response import Response
from .round import Round

REMARK_LENGTH = 1000
OUTCOME_LENGTH = 200
CLAIM_HOLDS = dt.timedelta(minutes=5)  # far longer than sending one mail takes: EMAIL_TIMEOUT is seconds
PAUSES = (dt.timedelta(minutes=1), dt.timedelta(minutes=10), dt.timedelta(hours=1))  # before each further attempt
MOST_ATTEMPTS = len(PAUSES) + 1


def new_message_id() -> str:
    """A Message-ID that no other mail has; it stays a notice's own however often it is sent."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{uuid4()}@{domain}>"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def ready(self, now: dt.datetime) -> Self:
        """To be sent now: those whose time has come, and those claimed by a process that must have ended since."""
        return self.filter(
            Q(state=NoticeState.WAITING, try_at__lte=now)
            | Q(state=NoticeState.SENDING, claimed_at__lte=now - CLAIM_HOLDS, attempts__lt=MOST_ATTEMPTS)
        )

    def given_up(self, now: dt.datetime) -> Self:
        """Claimed for the last time by a process that must have ended since."""
        return self.filter(state=NoticeState.SENDING, claimed_at__lte=now - CLAIM_HOLDS, attempts__gte=MOST_ATTEMPTS)

    def reminders_on(self, day: dt.date) -> Self:
        """Those that stand in the way of another one on `day`."""
        return self.filter(kind=NoticeKind.REMINDER, day=day).exclude(state=NoticeState.NOT_DUE)


class Notice(models.Model):
    """One e-mail to one person. It is written together with what it is about, and sent later, by another process."""

    kind = models.CharField(max_length=10, choices=NoticeKind)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    responses = models.ManyToManyField(Response, through="NoticeSubject", related_name="notices")
    day = models.DateField(help_text="On which it is sent (Europe/London).")
    state = models.CharField(max_length=10, choices=NoticeState, default=NoticeState.WAITING)
    remark = models.TextField(blank=True, max_length=REMARK_LENGTH, help_text="What the lead adds in their own words.")
    remark_about = models.ForeignKey(
        Round,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        help_text="The note stands beside this round only: the e-mail may be about other boards as well.",
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="notices_asked",
        help_text="None when the portal itself sends it.",
    )
    made_at = models.DateTimeField()
    try_at = models.DateTimeField(help_text="Not to be sent before.")
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=OUTCOME_LENGTH, blank=True, help_text="Why it was not sent, in words.")
    message_id = models.CharField(max_length=320, unique=True, default=new_message_id)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ("try_at", "pk")
        indexes = (models.Index(fields=("state", "try_at", "id"), name="notices_to_send"),)
        constraints = (
            models.UniqueConstraint(
                fields=("person", "day"),
                condition=Q(kind=NoticeKind.REMINDER) & ~Q(state=NoticeState.NOT_DUE),
                name="one_reminder_per_person_and_day",
            ),
            models.CheckConstraint(
                condition=(Q(state=NoticeState.SENT) & Q(sent_at__isnull=False))
                | (~Q(state=NoticeState.SENT) & Q(sent_at=None)),
                name="sent_notice_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(remark="") | Q(remark_about__isnull=False), name="note_is_about_a_round"
            ),
            models.CheckConstraint(
                condition=~Q(state=NoticeState.SENDING) | Q(claimed_at__isnull=False),
                name="notice_being_sent_is_claimed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} to {self.person}, {self.day:%-d %B %Y}"


class NoticeSubject(models.Model):
    """A response that a notice is about. The kind stands here too: so the database itself holds to one invitation."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="subjects")
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="notice_subjects")
    kind = models.CharField(max_length=10, choices=NoticeKind)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("notice", "response"), name="response_once_in_a_notice"),
            models.UniqueConstraint(
                fields=("response",),
                condition=Q(kind=NoticeKind.INVITATION),
                name="one_invitation_per_response",
            ),
        )

    def __str__(self) -> str:
        return f"{self.notice}: {self.response}"
