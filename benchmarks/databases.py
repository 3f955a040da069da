"""Databases that are made for one run and removed after it, on a real disk and with everything that a crash needs."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

KINDS = ("sqlite", "postgresql")


class Database:
    """Where it is, and how to crash it. A SQLite file has no process of its own: it crashes with its users."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.folder = folder  # goes when the database goes

    @property
    def is_server(self) -> bool:
        return False

    def crash(self) -> None:
        """Stop at once, without writing anything out, and start again; returns when it answers."""


class PostgresServer(Database):
    """A cluster with PostgreSQL's own settings: fsync and synchronous_commit are on."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"postgres://postgres@/postgres?host={folder}", folder)
        self._bin = _programs()
        self._as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []  # it refuses to run as root

    @property
    def is_server(self) -> bool:
        return True

    def make(self) -> None:
        if self._as_owner:
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8")
        self.start()

    def start(self) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories={self.folder}"
        self._run("pg_ctl", "-l", str(self.folder / "log"), "-w", "-o", options, "start")

    def stop(self) -> None:
        """Without a checkpoint: what is not in the log on disk is gone."""
        self._run("pg_ctl", "-m", "immediate", "stop")

    def crash(self) -> None:
        self.stop()
        self.start()

    def _run(self, program: str, *words: str) -> None:
        command = [*self._as_owner, str(self._bin / program), "-D", str(self.folder / "data"), *words]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.folder)  # noqa: S603 - words of our own


@contextmanager
def throw_away(kind: str) -> Iterator[Database]:
    """A new, empty database of a kind in KINDS; it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="portal-bench.", dir=_short_folder()) as name:
        folder = Path(name)
        if kind == "sqlite":
            yield Database(f"sqlite:///{folder / 'bench.sqlite3'}", folder)
            return
        server = PostgresServer(folder)
        server.make()
        try:
            yield server
        finally:
            server.stop()


def _short_folder() -> str:
    """Not TMPDIR: a socket's path may have no more than 107 characters."""
    return "/var/tmp"  # noqa: S108 - a folder that nobody can foresee is made in it


def _programs() -> Path:
    """Where PostgreSQL's programs are: the newest of Debian's versions, or else wherever the path says."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = packaged[-1] if packaged else shutil.which("initdb")
    if found is None:
        raise SystemExit("PostgreSQL is not installed.")
    return Path(found).parent
