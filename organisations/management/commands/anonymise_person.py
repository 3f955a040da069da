"""`manage.py anonymise_person EMAIL`: take a former member out of the portal."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from organisations.anonymising import StillHere, anonymise
from organisations.models import User
from organisations.models.user import UserManager


class Command(BaseCommand):
    help = (
        "Replace a former member's name and address by “Former member n”, switch their access off and delete their "
        "sessions and second factors. Answers stay in the board's results. Cannot be undone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")

    def handle(self, *args: Any, email: str, dry_run: bool, **options: Any) -> None:
        person = User.objects.filter(email=UserManager.normalise(email)).first()
        if person is None:
            # Also what a second run finds: the portal no longer knows whose address that was.
            self.stdout.write("Nobody here has this address, so there is nothing to do. Look for a typing mistake.")
            return
        try:
            self._anonymise(person, dry_run)
        except StillHere as reason:
            raise CommandError(str(reason)) from None

    def _anonymise(self, person: User, dry_run: bool) -> None:
        """A dry run does everything and takes it back, so that what it says is what happens."""
        with transaction.atomic():
            done = anonymise(person=person)
            transaction.set_rollback(dry_run)
        would = "would become" if dry_run else "is now"
        self.stdout.write(f"{person.name} <{person.email}> {would} {done.pseudonym}.")
        for kind, number in done.removed.items():
            self.stdout.write(f"  {'would clear' if dry_run else 'cleared'}: {number} {kind}")
        self.stdout.write("  kept: answers and comments, in the results of the board")
