"""Who looked at which words, against what, and what they found: added line by line, whatever a version's state."""

from django.conf import settings
from django.db import models

from frameworks.choices import Part, Wording
from frameworks.models.content import Framework
from ground.append_only import AppendOnlyModel


class WordingCheck(AppendOnlyModel):
    """One look at the words of an indicator or of a section's summary; the latest one of the same words holds.

    The words are known by their digest (`frameworks.documents.words`): so a check holds in every version that says the
    same under the same code, and in none that says something else.
    """

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="wording_checks")
    part = models.CharField(max_length=10, choices=Part)
    code = models.CharField(max_length=60, help_text="Of the indicator or section.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the words.")
    status = models.CharField(max_length=20, choices=Wording)
    source = models.CharField(max_length=300, blank=True, help_text="What they were held against: which edition, page.")
    note = models.TextField(blank=True)
    checked_on = models.DateField()
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="wording_checks")

    class Meta(AppendOnlyModel.Meta):
        ordering = ("-pk",)
        verbose_name = "check of a wording"
        verbose_name_plural = "checks of wordings"

    def __str__(self) -> str:
        return f"{self.code}: {self.get_status_display()}"
