"""Load the register of trusts and ICBs: all of it, or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from organisations.models import Organisation
from organisations.register import LARGEST_FILE, Fault, FaultyRegister, OrganisationLine, read_register
from organisations.registration import store


class Command(BaseCommand):
    help = "Check the register of trusts and ICBs and load it. With any problem in the file, nothing is written."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="default: fixtures/organisations.csv")
        parser.add_argument("--if-none", action="store_true", help="only into an empty portal: admin edits are kept")

    def handle(self, *args: Any, file: Path | None, **options: Any) -> None:
        if options["if_none"] and Organisation.objects.exists():
            return
        try:
            lines = _read(file or settings.BASE_DIR / "fixtures/organisations.csv")
        except FaultyRegister as faulty:
            for fault in faulty.faults:
                self.stderr.write(str(fault))
            raise CommandError(f"{len(faulty.faults)} problem(s); nothing was loaded.") from None
        done = store(lines)
        said = ", ".join(f"{done[word]} {word}" for word in ("created", "changed", "unchanged"))
        if options["verbosity"]:
            self.stdout.write(f"{len(lines)} organisations: {said}.")


def _read(path: Path) -> list[OrganisationLine]:
    try:
        with path.open("rb") as file:
            # One byte more than is allowed is enough to refuse a file, whatever its size.
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise FaultyRegister([Fault(str(path), 0, "", f"cannot be read: {error.strerror}")]) from None
    return read_register(content, str(path))
