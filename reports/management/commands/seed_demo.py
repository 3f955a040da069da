"""`manage.py seed_demo`: the demonstration's invented boards."""

from typing import Any

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assessments.demo.seed import seed
from organisations.demo import boards
from reports.demo import sign_off_and_release


class Command(BaseCommand):
    help = "Fill an empty demonstration with invented boards and rounds; what is there already stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is not a demonstration (DEMO is not set), so nothing was written.")
        file = settings.BASE_DIR / "fixtures" / "demo" / "boards.yaml"
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        made = seed(data)
        sign_off_and_release(data["rounds"], made)
        self.stdout.write("Demonstration made." if made else "The demonstration is there already.")
        self.stdout.write("Sign in as one of these by pressing their button on the sign-in page:")
        for board in boards():
            for lead in board.leads:
                self.stdout.write(f"  {lead.name}, digital lead of {board.organisation}")
            self.stdout.write(f"  and {len(board.members)} members of its board")
