"""The portal in processes of its own, which can be killed: gunicorn as in earnest, on the database of the test."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from urllib.error import URLError

from django.conf import settings
from django.db import connection

STARTING = 60  # seconds, on a busy machine


class PortalProcess:
    """Two workers, started and killed at will, always at the same address."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def is_running(self) -> bool:
        return self._process is not None

    def start(self) -> None:
        environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
            "DEBUG": "true",  # static files from where they lie
            "PORT": str(self.port),
            "LOG_LEVEL": "ERROR",
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "wgll_portal.wsgi", "--log-level", "error"],
            cwd=settings.BASE_DIR, env=environment, start_new_session=True,
        )  # fmt: skip
        end = time.monotonic() + STARTING
        while not self._answers():
            assert time.monotonic() < end, "the portal did not start"
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2):  # noqa: S310 - our own address
                return True
        except (URLError, OSError):
            return False

    def kill(self) -> None:
        """SIGKILL to all of it: no process has a chance to finish anything."""
        if self._process:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None
