"""What reports keep, a file for each subject."""

from reports.models.paper import Assurance, CoverDefaults, ProtectiveMarking, Purpose, RoundCover
from reports.models.version import Frozen, ReportVersion, ReportVersionQuerySet

__all__ = [
    "Assurance",
    "CoverDefaults",
    "Frozen",
    "ProtectiveMarking",
    "Purpose",
    "ReportVersion",
    "ReportVersionQuerySet",
    "RoundCover",
]
