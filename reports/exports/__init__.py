"""The report's figures to take away: one tree of numbers, from which JSON, CSV and the spreadsheet are made."""
