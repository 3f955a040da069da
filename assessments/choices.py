"""Words about rounds and responses that everything in this app shares."""

from django.db import models


class RoundState(models.TextChoices):
    DRAFT = "draft", "Draft"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"


class ResponseState(models.TextChoices):
    INVITED = "invited", "Not started"
    STARTED = "started", "Started"
    SUBMITTED = "submitted", "Submitted"


DEFAULT_MINIMUM_GROUP = 5
SECONDS_PER_QUESTION = 20  # what a member is told to reckon with
