"""Print the life of a round into the documentation."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from assessments.presenters.lifecycle import lifecycle_page


class Command(BaseCommand):
    help = "Write docs/LIFECYCLE.md from the table of moves in assessments/lifecycle.py."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        page = settings.BASE_DIR / "docs" / "LIFECYCLE.md"
        page.write_text(lifecycle_page(), encoding="utf-8")
        self.stdout.write(f"Written: {page.relative_to(settings.BASE_DIR)}")
