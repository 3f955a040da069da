"""Framework documents: one version of a framework as a file says it, checked and compared. No database."""
