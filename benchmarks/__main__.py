"""`python -m benchmarks [PART ...] [--database KIND]`: each part on each database, in a process of its own."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.databases import KINDS

# Races need writers that really are at the same moment; on SQLite one waits for the other.
PARTS = {"ratios": KINDS, "load": KINDS, "faults": KINDS, "races": ("postgresql",), "memory": ("sqlite",)}
ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
    "SECRET_KEY": "for-benchmarks-only-and-long-enough-that-settings-accept-it",
    "ALLOWED_HOSTS": "testserver,127.0.0.1",
    "HTTPS": "false",
    "DEMO": "false",
    "EMAIL_URL": "memorymail://",
    "LOG_LEVEL": "ERROR",
}


def main() -> None:
    """Run what was asked for; exit with 1 when a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}, or all", default=["ratios"])
    parser.add_argument("--database", choices=KINDS, help="both if not given")
    wanted = parser.parse_args()
    parts = list(PARTS) if wanted.parts == ["all"] else wanted.parts
    if not set(parts) <= set(PARTS):
        parser.error(f"PART is one of {', '.join(PARTS)}, or all")
    kinds = (wanted.database,) if wanted.database else KINDS
    outcomes = [_run(part, kind) for part in parts for kind in kinds if kind in PARTS[part]]
    sys.exit(max(outcomes, default=0))


def _run(part: str, kind: str) -> int:
    print(f"\n{part}, {kind}", flush=True)
    words = [sys.executable, "-m", "benchmarks.part", part, kind]
    folder = Path(__file__).resolve().parent.parent
    return subprocess.run(words, cwd=folder, env=os.environ | ENVIRONMENT).returncode  # noqa: S603 - words of our own


if __name__ == "__main__":
    main()
