"""Where worlds are played one after the other, each from the same start: same keys, same times, same tokens."""

from collections.abc import Callable
from itertools import count
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from assessments.queries import content, last_time
from frameworks.models import FrameworkVersion
from tests.security.two_worlds.history import READERS, History
from tests.security.two_worlds.play import Clock, Play
from tests.security.two_worlds.surfaces import Seen, glanced, looked_around

OTHER = 4  # a member whose pages the readers try to open, and who shares a self-assessment with the chair
Look = Callable[[str, Play], Seen]
Told = dict[tuple[str, str], str]  # when or where, and at which address → what was told


class Drawn:
    """What stands for a PDF: the HTML that it is drawn from, and nothing else."""

    def __init__(self, string: str, **rest: Any) -> None:
        self.string = string

    def write_pdf(self, **rest: Any) -> bytes:
        return self.string.encode()


class Theatre:
    """`told` gives all that is told in a world. Time stands still but for what the play takes."""

    def __init__(
        self, versions: tuple[FrameworkVersion, FrameworkVersion], patch: pytest.MonkeyPatch, log: Any
    ) -> None:
        self.versions, self.patch, self.log = versions, patch, log
        self.start = timezone.now().replace(hour=10, minute=0)
        self.clock = Clock(self.start)
        patch.setattr("django.utils.timezone.now", lambda: self.clock.now)
        stopped = SimpleNamespace(time=lambda: self.clock.now.timestamp())
        for module in ("django.utils.cache", "organisations.sign_in.session_time"):
            patch.setattr(f"{module}.time", stopped)
        patch.setattr("django.middleware.csrf.get_random_string", lambda length, allowed_chars: "x" * length)
        patch.setattr("reports.pdf.rendering.styles_and_fonts", lambda: (None, None, None))
        patch.setattr("reports.pdf.page.FinishedPage", Drawn)
        patch.setattr("reports.pdf.archive.archive_copy", lambda pdf, figures, source: pdf + figures.content)

    def told(self, history: History, look: Look) -> Told:
        """Everything is undone afterwards, so that the next world has the same keys (on SQLite)."""
        told: Told = {}
        self._begin()
        with transaction.atomic():
            play = Play(history, self.versions, self.clock)
            play.run(lambda moment: told.update({(moment, at): text for at, text in look(moment, play).items()}))
            transaction.set_rollback(True)
        told.update({("mail", str(number)): _mail(message) for number, message in enumerate(mail.outbox)})
        return told | {("log", ""): self.log.text}

    def _begin(self) -> None:
        self.clock.now = self.start
        numbers = count(1)
        self.patch.setattr("assessments.models.notice.uuid4", lambda: UUID(int=next(numbers)))
        drawn = SimpleNamespace(choice=lambda letters: letters[next(numbers) % len(letters)])
        self.patch.setattr("reports.models.version.secrets", drawn)
        self.log.clear()
        mail.outbox.clear()
        for memory in (cache.clear, content.forget, last_time.forget):
            memory()


def _mail(message: Any) -> str:
    parts = (message.to, message.cc, message.bcc, message.subject, message.body, message.extra_headers)
    return repr((*parts, message.alternatives, message.attachments))


def everything_at_the_end(moment: str, play: Play) -> Seen:
    """Both readers open all there is after the last sign-off; on the way, as `glances`."""
    if moment != "the end":
        return glances(moment, play)
    seen = {reader: looked_around(play.people[reader], [play.people[OTHER]]) for reader in READERS}
    return {f"{reader}: {address}": text for reader in READERS for address, text in seen[reader].items()}


def glances(moment: str, play: Play) -> Seen:
    """The lead opens every page of the round's: late answers come, and each time it has closed."""
    return glanced(play.people[0], play.round) if moment in {"open 1", "closed 0", "closed 1", "closed 2"} else {}


def results_alone(moment: str, play: Play) -> Seen:
    """Nothing but mails and logs until the last closing; then the results."""
    return glanced(play.people[0], play.round, "results/") if moment == "closed 2" else {}
