"""A PDF that is owed, and what became of it: docs/adr/0011-a-report-is-drawn-by-the-worker.md."""

import datetime as dt
import zlib
from typing import Self

from django.db import models
from django.db.models import Q

from assessments.models import Round
from reports.models.version import ReportVersion

CLAIM_HOLDS = dt.timedelta(minutes=2)  # since the last step that it told of; no step of one report takes that long
PAUSES = (dt.timedelta(seconds=10), dt.timedelta(minutes=1))  # before each further attempt
MOST_ATTEMPTS = len(PAUSES) + 1
DRAFTS_KEPT = dt.timedelta(days=1)
STEPS = 7  # that WeasyPrint tells of


class DrawingState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    DRAWING = "drawing", "Being made"
    DONE = "done", "Ready"
    FAILED = "failed", "Not made"


class DrawingQuerySet(models.QuerySet["Drawing"]):
    def ready(self, now: dt.datetime) -> Self:
        """To be drawn now: those whose time has come, and those claimed by a process that must have ended since."""
        return self.filter(
            Q(state=DrawingState.WAITING, try_at__lte=now)
            | Q(state=DrawingState.DRAWING, claimed_at__lte=now - CLAIM_HOLDS, attempts__lt=MOST_ATTEMPTS)
        )

    def given_up(self, now: dt.datetime) -> Self:
        """Claimed for the last time by a process that must have ended since."""
        return self.filter(state=DrawingState.DRAWING, claimed_at__lte=now - CLAIM_HOLDS, attempts__gte=MOST_ATTEMPTS)

    def outdated(self, now: dt.datetime) -> Self:
        """Drafts that nobody will fetch any more, and those of versions that have their PDF."""
        old = self.filter(made_at__lte=now - DRAFTS_KEPT)
        return old.filter(Q(version=None) | Q(state=DrawingState.DONE))


class Drawing(models.Model):
    """One PDF to be made of one finished HTML page, by another process. It is written once for what is the same."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="drawings")
    version = models.OneToOneField(
        ReportVersion,
        on_delete=models.PROTECT,
        null=True,
        related_name="drawing",
        help_text="Whose PDF it makes; none for a draft.",
    )
    digest = models.CharField(max_length=64, help_text="Of all that goes into the PDF: the same makes the same PDF.")
    html = models.BinaryField(help_text="Compressed; emptied when the PDF is there.")
    file_name = models.CharField(max_length=200)
    figures = models.BinaryField(help_text="Of a draft's archive copy: the CSV to attach, kept as the HTML is.")
    figures_name = models.CharField(max_length=200, blank=True, help_text="The CSV's file name; empty for no copy.")
    state = models.CharField(max_length=10, choices=DrawingState, default=DrawingState.WAITING)
    step = models.PositiveSmallIntegerField(default=0, help_text=f"How far it has come, of {STEPS}.")
    pdf = models.BinaryField(help_text="Of a draft that is ready.")
    made_at = models.DateTimeField()
    try_at = models.DateTimeField(help_text="Not to be drawn before.")
    claimed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = DrawingQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("round", "digest"), name="one_drawing_of_the_same"),
            models.CheckConstraint(
                condition=(Q(state=DrawingState.DONE) & Q(done_at__isnull=False))
                | (~Q(state=DrawingState.DONE) & Q(done_at=None)),
                name="done_drawing_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=DrawingState.DRAWING) | Q(claimed_at__isnull=False),
                name="drawing_under_way_is_claimed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.file_name}: {self.get_state_display()}"

    @property
    def source(self) -> str:
        """The HTML that the PDF is made of."""
        return zlib.decompress(bytes(self.html)).decode()

    @property
    def attached(self) -> bytes:
        """The CSV that goes with an archive copy."""
        return zlib.decompress(bytes(self.figures))

    @property
    def is_done(self) -> bool:
        return self.state == DrawingState.DONE

    @property
    def is_failed(self) -> bool:
        return self.state == DrawingState.FAILED
