"""22 November 2026, and 22 November 2026, 17:30."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
