"""What a board signed off, as it was then: what its report says, and the PDF that is made of it."""

import hashlib
import secrets
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from assessments.models import Round
from ground.append_only import AppendOnlyModel

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 and O, no 1, I and L: it is read from paper
GROUPS, GROUP_LENGTH = 4, 4  # 31 to the 16th: nobody finds one by trying


def new_reference() -> str:
    """What a version is looked up by, such as "7KQM-2XWD-N4HT-9RBC"."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


class ReportVersion(AppendOnlyModel):
    """The report that went with a sign-off. Another sign-off of the round adds a version and leaves this one alone."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="report_versions")
    number = models.PositiveSmallIntegerField(help_text="1 for the first sign-off of the round.")
    reference = models.CharField(max_length=19, unique=True, default=new_reference)
    signed_off_at = models.DateTimeField()
    signed_off_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    figures = models.JSONField(help_text="All that the report says, to be compared with another version.")
    export = models.JSONField(help_text="Its figures to take away, as the JSON that every other file is made from.")

    class Meta(AppendOnlyModel.Meta):
        ordering = ("round", "number")
        constraints = (models.UniqueConstraint(fields=("round", "number"), name="one_report_version_of_each_number"),)

    def __str__(self) -> str:
        return f"{self.round}, version {self.number}"


class KeptPdf(AppendOnlyModel):
    """A PDF of a version. It is made after signing off, by the worker, and stored once."""

    content = models.BinaryField()
    sha256 = models.CharField(max_length=64, db_index=True, help_text="Of the PDF, in hexadecimal digits.")
    made_at = models.DateTimeField()

    class Meta(AppendOnlyModel.Meta):
        abstract = True

    @classmethod
    def keep(cls, version: ReportVersion, content: bytes) -> Self:
        """Store the PDF with its checksum. Raises IntegrityError when the version has one already."""
        checksum = hashlib.sha256(content).hexdigest()
        values: dict[str, Any] = {"version": version, "content": content, "sha256": checksum}
        row = cls(**values, made_at=timezone.now())
        row.save()
        return row


class VersionPdf(KeptPdf):
    """What was signed off, as a file."""

    version = models.OneToOneField(ReportVersion, on_delete=models.PROTECT, related_name="file")

    def __str__(self) -> str:
        return f"PDF of {self.version}"


class ArchiveCopy(KeptPdf):
    """The same pages with the figures attached, as PDF/A-3."""

    version = models.OneToOneField(ReportVersion, on_delete=models.PROTECT, related_name="archive_copy")

    def __str__(self) -> str:
        return f"{self.version}: archive copy"
