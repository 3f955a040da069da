"""The demonstration's mail, read in the browser. Mounted in the demonstration only: everybody there can read it."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

BETWEEN_MAILS = re.compile(rb"\n-{79}\n")  # what Django's file backend writes after each
SHOWN = 50

# The mail's own inline styles are all that it may bring: no script, no picture, no form, no frame.
HTML_PART_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as it was sent; `key` names it in addresses."""

    key: str
    sent_at: datetime | None
    sender: str
    to: str
    subject: str
    text: str
    html: str


def newest_mails() -> list[Mail]:
    """The last mails that the file backend has written, newest first."""
    files = sorted(Path(settings.EMAIL_FILE_PATH).glob("*.log"), key=_written, reverse=True)[:SHOWN]
    return [mail for file in files for mail in reversed(_mails_in(file))][:SHOWN]


def _written(file: Path) -> tuple[int, str]:
    return file.stat().st_mtime_ns, file.name


def _mails_in(file: Path) -> list[Mail]:
    parts = [part for part in BETWEEN_MAILS.split(file.read_bytes()) if part.strip()]
    return [_mail(f"{file.stem}-{number}", part) for number, part in enumerate(parts)]


def _mail(key: str, source: bytes) -> Mail:
    message = message_from_bytes(source, policy=policy.default)
    return Mail(
        key=key,
        sent_at=_sent_at(message),
        sender=str(message["From"] or ""),
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        text=_body(message, "plain"),
        html=_body(message, "html"),
    )


def _sent_at(message: EmailMessage) -> datetime | None:
    """The Date header in Europe/London. Django writes it as "-0000", which Python reads as a time without a zone."""
    date = message["Date"].datetime if message["Date"] else None
    return localtime(date if date.tzinfo else date.replace(tzinfo=UTC)) if date else None


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part else ""


@login_not_required
@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    """Every mail, newest first."""
    return render(request, "demo/mail_list.html", {"mails": newest_mails()})


@login_not_required
@require_safe
def mail(request: HttpRequest, key: str) -> HttpResponse:
    """One mail in plain text."""
    return render(request, "demo/mail.html", {"mail": _find(key)})


@login_not_required
@require_safe
def mail_as_html(request: HttpRequest, key: str) -> HttpResponse:
    """The HTML part as mail programs show it, under a policy that lets it do nothing."""
    return HttpResponse(_find(key).html, headers={"Content-Security-Policy": HTML_PART_POLICY})


def _find(key: str) -> Mail:
    for mail in newest_mails():
        if mail.key == key:
            return mail
    raise Http404("There is no such mail.")


urlpatterns = [
    path("demo/mail/", mail_list, name="demo_mailbox"),
    path("demo/mail/<slug:key>/", mail, name="demo_mail"),
    path("demo/mail/<slug:key>/html/", mail_as_html, name="demo_mail_html"),
]
