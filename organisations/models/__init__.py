"""Who: people, organisations, seats, and the audit trail. Imports run audit → seat → organisation, user."""

from .audit import AuditEvent
from .organisation import IcbMembership, Organisation, Succession
from .seat import Seat
from .user import User

__all__ = ["AuditEvent", "IcbMembership", "Organisation", "Seat", "Succession", "User"]
