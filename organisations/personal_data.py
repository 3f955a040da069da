"""What is held here, and by what signs people in, about one person: for that person only, with words for keys."""

import datetime as dt
from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from organisations.choices import AuditedEvent
from organisations.models import AuditEvent, Seat, User

Held = dict[str, Any]

# Lines whose subject names no person but the one who did it. Of all others, the person is given no subject.
NAMES_NOBODY = (
    "sign_in.",
    "factor.",
    "round.",
    "response.",
    "comments.",
    "report.",
    "framework.",
    "own_data.",
    "audit.",
    "action.",
)
NAMES_SOMEBODY = frozenset({AuditedEvent.ROUND_MEMBER_REMOVED, AuditedEvent.RESPONSE_READ})
SOMEBODY_ELSE = "(about somebody else)"

# Parts of django-allauth: heading and fields. What makes a factor or session work (its secret, its key) is left out.
ALLAUTH = {
    "account.EmailAddress": ("E-mail addresses", ("email", "verified", "primary")),
    "mfa.Authenticator": ("Second factors", ("type", "created_at", "last_used_at")),
    "socialaccount.SocialAccount": (
        "Single sign-on",
        ("provider", "uid", "date_joined", "last_login", "extra_data"),
    ),
    "usersessions.UserSession": ("Sessions", ("created_at", "last_seen_at", "ip", "user_agent")),
}


def held_about(person: User) -> Held:
    """Heading → what is held: strings, lists and dicts of them, ready for JSON."""
    return {
        "You": _person(person),
        "Your seats": [_seat(seat) for seat in person.seats.select_related("organisation").order_by("starts_on", "pk")],
        **_ways_in(person),
        "What you did, newest first": [_line(line) for line in person.audit_events.select_related("organisation")],
        "What you wrote as a content admin, newest first": [
            _entry(entry) for entry in LogEntry.objects.filter(user=person).select_related("content_type")
        ],
    }


def plain(value: object) -> Any:
    """A value for a person to read: dates in words (Europe/London), yes and no; "" for None."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case dt.datetime():
            return f"{timezone.localtime(value):%-d %B %Y, %H:%M}"
        case dt.date():
            return f"{value:%-d %B %Y}"
        case dict() | list() | int():
            return value
    return str(value)


def _person(person: User) -> Held:
    return {
        "Name": person.name,
        "E-mail address": person.email,
        "Can sign in": plain(person.is_active),
        "Content admin": plain(person.is_staff),
        "Groups": [group.name for group in person.groups.all()],
        "Permissions of your own": [permission.name for permission in person.user_permissions.all()],
        "Known here since": plain(person.date_joined),
        "Last signed in": plain(person.last_login),
        "Addresses of accounts that were merged into this one": [account.email for account in person.merged.all()],
    }


def _seat(seat: Seat) -> Held:
    return {
        "Organisation": seat.organisation.name,
        "Role": seat.get_role_display(),
        "Digital lead": plain(seat.is_digital_lead),
        "From": plain(seat.starts_on),
        "To": plain(seat.ends_on),
    }


def _ways_in(person: User) -> Held:
    """What allauth holds."""
    return {
        heading: [
            {name.replace("_", " ").capitalize(): plain(row[name]) for name in fields}
            for row in apps.get_model(model)._default_manager.filter(user=person).values(*fields)
        ]
        for model, (heading, fields) in ALLAUTH.items()
    }


def _line(line: AuditEvent) -> Held:
    names_nobody = line.event.startswith(NAMES_NOBODY) and line.event not in NAMES_SOMEBODY
    return {
        "When": plain(line.at),
        "What": line.get_event_display(),
        "Organisation": line.organisation.name if line.organisation else "",
        "Details": line.subject if names_nobody else SOMEBODY_ELSE,
        "Network address": plain(line.network_address),
    }


def _entry(entry: LogEntry) -> Held:
    return {
        "When": plain(entry.action_time),
        "What": entry.get_action_flag_display(),
        "Kind of entry": entry.content_type.name if entry.content_type else "",
    }
