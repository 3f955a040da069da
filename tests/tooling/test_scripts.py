"""The shell scripts behind the Makefile, each in a folder of its own with stand-ins for the commands it calls."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
ORDINARY_TOOLS = ["sh", "bash", "env", "dirname", "cat", "ls", "mkdir", "rm", "sha256sum", "sleep"]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the scripts beside a virtual environment that holds nothing but Python."""
    shutil.copytree(SCRIPTS, tmp_path / "scripts")
    (tmp_path / ".venv/bin").mkdir(parents=True)
    stand_in(tmp_path / ".venv/bin/python", f'exec {sys.executable} "$@"')
    stand_in(tmp_path / ".venv/bin/pip", "exit 1")
    (tmp_path / "bin").mkdir()
    for tool in ORDINARY_TOOLS:
        (tmp_path / "bin" / tool).symlink_to(str(shutil.which(tool)))
    stand_in(tmp_path / "bin/python3", f'exec {sys.executable} "$@"')
    return tmp_path


def stand_in(path: Path, body: str) -> None:
    path.write_text(f"#!{shutil.which('sh')}\n{body}\n")
    path.chmod(0o755)


def run(tree: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [tree / command[0], *command[1:]], env={"PATH": str(tree / "bin")} | environment, capture_output=True, text=True
    )


def without_pdf_readers(tree: Path, user_id: int) -> None:
    """A Debian machine on which poppler-utils and qpdf are still to be installed."""
    stand_in(tree / "bin/id", f"echo {user_id}")
    stand_in(
        tree / "bin/apt-get",
        f'echo "$*" >>{tree}/apt-log; case "$*" in *install*) >{tree}/bin/qpdf; >{tree}/bin/pdftoppm; '
        f"{shutil.which('chmod')} +x {tree}/bin/qpdf {tree}/bin/pdftoppm ;; esac",
    )


def test_missing_system_packages_are_installed_for_root_and_then_left_alone(tree: Path) -> None:
    without_pdf_readers(tree, user_id=0)
    assert run(tree, "scripts/system-packages", "test-fast").returncode == 0
    update, install = (tree / "apt-log").read_text().splitlines()
    assert update.startswith("update")
    assert install.split()[-2:] == ["poppler-utils", "qpdf"]
    assert run(tree, "scripts/system-packages", "test-fast").returncode == 0
    assert len((tree / "apt-log").read_text().splitlines()) == 2


def test_an_ordinary_user_is_told_the_line_to_run(tree: Path) -> None:
    without_pdf_readers(tree, user_id=1000)
    told = run(tree, "scripts/system-packages", "test-fast")
    assert told.returncode == 1
    assert "sudo apt-get install -y --no-install-recommends poppler-utils qpdf\n" in told.stderr
    assert not (tree / "apt-log").exists()


def test_the_demo_needs_no_pdf_readers(tree: Path) -> None:
    assert run(tree, "scripts/system-packages", "demo").returncode == 0


def test_a_machine_without_apt_is_told_what_is_missing(tree: Path) -> None:
    stand_in(tree / "bin/id", "echo 0")
    told = run(tree, "scripts/system-packages", "test-fast")
    assert told.returncode == 1
    assert "poppler-utils qpdf" in told.stderr


def test_the_demo_makes_its_key_once_and_keeps_it_to_itself(tree: Path) -> None:
    shown = [run(tree, "scripts/in-demo", "sh", "-c", "echo $SECRET_KEY").stdout for _ in range(2)]
    assert len(shown[0].strip()) >= 50
    assert shown[0] == shown[1]
    assert (tree / "var/secret-key").stat().st_mode & 0o777 == 0o600


def test_a_demo_made_with_rewritten_migrations_is_made_anew(tree: Path) -> None:
    """Not one that has only been added to, which migrating brings up to date."""
    migrations = tree / "boards/migrations"
    migrations.mkdir(parents=True)
    (migrations / "0001_initial.py").write_text("as it was")
    said = run(tree, "scripts/renew-demo").stdout
    database = tree / "var/demo.sqlite3"
    database.touch()
    (migrations / "0002_more.py").write_text("added")
    said += run(tree, "scripts/renew-demo").stdout
    assert (said, database.exists()) == ("", True)
    (migrations / "0001_initial.py").write_text("rewritten")
    assert "made anew" in run(tree, "scripts/renew-demo").stdout
    assert not database.exists()


def test_a_demo_of_which_nobody_knows_how_it_was_made_is_made_anew(tree: Path) -> None:
    (tree / "boards/migrations").mkdir(parents=True)
    (tree / "boards/migrations/0001_initial.py").touch()
    (tree / "var").mkdir()
    (tree / "var/demo.sqlite3").touch()
    assert "made anew" in run(tree, "scripts/renew-demo").stdout
    assert not (tree / "var/demo.sqlite3").exists()


def test_the_demo_takes_nothing_from_the_callers_settings_but_the_port(tree: Path) -> None:
    production = {"DATABASE_URL": "postgres:///live", "SECRET_KEY": "live", "DEMO": "false", "PORT": "9000"}
    shown = run(tree, "scripts/in-demo", "sh", "-c", "echo $DATABASE_URL $DEMO $PORT $SECRET_KEY", **production)
    database, demo, port, key = shown.stdout.split()
    assert (database, demo, port) == ("sqlite:///var/demo.sqlite3", "true", "9000")
    assert key != "live"


def serving(tree: Path) -> tuple[subprocess.Popen[str], dict[str, int]]:
    """The script that serves, with stand-ins that wait; and the process ids of worker and server."""
    stand_in(tree / "bin/python", f'echo "$$ $*" >>{tree}/started; exec sleep 60')
    served = subprocess.Popen([tree / "scripts/serve"], env={"PATH": str(tree / "bin")}, text=True)
    started = tree / "started"
    deadline = time.monotonic() + 20
    while not started.exists() or started.read_text().count("\n") < 2:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    lines = (line.split() for line in started.read_text().splitlines())
    return served, {"worker" if "run_schedule" in words else "server": int(pid) for pid, *words in lines}


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_demo_serves_with_a_worker_beside_it_and_both_end_with_it(tree: Path) -> None:
    served, processes = serving(tree)
    assert sorted(processes) == ["server", "worker"]
    served.terminate()
    assert served.wait(timeout=20) == 143
    assert not any(map(is_running, processes.values()))


@pytest.mark.parametrize("ends", ["worker", "server"])
def test_neither_goes_on_without_the_other(tree: Path, ends: str) -> None:
    served, processes = serving(tree)
    os.kill(processes[ends], signal.SIGKILL)
    assert served.wait(timeout=20) == 1
    assert not any(map(is_running, processes.values()))


def test_tests_can_be_pointed_at_a_postgresql_that_is_there(tree: Path) -> None:
    given = "postgres://portal@db.example.org/test"
    done = run(tree, "scripts/with-postgres", "sh", "-c", "echo $DATABASE_URL; exit 7", TEST_DATABASE_URL=given)
    assert (done.stdout.strip(), done.returncode) == (given, 7)


def test_one_failed_step_fails_the_check_after_all_steps_have_run(tree: Path) -> None:
    stand_in(tree / ".venv/bin/python", 'case "$*" in *makemigrations*) exit 1 ;; *) echo "1 passed in 0.1s" ;; esac')
    checked = run(tree, "scripts/check", "django", "fast", HOME=str(tree))
    outcomes = [line.split() for line in checked.stdout.splitlines()[-3:]]
    assert checked.returncode == 1
    assert "1 passed" in checked.stdout
    assert [(first, *rest) for first, _, _, *rest in outcomes] == [
        ("FAILED", "migrations", "complete"),
        ("ok", "deployment", "check"),
        ("ok", "tests", "on", "SQLite"),
    ]


def test_the_check_passes_when_every_step_does(tree: Path) -> None:
    stand_in(tree / ".venv/bin/python", "exit 0")
    assert run(tree, "scripts/check", "django", HOME=str(tree)).returncode == 0


def test_every_script_can_be_started() -> None:
    started = [path for path in SCRIPTS.iterdir() if path.is_file() and path.suffix == ""]
    assert started
    assert [path.name for path in started if not os.access(path, os.X_OK)] == []
