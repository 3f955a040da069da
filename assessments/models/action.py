"""What the board will do about it, until it is done or dropped, from one round into the next."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments.choices import UNFINISHED, ActionStatus
from frameworks.models import Indicator, Section
from organisations.choices import SeatRole
from organisations.models import Organisation

from .round import Round

WHAT_LENGTH = 500
NOTE_LENGTH = 2000


class ActionQuerySet(models.QuerySet["Action"]):
    def unfinished(self) -> Self:
        return self.filter(status__in=UNFINISHED)

    def overdue(self, today: dt.date) -> Self:
        return self.unfinished().filter(due_on__lt=today)


class Action(models.Model):
    """Owned by a person or by a role on the board, never by both; every change leaves a line in its history."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="actions")
    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, related_name="actions", help_text="The round that it came out of."
    )
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    what = models.CharField(max_length=WHAT_LENGTH)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="actions_owned"
    )
    owner_role = models.CharField(max_length=20, choices=SeatRole, blank=True)
    due_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=ActionStatus, default=ActionStatus.OPEN)
    risk = models.CharField(
        max_length=100, blank=True, help_text="Its reference in the Board Assurance Framework, such as BAF 4."
    )
    revision = models.PositiveIntegerField(default=1, help_text="Grows by one with each change.")
    made_at = models.DateTimeField()

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(owner=None) | Q(owner_role=""), name="action_owned_by_a_person_or_a_role"
            ),
        )

    def __str__(self) -> str:
        return self.what

    def is_overdue(self, today: dt.date) -> bool:
        return self.status in UNFINISHED and self.due_on is not None and self.due_on < today


class ActionLine(models.Model):
    """One step in an action's history: who changed what, and how it stood afterwards."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="history")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=ActionStatus)
    change = models.TextField(blank=True, help_text="What else was changed, in words; nobody's name is in it.")
    note = models.TextField(blank=True, max_length=NOTE_LENGTH)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.action}: {self.get_status_display()}"
