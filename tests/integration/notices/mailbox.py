"""What a mailbox that knows Message-IDs would show, and a clock to put forward."""

import datetime as dt
from collections import Counter
from zoneinfo import ZoneInfo

from django.core import mail

LONDON = ZoneInfo("Europe/London")


def at(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> dt.datetime:
    """A moment in London."""
    return dt.datetime(year, month, day, hour, minute, tzinfo=LONDON)


def shown(word: str = "") -> Counter[str]:
    """Address → different mails to it whose subject holds `word`."""
    ids = {(message.to[0], message.extra_headers["Message-ID"]) for message in mail.outbox if word in message.subject}
    return Counter(address for address, _ in ids)


def handed_over(word: str = "") -> int:
    """How often the mail server was given one."""
    return sum(word in message.subject for message in mail.outbox)
