"""`manage.py run_schedule`: the portal's worker. Sends e-mails, closes rounds, reminds members, makes reports.

It stands in the topmost app because it starts work of every floor.
"""

import logging
import signal
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from assessments.schedule import keep_time
from assessments.sending import send_next, send_waiting
from reports.pdf.drawing import clear_outdated, draw_next, draw_waiting, give_up_abandoned

logger = logging.getLogger(__name__)

MINUTE = 60.0
BETWEEN_LOOKS = 2.0  # seconds until it looks for work again, when there was none
AFTER_TROUBLE = 10.0  # such as a database that is being restarted


class Command(BaseCommand):
    help = (
        "Send the e-mails that are owed, make the reports that are owed, close rounds at the end of their closing date "
        "and remind members on the days chosen, until it is told to stop. Several may run at once."
    )
    stopping = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, and end: for cron, every minute")
        parser.add_argument("--heartbeat", type=Path, help="a file to touch every minute, for a health check")

    def handle(self, *args: Any, once: bool, heartbeat: Path | None, **options: Any) -> None:
        if once:
            _keep_time()
            self.stdout.write(f"{send_waiting()} e-mails and {draw_waiting()} reports seen to.")
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        while not self.stopping:
            self._work_for_a_minute(time.monotonic() + MINUTE, heartbeat)

    def _stop(self, *signal_and_frame: object) -> None:
        """End after the mail that is being sent, or the report that is being made."""
        self.stopping = True

    def _work_for_a_minute(self, end: float, heartbeat: Path | None) -> None:
        """What the clock asks for, then a mail and a report in turn. Nothing that goes wrong ends the worker."""
        _keep_time()
        if heartbeat:
            heartbeat.touch()
        while not self.stopping and time.monotonic() < end:
            if pause := _work():
                self._wait(pause)

    def _wait(self, seconds: float) -> None:
        """In short steps, so that it ends soon after it is told to."""
        end = time.monotonic() + seconds
        while not self.stopping and time.monotonic() < end:
            time.sleep(0.1)


def _keep_time() -> None:
    keep_time(also=(give_up_abandoned, clear_outdated))


def _work() -> float:
    """Send one mail and make one report, if any is owed. Seconds to wait before the next."""
    close_old_connections()
    try:
        worked = [send_next(), draw_next()]
    except Exception:
        logger.exception("An e-mail or a report could not be seen to; it is tried again")
        return AFTER_TROUBLE
    return 0.0 if any(worked) else BETWEEN_LOOKS
