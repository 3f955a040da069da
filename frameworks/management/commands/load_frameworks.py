"""Load framework documents: all of them, or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from frameworks.comparators import load_comparator
from frameworks.documents.document import FrameworkDocument, read_document
from frameworks.documents.problems import Problem
from frameworks.documents.yaml_reader import LARGEST_FILE
from frameworks.exchange.loader import LoadRefused, conflicts, load


class Command(BaseCommand):
    help = "Check framework documents and load them. With any problem in any file, nothing is written."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="default: fixtures/frameworks/*.yaml")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        documents, problems = check_files(files or sorted((settings.BASE_DIR / "fixtures/frameworks").glob("*.yaml")))
        if not problems:
            try:
                results = load_all(documents)
            except LoadRefused as refused:  # somebody published a version while the files were being checked
                problems = refused.problems
        for problem in problems:
            self.stderr.write(str(problem))
        if problems:
            raise CommandError(f"{len(problems)} problem(s); nothing was loaded.")
        if not files:
            load_comparators()
        for line in results if options["verbosity"] else ():
            self.stdout.write(line)


def load_comparators() -> None:
    """Load the comparators that come with our frameworks. Raises CommandError, with nothing of that file loaded."""
    for path in sorted((settings.BASE_DIR / "fixtures/comparators").glob("*.yaml")):
        if problems := load_comparator(path.read_bytes(), str(path)):
            raise CommandError("; ".join(map(str, problems)))


def load_all(documents: list[FrameworkDocument]) -> list[str]:
    """Load every document, or none; a line for each saying what was done."""
    with transaction.atomic():
        results = [load(document) for document in documents]
    return [
        f"{document.framework.code} {document.version.code}: {result.value} "
        f"({len(document.sections)} {document.framework.section_label_plural}, {len(document.indicators)} indicators)"
        for document, result in zip(documents, results, strict=True)
    ]


def check_files(files: list[Path]) -> tuple[list[FrameworkDocument], list[Problem]]:
    """Read and check every file, against the database too. Writes nothing."""
    documents: list[FrameworkDocument] = []
    problems: list[Problem] = []
    for path in files:
        match _read(path):
            case FrameworkDocument() as document:
                problems += [*conflicts(document), *_twice(document, documents)]
                documents.append(document)
            case found:
                problems += found
    return documents, problems


def _read(path: Path) -> FrameworkDocument | list[Problem]:
    try:
        with path.open("rb") as file:
            # One byte more than is allowed is enough to refuse a file, whatever its size.
            return read_document(file.read(LARGEST_FILE + 1), str(path))
    except OSError as error:
        return [Problem(str(path), 0, "", f"cannot be read: {error.strerror}")]


def _twice(document: FrameworkDocument, before: list[FrameworkDocument]) -> list[Problem]:
    """The same version in two files."""
    for other in before:
        if (other.framework.code, other.version.code) == (document.framework.code, document.version.code):
            return [document.tree.problem(("version", "code"), f"{other.tree.file} holds the same version")]
    return []
