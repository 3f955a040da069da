"""What reports keep, a file for each subject."""

from reports.models.version import Frozen, ReportVersion, ReportVersionQuerySet

__all__ = ["Frozen", "ReportVersion", "ReportVersionQuerySet"]
