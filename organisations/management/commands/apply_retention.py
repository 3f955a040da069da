"""`manage.py apply_retention`: anonymise former members whose time is over. To be run once a day or week."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from organisations.retention import Applied, Due, apply_retention, count_old_addresses, due_on


class Command(BaseCommand):
    help = (
        "Anonymise people whose last seat ended longer ago than their organisations keep names, and clear network "
        "addresses older than a year from the audit trail. Cannot be undone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        now = timezone.now()
        if dry_run:
            run = Applied(tuple(due_on(timezone.localdate(now))), (), count_old_addresses(now))
        else:
            run = apply_retention(now=now)
        would = "would be " if dry_run else ""
        for former in run.anonymised if options["verbosity"] else ():
            self.stdout.write(_line(former, dry_run))
        self.stdout.write(
            f"{len(run.anonymised)} people {would}anonymised, {run.addresses_cleared} network addresses {would}cleared."
        )
        if run.failed:
            ids = ", ".join(str(former.person.pk) for former in run.failed)
            raise CommandError(f"{len(run.failed)} people could not be anonymised: id {ids}.")


def _line(former: Due, dry_run: bool) -> str:
    """A log of the run must not keep the names that the run took out."""
    who = f"{former.person.name} <{former.person.email}>" if dry_run else f"Former member {former.person.pk}"
    return f"{who}: left on {former.left_on:%-d %B %Y}, kept until {former.kept_until:%-d %B %Y}"
