"""What every mail of the portal says besides its own words (whose it is, whom on the board to ask), and sending one."""

import logging
from dataclasses import dataclass
from typing import Any

from anymail.exceptions import AnymailError
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone

from organisations.models import Seat

logger = logging.getLogger(__name__)


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
    return {"contacts": _contacts(email), "portal_name": settings.PORTAL_NAME}


def send_mail(name: str, to: str, context: dict[str, Any]) -> bool:
    """Send the mail `name` (templates/mail/NAME_subject.txt, NAME_message.txt and .html) to the address `to`.

    Says whether a server took it. One that does not is logged, without the address, and is no reason for what the mail
    is about to fail: call it once that is stored.
    """
    context = mail_context(to) | context
    subject, text, html = (
        render_to_string(f"mail/{name}_{part}", context) for part in ("subject.txt", "message.txt", "message.html")
    )
    message = EmailMultiAlternatives(" ".join(subject.split()), text, to=[to])
    message.attach_alternative(html, "text/html")
    try:
        message.send()
    except (OSError, AnymailError) as failure:
        logger.warning("The mail %s was not sent: %s", name, type(failure).__name__)
        return False
    return True


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
