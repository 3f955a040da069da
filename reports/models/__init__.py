"""What reports keep, a file for each subject."""

from reports.models.drawing import Drawing, DrawingState
from reports.models.look import ReportLook
from reports.models.paper import Assurance, CoverDefaults, ProtectiveMarking, Purpose, RoundCover
from reports.models.release import Release
from reports.models.version import ArchiveCopy, ReportVersion, VersionPdf

__all__ = [
    "ArchiveCopy",
    "Assurance",
    "CoverDefaults",
    "Drawing",
    "DrawingState",
    "ProtectiveMarking",
    "Purpose",
    "Release",
    "ReportLook",
    "ReportVersion",
    "RoundCover",
    "VersionPdf",
]
