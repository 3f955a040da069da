"""What anyone who clones the repository relies on: complete lists, locked packages, no secrets."""

import json
import re
import subprocess
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
KEYS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY"
    r"|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{36}|\bglpat-\w{20}|\bxox[bap]-\w{10}|\bnpm_\w{36}"
)
# Passwords in addresses are placeholders, or variables filled in from outside.
PASSWORDS = re.compile(r"\w://\w+:(?!password@|\$\{)[^\s@/'\"]+@")


def files() -> list[Path]:
    """Every file that git keeps or would keep."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=True).stdout
    return [TOP / name for name in listed.split("\0") if name and (TOP / name).is_file()]


def variables(path: str, pattern: str) -> set[str]:
    return set(re.findall(pattern, (TOP / path).read_text(), flags=re.MULTILINE))


def test_no_file_holds_a_secret() -> None:
    found = [
        path.relative_to(TOP)
        for path in files()
        if KEYS.search(text := path.read_text(errors="ignore")) or PASSWORDS.search(text)
    ]
    assert found == []


def test_local_settings_and_databases_stay_out_of_git() -> None:
    kept_out = [".env", "var/secret-key", "var/demo.sqlite3", "build/css/portal.css", "node_modules/sass/package.json"]
    ignored = subprocess.run(["git", "check-ignore", *kept_out], cwd=TOP, capture_output=True, text=True).stdout
    assert ignored.split() == kept_out


def test_the_sample_lists_every_variable_that_is_read() -> None:
    listed = variables("dotenv-sample", r"^#?([A-Z_]+)=")
    read = variables("wgll_portal/settings.py", r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"')
    read |= variables("gunicorn.conf.py", r"""environ\.get\(['"]([A-Z_]+)""")
    read |= variables("docker-compose.yml", r"\$\{([A-Z_]+):")
    assert read - listed == set()


def test_the_sample_gives_no_secret_away() -> None:
    sample = (TOP / "dotenv-sample").read_text()
    assert re.findall(r"^(SECRET_KEY|DATABASE_PASSWORD)=(.*)$", sample, flags=re.MULTILINE) == [
        ("SECRET_KEY", ""),
        ("DATABASE_PASSWORD", ""),
    ]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "requirements-node.txt"])
def test_every_python_package_is_pinned_with_hashes(name: str) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", (TOP / name).read_text(), flags=re.IGNORECASE)[1:]
    assert entries
    assert [
        entry for entry in entries if not re.match(r"[\w.\[\],-]+==\S+ .*--hash=sha256:", entry, flags=re.DOTALL)
    ] == []


def test_every_npm_package_is_pinned_with_a_hash_and_names_no_host() -> None:
    packages = json.loads((TOP / "package-lock.json").read_text())["packages"]
    packages.pop("")
    assert packages
    assert [name for name, package in packages.items() if "integrity" not in package or "resolved" in package] == []
