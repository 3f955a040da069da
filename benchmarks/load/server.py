"""The portal behind gunicorn, set up by the gunicorn.conf.py that it is delivered with."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from django.conf import settings

WORKERS = "2"


class Server:
    """Two workers at `port`; what they say goes to `log`."""

    def __init__(self, log: Path, *, bare: bool) -> None:
        self._log = log
        self._words = [sys.executable, "-m", "gunicorn", "benchmarks.bare_wsgi" if bare else "wgll_portal.wsgi"]
        self.port = _free_port()
        self._environment = os.environ | {"WEB_CONCURRENCY": WORKERS, "HOST": "127.0.0.1", "PORT": str(self.port)}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it answers. Raises RuntimeError when it does not."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - words of our own
                self._words, cwd=settings.BASE_DIR, env=self._environment, stdout=log, stderr=log
            )
        for _ in range(300):
            if self._answers():
                return
            time.sleep(0.2)
        raise RuntimeError(f"gunicorn did not start: {self._log.read_text(encoding='utf-8')[-2000:]}")

    def _answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    @property
    def workers(self) -> list[int]:
        """Process ids of the workers that are there now."""
        children = Path(f"/proc/{self._master}/task/{self._master}/children")
        return [int(pid) for pid in children.read_text(encoding="ascii").split()]

    def kill(self, *workers: int) -> None:
        """At once, in the middle of whatever they do; gunicorn starts others."""
        for pid in workers:
            os.kill(pid, signal.SIGKILL)

    def kill_all(self) -> None:
        """Master and workers, as a machine that goes down, and start again."""
        master = self._master
        workers = self.workers
        os.kill(master, signal.SIGKILL)
        self.kill(*workers)
        self._wait()
        self.start()

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._wait()

    @property
    def _master(self) -> int:
        if self._process is None:
            raise RuntimeError("The server was not started.")
        return self._process.pid

    def _wait(self) -> None:
        if self._process:
            self._process.wait(timeout=60)


@contextmanager
def serving(log: Path, *, bare: bool = False) -> Iterator[Server]:
    """A server while the block runs. `bare`: under startproject's middleware, for the floors."""
    server = Server(log, bare=bare)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
