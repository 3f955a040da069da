"""Words about organisations and their people that everything above shares."""

from django.db import models


class OrganisationKind(models.TextChoices):
    TRUST = "trust", "NHS trust"
    ICB = "icb", "Integrated care board"


class SeatRole(models.TextChoices):
    """A person's role on a board."""

    CHAIR = "chair", "Chair"
    NON_EXECUTIVE = "non_executive", "Non-executive director"
    CHIEF_EXECUTIVE = "chief_executive", "Chief executive"
    EXECUTIVE = "executive", "Executive director"
    PARTNER = "partner", "Partner member"
    ATTENDEE = "attendee", "Other attendee"


class AuditedEvent(models.TextChoices):
    """What the audit trail can say. It never holds an answer's content."""

    SEAT_TAKEN = "seat.taken", "Seat taken"
    SEAT_CHANGED = "seat.changed", "Seat changed"
    SEAT_ENDED = "seat.ended", "Seat ended"
    ROUND_STARTED = "round.started", "Round started"
    ROUND_CHANGED = "round.changed", "Round changed"
    ROUND_MEMBERS_ADDED = "round.members_added", "Members added to a round"
    ROUND_MEMBER_REMOVED = "round.member_removed", "Member removed from a round"
    ROUND_OPENED = "round.opened", "Round opened"
    ROUND_EXTENDED = "round.extended", "Closing date moved"
    ROUND_CLOSED = "round.closed", "Round closed"
    ROUND_CANCELLED = "round.cancelled", "Round cancelled"
    RESPONSE_SUBMITTED = "response.submitted", "Answers submitted"
    RESPONSE_REOPENED = "response.reopened", "Answers reopened by the member"
