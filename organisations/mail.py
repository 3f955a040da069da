"""What every mail of the portal says besides its own words (whose it is, whom on the board to ask), and sending one."""

from dataclasses import dataclass
from smtplib import SMTPRecipientsRefused
from typing import Any

from anymail.exceptions import AnymailError, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone

from organisations.models import Seat

ADDRESS_REFUSED = "The mail server refused the address."
NO_SERVER = "The mail server could not be reached, or did not take the e-mail."
PERMANENT = 500


class NotDelivered(Exception):
    """No server took a mail. The text says why; `is_final`, that trying again is of no use."""

    def __init__(self, reason: str, *, is_final: bool) -> None:
        super().__init__(reason)
        self.is_final = is_final


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


def write_mail(name: str, to: str, context: dict[str, Any], message_id: str) -> EmailMultiAlternatives:
    """The mail `name` (templates/mail/NAME_subject.txt, NAME_message.txt and .html) to the address `to`."""
    context = mail_context(to) | context
    subject, text, html = (
        render_to_string(f"mail/{name}_{part}", context) for part in ("subject.txt", "message.txt", "message.html")
    )
    message = EmailMultiAlternatives(" ".join(subject.split()), text, to=[to], headers={"Message-ID": message_id})
    message.attach_alternative(html, "text/html")
    return message


def deliver(message: EmailMultiAlternatives) -> None:
    """Hand the mail to the mail server. Raises NotDelivered, with the reason for a digital lead to read.

    Call it outside any transaction: a mail server may take its time, and SQLite has one writer.
    """
    try:
        message.send()
    except (SMTPRecipientsRefused, AnymailRecipientsRefused) as failure:
        raise NotDelivered(ADDRESS_REFUSED, is_final=_is_for_good(failure)) from failure
    except (OSError, AnymailError) as failure:
        raise NotDelivered(NO_SERVER, is_final=False) from failure


def _is_for_good(refusal: SMTPRecipientsRefused | AnymailRecipientsRefused) -> bool:
    """Whether the server will never take this address: codes from 500 on; in the 400s it asks to try later."""
    if isinstance(refusal, AnymailRecipientsRefused):
        return True
    return all(code >= PERMANENT for code, _ in refusal.recipients.values())


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
