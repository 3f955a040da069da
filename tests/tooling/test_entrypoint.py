"""The container's entry point and health check, run here without a container."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
ENTRYPOINT = TOP / "scripts/entrypoint"
HEALTHCHECK = TOP / "scripts/healthcheck.py"

pytestmark = pytest.mark.long


def environment(database: Path) -> dict[str, str]:
    """The environment that docker-compose.yml gives, with SQLite for PostgreSQL and a port that is free."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "portal.example.org",
        "DATABASE_URL": f"sqlite:///{database}",
        "HTTPS": "true",
        "BEHIND_PROXY": "true",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "WEB_CONCURRENCY": "1",
    }


@pytest.fixture(scope="module")
def first_start(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A database that was empty before the entry point ran a command on it, and what the command said."""
    database = tmp_path_factory.mktemp("first") / "portal.sqlite3"
    count = "from frameworks.models import Framework; print('frameworks:', Framework.objects.count())"
    done = subprocess.run(
        [ENTRYPOINT, "python", "manage.py", "shell", "--verbosity", "0", "--command", count],
        env=environment(database),
        capture_output=True,
        text=True,
        check=True,
    )
    return database, done.stdout


@pytest.fixture
def container(first_start: tuple[Path, str], tmp_path: Path) -> dict[str, str]:
    """A later start, on what the first has left: to fill a database once more takes longest."""
    return environment(Path(shutil.copy(first_start[0], tmp_path)))


def is_healthy(container: dict[str, str]) -> bool:
    return subprocess.run([sys.executable, HEALTHCHECK], env=container, capture_output=True).returncode == 0


def comes_up(server: subprocess.Popen[bytes], container: dict[str, str], seconds: int = 60) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and server.poll() is None:
        if is_healthy(container):
            return True
        time.sleep(0.2)
    return False


@pytest.fixture
def server(container: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([ENTRYPOINT], env=container)
    yield process
    process.kill()
    process.wait()


def test_it_serves_healthy_pages_and_stops_when_told(
    server: subprocess.Popen[bytes], container: dict[str, str]
) -> None:
    assert comes_up(server, container)
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=20) == 0
    assert not is_healthy(container)


def test_a_command_given_runs_on_a_migrated_and_filled_database(first_start: tuple[Path, str]) -> None:
    assert first_start[1].splitlines()[-1] == "frameworks: 3"


def test_the_worker_shows_that_it_is_alive_and_stops_when_told(container: dict[str, str], tmp_path: Path) -> None:
    heartbeat = tmp_path / "heartbeat"
    check: list[str | Path] = [sys.executable, HEALTHCHECK, heartbeat]
    assert subprocess.run(check, env=container, capture_output=True).returncode == 1
    command: list[str | Path] = [ENTRYPOINT, "python", "manage.py", "run_schedule", "--heartbeat", heartbeat]
    worker = subprocess.Popen(command, env=container)
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not heartbeat.exists():
            time.sleep(0.2)
        assert subprocess.run(check, env=container, capture_output=True).returncode == 0
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=20) == 0
    finally:
        worker.kill()
        worker.wait()
    os.utime(heartbeat, (time.time() - 600, time.time() - 600))
    assert subprocess.run(check, env=container, capture_output=True).returncode == 1


def test_a_database_that_never_answers_is_named_as_the_reason(tmp_path: Path) -> None:
    unreachable = environment(tmp_path) | {
        "DATABASE_URL": "postgres://portal@127.0.0.1:1/portal",
        "DATABASE_ATTEMPTS": "1",
    }
    done = subprocess.run([ENTRYPOINT], env=unreachable, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.endswith("The database cannot be reached.\n")
