"""What the portal's e-mails say. None holds an answer: mailboxes are read by others too."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from assessments.choices import NoticeKind
from assessments.models import Notice, Response
from assessments.queries.content import content_of
from assessments.queries.due import still_due, with_answered
from assessments.queries.sitting import minutes_for, sitting_for
from organisations.mail import write_mail
from organisations.permissions import holds_seat


@dataclass(frozen=True, slots=True)
class Asked:
    """A round that a member is asked to answer, in the words of a mail."""

    framework: str
    framework_short: str
    organisation: str
    closing_on: dt.date
    days_left: int
    is_individual: bool
    minimum_group: int
    is_started: bool
    minutes: int  # for what is not answered yet
    address: str
    remark: str  # what the digital lead of this round adds


def mail_for(notice: Notice, now: dt.datetime) -> EmailMultiAlternatives | None:
    """The mail as it is to be sent at this moment; None when there is nothing to say any more."""
    context = CONTEXTS[NoticeKind(notice.kind)](notice, now)
    if context is None:
        return None
    return write_mail(notice.kind, notice.person.email, context, notice.message_id)


def _invitation(notice: Notice, now: dt.datetime) -> dict[str, Any] | None:
    asked = _asked(notice, now)
    return {"asked": asked[0], "asked_by": notice.asked_by} if asked else None


def _reminder(notice: Notice, now: dt.datetime) -> dict[str, Any] | None:
    asked = _asked(notice, now)
    if not asked:
        return None
    return {"rounds": asked, "first": asked[0], "asked_by": notice.asked_by}


def _receipt(notice: Notice, now: dt.datetime) -> dict[str, Any] | None:
    """None for a response that was reopened meanwhile, or whose member can no longer sign in."""
    response = _named(notice.responses.all()).get()
    if not response.is_submitted or not response.person.is_active:
        return None
    on_board = holds_seat(response.person_id, response.round.organisation_id, timezone.localdate(now))
    return {"sitting": sitting_for(response, now, on_board=on_board), "address": address("receipt", response.pk)}


CONTEXTS: dict[NoticeKind, Callable[[Notice, dt.datetime], dict[str, Any] | None]] = {
    NoticeKind.INVITATION: _invitation,
    NoticeKind.REMINDER: _reminder,
    NoticeKind.RECEIPT: _receipt,
}


def _asked(notice: Notice, now: dt.datetime) -> list[Asked]:
    """What the notice is about, as far as it is still due; what closes first comes first."""
    day = timezone.localdate(now)
    due = _named(with_answered(still_due(day).filter(notices=notice))).order_by("round__closing_on", "pk")
    return [_in_words(response, notice, day) for response in due]


def _named(responses: QuerySet[Response]) -> QuerySet[Response]:
    return responses.select_related("round__organisation", "person")


def _in_words(response: Any, notice: Notice, day: dt.date) -> Asked:
    round_ = response.round
    content = content_of(round_)
    return Asked(
        framework=content.framework,
        framework_short=content.framework_short,
        organisation=round_.organisation.name,
        closing_on=round_.closing_on,
        days_left=(round_.closing_on - day).days,
        is_individual=content.is_individual,
        minimum_group=round_.minimum_group,
        is_started=response.answered > 0,
        minutes=minutes_for(len(content.indicator_ids) - response.answered),
        address=address("answer", round_.pk),
        remark=notice.remark if notice.remark_about_id == round_.pk else "",
    )


def address(name: str, key: int) -> str:
    """The whole address of a page; fetching it spends nothing, and signing in takes a press of a button."""
    return f"{settings.PORTAL_URL}{reverse(f'assessments:{name}', args=[key])}"
