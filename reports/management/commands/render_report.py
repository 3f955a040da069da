"""Writes the board report of a closed round to a file: the same PDF as the portal's download."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.lifecycle import NotNow
from assessments.models import Round
from reports.look.look import look_of
from reports.pdf.drawing import draw_waiting
from reports.pdf.rendering import render_pdf
from reports.signed.versions import file_of, is_drawn, report_of, version_in_force


class Command(BaseCommand):
    help = "Write the board report of a closed round as a PDF."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round_id", type=int, metavar="ROUND_ID")
        parser.add_argument("--output", type=Path, required=True, metavar="FILE")

    def handle(self, *args: Any, round_id: int, output: Path, **options: Any) -> None:
        pdf = _report_of(round_id)
        try:
            output.write_bytes(pdf)
        except OSError as reason:
            raise CommandError(f"The report cannot be written to {output}: {reason.strerror}.") from reason
        self.stdout.write(f"Board report of round {round_id} written to {output}.")


def _report_of(round_id: int) -> bytes:
    rounds = Round.objects.select_related("organisation", "version__framework")
    try:
        round_ = rounds.get(pk=round_id)
        if round_.is_signed_off:
            return _signed_off(round_)
        return render_pdf(report_of(round_), look_of(round_.organisation))
    except Round.DoesNotExist as reason:
        raise CommandError(f"There is no round {round_id}.") from reason
    except NotNow as reason:
        raise CommandError(f"Round {round_id}: {reason}") from reason


def _signed_off(round_: Round) -> bytes:
    """The file that was signed off. If it is still owed, what is owed is made first, as the worker would."""
    version = version_in_force(round_)
    if version and not is_drawn(version):
        draw_waiting()
        version = version_in_force(round_)
    if version is None or not is_drawn(version):
        raise CommandError(f"The report of round {round_.pk} is not made yet. The worker (run_schedule) makes it.")
    return file_of(version).pdf
