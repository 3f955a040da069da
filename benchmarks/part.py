"""`python -m benchmarks.part PART KIND`, called by benchmarks.__main__ with the environment that the settings need."""

import os
import sys
from collections.abc import Callable, Iterator
from importlib import import_module

import django

from benchmarks.databases import Database, throw_away
from benchmarks.finding import Finding

Part = Callable[[Database], Iterator[Finding]]


def main(part: str, kind: str) -> int:
    """Print what `part` finds on a new database of `kind`; 1 when a goal was missed, else 0."""
    missed = False
    with throw_away(kind) as database:
        os.environ["DATABASE_URL"] = database.url
        django.setup()
        import_module("benchmarks.boards").prepare()
        run: Part = import_module(f"benchmarks.{part}.suite").run
        for finding in run(database):
            print(finding, flush=True)
            missed = missed or finding.is_met is False
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
