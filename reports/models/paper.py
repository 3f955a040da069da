"""What stands on the cover of a board paper: once for an organisation, and for each round's report."""

from django.conf import settings
from django.db import models

from assessments.models import Round
from organisations.models import Organisation

LINE = 150
WORDS = 1000
SUMMARY_LENGTH = 2000


class Purpose(models.TextChoices):
    """What a paper comes to the board for."""

    DECISION = "decision", "For decision"
    ASSURANCE = "assurance", "For assurance"
    DISCUSSION = "discussion", "For discussion"
    INFORMATION = "information", "For information"


class Assurance(models.TextChoices):
    """How much assurance the paper gives, in its author's judgement."""

    SUBSTANTIAL = "substantial", "Substantial"
    REASONABLE = "reasonable", "Reasonable"
    LIMITED = "limited", "Limited"
    NONE = "none", "None"


class ProtectiveMarking(models.TextChoices):
    """The government's words for who may see it."""

    OFFICIAL = "OFFICIAL", "OFFICIAL"
    SENSITIVE = "OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE"
    SENSITIVE_PERSONAL = "OFFICIAL-SENSITIVE: PERSONAL", "OFFICIAL-SENSITIVE: PERSONAL"
    SENSITIVE_COMMERCIAL = "OFFICIAL-SENSITIVE: COMMERCIAL", "OFFICIAL-SENSITIVE: COMMERCIAL"


class StandingCover(models.Model):
    """What is mostly the same from paper to paper."""

    meeting = models.CharField(max_length=LINE, blank=True)
    author = models.CharField(max_length=LINE, blank=True)
    lead_director = models.CharField(max_length=LINE, blank=True)
    purpose = models.CharField(max_length=12, choices=Purpose, blank=True)
    assurance = models.CharField(max_length=12, choices=Assurance, blank=True)
    assurance_framework = models.TextField(max_length=WORDS, blank=True)
    considered_by = models.TextField(max_length=WORDS, blank=True)
    protective_marking = models.CharField(max_length=40, choices=ProtectiveMarking, blank=True)
    revision = models.PositiveIntegerField(
        default=1, help_text="Grows with each change, so that of two people writing at once neither is overwritten."
    )
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        abstract = True


class CoverDefaults(StandingCover):
    """An organisation's usual cover: what a round's report says until somebody writes its own."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="cover_defaults")

    def __str__(self) -> str:
        return f"Usual cover of {self.organisation}"


class RoundCover(StandingCover):
    """The cover of one round's report. It replaces the organisation's usual one, empty fields included."""

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="cover")
    meeting_on = models.DateField(null=True, blank=True)
    agenda_item = models.CharField(max_length=LINE, blank=True)
    recommendation = models.TextField(max_length=WORDS, blank=True)
    own_summary = models.TextField(
        max_length=SUMMARY_LENGTH, blank=True, help_text="Empty: the generated sentences stand."
    )
    summary_seen = models.CharField(
        max_length=64, blank=True, help_text="Tells the generated sentences that the own summary was written against."
    )

    def __str__(self) -> str:
        return f"Cover of {self.round}"
