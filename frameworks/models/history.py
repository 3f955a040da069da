"""Who changed which wording when, and what stood there before: added line by line by `frameworks.history`."""

from django.conf import settings
from django.db import models

from frameworks.choices import Way
from frameworks.models.content import Framework, FrameworkVersion
from ground.append_only import AppendOnlyModel


class WordingChange(AppendOnlyModel):
    """A line of the history. It knows its place by code (`history.places`), so it stays when the row goes."""

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="wording_changes"
    )  # nobody: a command
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="wording_changes")
    version = models.ForeignKey(  # lines about a draft that was deleted keep its key
        FrameworkVersion, on_delete=models.DO_NOTHING, db_constraint=False, related_name="wording_changes"
    )
    version_code = models.CharField(max_length=10)
    way = models.CharField(max_length=10, choices=Way)
    source = models.CharField(max_length=200, blank=True, help_text="The file or version that the words came from.")
    kind = models.CharField(max_length=20, blank=True, help_text="Empty: the version as a whole.")
    code = models.CharField(max_length=125, blank=True)
    before = models.JSONField(null=True, help_text="What stood there; none if it is new.")
    after = models.JSONField(null=True, help_text="What stands there since; none if it was taken out.")

    class Meta(AppendOnlyModel.Meta):
        ordering = ("-pk",)
        indexes = (models.Index(fields=("framework", "kind", "code"), name="history_of_a_place"),)

    def __str__(self) -> str:
        return f"{self.get_way_display()}: {self.version_code} {self.kind} {self.code}"
