"""Pages about people: managing a board's seats, choosing whom to act for, the demonstration's sign-in."""

from .acting import act_for
from .demo import sign_in_as
from .people import add_people, add_person, change_seat, end_seat, people

__all__ = ["act_for", "add_people", "add_person", "change_seat", "end_seat", "people", "sign_in_as"]
