"""Words about rounds and responses that everything in this app shares."""

from django.db import models


class RoundState(models.TextChoices):
    DRAFT = "draft", "Draft"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    SIGNED_OFF = "signed_off", "Signed off"
    CANCELLED = "cancelled", "Cancelled"


class ResponseState(models.TextChoices):
    INVITED = "invited", "Not started"
    STARTED = "started", "Started"
    SUBMITTED = "submitted", "Submitted"


class BoardGroup(models.TextChoices):
    """The two sides of a board, and whoever is on neither."""

    EXECUTIVE = "executive", "Executive"
    NON_EXECUTIVE = "non_executive", "Non-executive"
    NEITHER = "neither", "Other attendee"


class AgreedBy(models.TextChoices):
    """How the board came to a level."""

    DISCUSSION = "discussion", "Discussed and agreed"
    MEDIAN = "median", "The members' median, accepted without discussion"
    VOTE = "vote", "Decided by vote"


class ActionStatus(models.TextChoices):
    OPEN = "open", "Not started"
    UNDER_WAY = "under_way", "Under way"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"


class NoticeKind(models.TextChoices):
    """What an e-mail of the portal's is about."""

    INVITATION = "invitation", "Invitation"
    REMINDER = "reminder", "Reminder"
    RECEIPT = "receipt", "Receipt"


class NoticeState(models.TextChoices):
    WAITING = "waiting", "Waiting to be sent"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Not sent"
    NOT_DUE = "not_due", "No longer needed"


UNFINISHED = (ActionStatus.OPEN, ActionStatus.UNDER_WAY)
RESULTS_EXIST = (RoundState.CLOSED, RoundState.SIGNED_OFF)

DEFAULT_MINIMUM_GROUP = 5
DISCUSSION_LENGTHS = (30, 45, 60, 90)  # minutes
USUAL_LENGTH = 60
SECONDS_PER_QUESTION = 20  # what a member is told to reckon with
