"""How an organisation's board papers look: its colour and its logo."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from organisations.models import Organisation
from reports.look.colours import HEX


class ReportLook(models.Model):
    """Set once for an organisation; a version that is signed off has been drawn with what stood there then."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="report_look")
    accent = models.CharField(max_length=7, blank=True, help_text='As "#005eb8"; empty for the usual colours.')
    logo = models.BinaryField(blank=True, help_text="A PNG that was drawn anew from what was uploaded; empty for none.")
    revision = models.PositiveIntegerField(default=1, help_text="Grows with each change, as that of a cover.")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(accent="") | Q(accent__regex=f"^{HEX}$"), name="accent_is_a_colour"),
        )

    def __str__(self) -> str:
        return f"Look of the reports of {self.organisation}"
