"""Write a version of a framework as the file that `load_frameworks` reads."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from frameworks.documents.canonical import as_yaml
from frameworks.exchange.stored import stored_document
from frameworks.models import FrameworkVersion


class Command(BaseCommand):
    help = "Write a framework version as a document, to a file or to standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("framework", help="code of the framework, such as wgll")
        parser.add_argument("version", nargs="?", help="code of the version; default: the newest")
        parser.add_argument("--to", type=Path, metavar="FILE", help="default: standard output")

    def handle(self, *args: Any, framework: str, version: str | None, to: Path | None, **options: Any) -> None:
        content = as_yaml(stored_document(_found(framework, version)))
        if to is None:
            self.stdout.write(content.decode(), ending="")
            return
        try:
            to.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{to} cannot be written: {error.strerror}") from None


def _found(framework: str, version: str | None) -> FrameworkVersion:
    versions = FrameworkVersion.objects.filter(framework__code=framework).select_related("framework")
    chosen = versions.filter(code=version) if version else versions.order_by("-code")
    found = chosen.first()
    if found is None:
        known = ", ".join(str(row.code) for row in versions.order_by("code"))
        raise CommandError(f"There is no such version of {framework}." + (f" There is: {known}." if known else ""))
    return found
