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
    """What the audit trail can say. It never holds an answer's content or a code."""

    SIGN_IN_CODE_SENT = "sign_in.code_sent", "Sign-in code sent"
    SIGN_IN_REFUSED = "sign_in.refused", "Sign-in refused"
    SIGN_IN_WRONG_CODE = "sign_in.wrong_code", "Wrong sign-in code"
    SIGN_IN_LOCKED_OUT = "sign_in.locked_out", "Locked out: too many tries"
    SIGN_IN_WRONG_FACTOR = "sign_in.wrong_factor", "Second factor failed"
    SIGNED_IN = "sign_in.done", "Signed in"
    SIGNED_IN_DEMO = "sign_in.demo", "Signed in with a demonstration button"
    SIGNED_OUT = "sign_in.out", "Signed out"
    SESSIONS_ENDED = "sign_in.sessions_ended", "Signed out of other sessions"
    SIGN_IN_LINKED = "sign_in.linked", "Single sign-on linked"
    SECOND_FACTOR_ADDED = "factor.added", "Second factor added"
    SECOND_FACTOR_REMOVED = "factor.removed", "Second factor removed"
    SECOND_FACTOR_RENEWED = "factor.renewed", "Second factor renewed"
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
    ROUND_REOPENED = "round.reopened", "Round reopened"
    ROUND_SIGNED_OFF = "round.signed_off", "Round signed off"
    ROUND_SIGN_OFF_TAKEN_BACK = "round.sign_off_undone", "Sign-off taken back"
    INVITATIONS_ASKED = "notices.invitations", "Invitations sent"
    REMINDERS_ASKED = "notices.reminders", "Reminders sent"
    POSITION_AGREED = "position.agreed", "Agreed position recorded"
    POSITION_WITHDRAWN = "position.withdrawn", "Agreed position withdrawn"
    MEDIANS_ACCEPTED = "position.medians", "Medians accepted as agreed"
    ACTION_ADDED = "action.added", "Action added"
    ACTION_CHANGED = "action.changed", "Action changed"
    COMMENTS_CHOSEN = "comments.chosen", "Comments for the report chosen"
    COVER_WRITTEN = "cover.written", "Cover of a report written"
    COVER_DEFAULTS_WRITTEN = "cover.defaults_written", "Usual cover of reports written"
    LOOK_CHANGED = "cover.look_changed", "Colour or logo of reports changed"
    RESPONSE_SUBMITTED = "response.submitted", "Answers submitted"
    RESPONSE_REOPENED = "response.reopened", "Answers reopened by the member"
    RESPONSE_SHARED = "response.shared", "Self-assessment shared with the chair"
    RESPONSE_TAKEN_BACK = "response.taken_back", "Self-assessment no longer shared"
    RESPONSE_READ = "response.read", "Self-assessment read by the chair"
    COMMENTS_READ = "comments.read", "Members' comments read"
    REPORT_DOWNLOADED = "report.downloaded", "Report downloaded"
    FIGURES_RELEASED = "report.figures_released", "Figures released to the boards of the system"
    RELEASE_TAKEN_BACK = "report.release_undone", "Figures no longer released"
    AUDIT_EXPORTED = "audit.exported", "Audit trail exported"
    FRAMEWORK_LOADED = "framework.loaded", "Framework loaded"
    FRAMEWORK_PUBLISHED = "framework.published", "Framework published"
    FRAMEWORK_RETIRED = "framework.retired", "Framework retired"
    FRAMEWORK_WORDING_CHECKED = "framework.wording_checked", "Wording of a framework checked"
    ADMIN_ADDED = "admin.added", "Added by a content admin"
    ADMIN_CHANGED = "admin.changed", "Changed by a content admin"
    ADMIN_DELETED = "admin.deleted", "Deleted by a content admin"
    SUCCESSOR_NAMED = "successor.named", "Successor named"
    SUCCESSOR_TAKEN_BACK = "successor.taken_back", "Successor taken back"
    OWN_DATA_DOWNLOADED = "own_data.downloaded", "Own data downloaded"
    PEOPLE_MERGED = "person.merged", "Two accounts of one person merged"
    PERSON_ANONYMISED = "person.anonymised", "Former member anonymised"
    ADDRESSES_CLEARED = "audit.addresses_cleared", "Old network addresses cleared from the trail"


# Tries to sign in, by whomever: one line each, without organisation, for the boards of the person whose address it is.
TRIES = frozenset(
    {
        AuditedEvent.SIGN_IN_CODE_SENT,
        AuditedEvent.SIGN_IN_REFUSED,
        AuditedEvent.SIGN_IN_WRONG_CODE,
        AuditedEvent.SIGN_IN_LOCKED_OUT,
    }
)
