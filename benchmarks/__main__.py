"""`python -m benchmarks`: the demonstration in a throw-away SQLite database on disk, then each comparison."""

import os
import tempfile
from importlib import import_module
from pathlib import Path

import django

ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "wgll_portal.settings",
    "SECRET_KEY": "for-benchmarks-only-and-long-enough-that-settings-accept-it",
    "ALLOWED_HOSTS": "testserver",
    "HTTPS": "false",
    "DEMO": "true",
    "LOG_LEVEL": "ERROR",
}


def main() -> None:
    """Set Django up on the throw-away database, then hand over."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(ENVIRONMENT, DATABASE_URL=f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
        django.setup()
        for result in import_module("benchmarks.suite").run():
            print(result, flush=True)


if __name__ == "__main__":
    main()
