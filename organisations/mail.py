"""What every mail of the portal says besides its own words: whose it is, and whom on the board to ask."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from organisations.models import Seat


@dataclass(frozen=True, slots=True)
class Contact:
    """A digital lead of an organisation, to whom its members turn."""

    organisation: str
    name: str
    email: str


def mail_context(email: str) -> dict[str, Any]:
    """For the templates of a mail to `email`: a contact on each board where they hold a seat today.

    One query, whoever the address belongs to, so that the time it takes does not tell.
    """
    return {"contacts": _contacts(email)}


def _contacts(email: str) -> tuple[Contact, ...]:
    """The longest-seated digital lead of each board, in order of the organisation's name."""
    held = Seat.objects.held_on(timezone.localdate())
    boards = held.filter(person__email=email.lower()).values("organisation")
    leads = held.digital_leads().filter(organisation__in=boards, person__is_active=True)
    by_board: dict[int, Contact] = {}
    for seat in leads.select_related("organisation", "person").order_by("organisation__name", "starts_on", "pk"):
        contact = Contact(seat.organisation.name, seat.person.name, seat.person.email)
        by_board.setdefault(seat.organisation_id, contact)
    return tuple(by_board.values())
